import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { flowlogs, SAMPLES, workFolder } from "./flowlogs";

describe("flowlogs query", () => {
  const dir = workFolder();
  const query = (...args: string[]) => flowlogs(dir, ["query", ...args]);
  before(() => flowlogs(dir, ["run", join(SAMPLES, "default-v2.log")]));

  it("answers a saved query as CSV and as JSON", async () => {
    const csv = await query("top-talkers", "--csv", "-p", "rows=1");
    assert.equal(
      csv.stdout,
      "srcaddr,bytes,packets,flows,peers\n10.0.3.7,18446751833,9007199254741005,2,1\n",
    );
    const json = await query("rejected-by-port", "--all", "--json");
    assert.deepEqual(JSON.parse(json.stdout), [
      { dstport: 0, protocol: 1, flows: 1, packets: 4, sources: 1 },
      { dstport: 3389, protocol: 6, flows: 1, packets: 20, sources: 1 },
    ]);
  });

  it("quotes what CSV must quote", async () => {
    const { stdout } = await query(
      "--csv",
      "--sql",
      `SELECT 'a,"b"' AS x, NULL AS y, 'c' || chr(10) || 'd' AS z`,
    );
    assert.equal(stdout, 'x,y,z\n"a,""b""",,"c\nd"\n');
  });

  it("runs any SELECT, also from standard input", async () => {
    const { stdout } = await flowlogs(
      dir,
      ["query", "--json", "--sql", "-"],
      "SELECT count(*) AS n FROM flow_logs",
    );
    assert.deepEqual(JSON.parse(stdout), [{ n: 9 }]);
  });

  it("treats a parameter's value as data, never as SQL", async () => {
    const { code, stdout } = await query("flows-of-address", "--csv", "-p", "address=' OR 1 = 1 --");
    assert.equal(code, 0);
    assert.equal(stdout.trimEnd().split("\n").length, 1);
  });

  it("queries only the hours before the newest flow with --last", async () => {
    const { stdout } = await query("top-talkers", "--hours", "1", "--csv");
    assert.equal(stdout.trimEnd().split("\n").length, 2);
  });

  const misused: Record<string, [args: string[], message: RegExp]> = {
    "a misspelt query": [
      ["top-talker"],
      /there is no saved query "top-talker"; did you mean "top-talkers"\?/,
    ],
    "no query": [[], /name one saved query, or give --sql/],
    "an unknown parameter": [
      ["top-talkers", "-p", "row=1"],
      /has no parameter "row"; it has from, to, late, rows/,
    ],
    "two forms at once": [["top-talkers", "--csv", "--json"], /choose --csv or --json/],
    "hours that are no number": [
      ["top-talkers", "--hours", "x"],
      /Give a whole number of 1 or more instead of "x"/,
    ],
  };
  for (const [what, [args, message]] of Object.entries(misused)) {
    it(`ends with 2 for ${what}`, async () => {
      const { code, stderr } = await query(...args);
      assert.equal(code, 2);
      assert.match(stderr, message);
    });
  }

  it("reads nothing but the lake, and writes nothing outside it", async () => {
    const outside = join(dir, "outside.csv");
    for (const sql of [`SELECT * FROM read_csv('${__filename}')`, `COPY (SELECT 1) TO '${outside}'`]) {
      const { code, stderr } = await query("--sql", sql);
      assert.equal(code, 1);
      assert.match(stderr, /^flowlogs: Permission Error/);
    }
    assert.ok(!existsSync(outside));
  });

  it("ends with 1 where there is no lake, and says how to make one", async () => {
    const { code, stderr } = await query("top-talkers", "--lake", "none");
    assert.equal(code, 1);
    assert.equal(stderr, "flowlogs: there is no lake in none; make one with: flowlogs run --lake none\n");
  });
});
