import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { flowlogs, workFolder } from "./flowlogs";

const LINE =
  "2 123456789010 eni-0a1b2c3d4e5f60718 10.0.1.5 10.0.0.220 39812 443 6 11 8341 1732244410 1732244469 ACCEPT OK";

/** Names that DuckDB would take for a pattern, or for the value of a column. */
const NAMES = [
  "lake[1]",
  "la*ke",
  "l?ke",
  "back\\slash",
  "year=1999",
  "bytes=5",
  "it's {a,b}",
  '100% "x" #1~ $HOME',
];

describe("flowlogs, where paths look like something else", function () {
  this.timeout(180_000);
  const root = workFolder();

  for (const name of NAMES) {
    it(`writes its lake into a folder named ${name}, and into no other`, async () => {
      const cwd = join(root, name);
      // The pattern would match each of these.
      for (const other of ["lake1", "laake", "lake", name]) mkdirSync(join(cwd, other), { recursive: true });
      writeFileSync(join(cwd, "lake1/rows.parquet"), "");
      writeFileSync(join(cwd, "x[1].log"), `${LINE}\n${LINE.replace("8341", "7")}\n`);
      writeFileSync(join(cwd, "x1.log"), "");
      const ran = await flowlogs(cwd, ["run", "x[1].log", "--lake", name, "--json"]);
      assert.equal(ran.code, 0, ran.stderr);
      const sql = "SELECT count(*) AS n, min(year) AS year, sum(bytes) AS bytes FROM flow_logs";
      const asked = await flowlogs(cwd, ["query", "--lake", name, "--csv", "--sql", sql]);
      assert.equal(asked.stdout, "n,year,bytes\n2,2024,8348\n", asked.stderr);
      const explained = await flowlogs(cwd, ["query", "top-talkers", "--lake", name, "--explain"]);
      assert.match(explained.stdout, /^partitions +1 of 1,/m);
      const saved = await flowlogs(cwd, [
        "query",
        "--lake",
        name,
        "--sql",
        "SELECT 1 AS one",
        "--parquet",
        `${name}.parquet`,
      ]);
      assert.equal(saved.code, 0, saved.stderr);
      assert.ok(existsSync(join(cwd, `${name}.parquet`)));
      assert.deepEqual(readdirSync(join(cwd, "lake1")), ["rows.parquet"]);
    });
  }
});
