import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");
const pages = [
  "README.md",
  ...readdirSync(join(ROOT, "docs")).map((name) => `docs/${name}`),
  ...readdirSync(join(ROOT, "examples")).map((name) => `examples/${name}/README.md`),
  "cli/query.ts",
  "cli/detect.ts",
  "cli/run/answers.ts",
  "cli/local/serve.ts",
];

/** Statements on the tables, from SELECT to the end of the block, of the quoted text or of the sentence. */
const statements = (text: string): string[] =>
  [...text.matchAll(/SELECT[^`"]*?FROM flow_logs(?:_findings)?\b[^`"]*/g)].map(([sql]) => sql);

describe("docs: SQL examples", () => {
  it("each limit the partitions, since a statement without a window reads the whole lake", () => {
    const found = pages
      .filter((name) => /\.(md|ts)$/.test(name) && existsSync(join(ROOT, name)))
      .flatMap((name) => statements(readFileSync(join(ROOT, name), "utf8")).map((sql) => [name, sql]));
    assert.ok(found.length >= 12, `${found.length} examples`);
    for (const [name, sql] of found)
      assert.match(sql, /WHERE :window|\byear = |\brun >= /, `${name}: ${sql}`);
  });
});
