import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { flowlogs, workFolder } from "./flowlogs";

const ROOT = join(__dirname, "../..");
const manifest = (folder: string) => JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8"));

describe("flowlogs --version", () => {
  const dir = workFolder();

  it("prints with --json, in either order, all versions that a run depends on", async () => {
    for (const args of [
      ["--version", "--json"],
      ["--json", "--version"],
    ]) {
      const { code, stdout, stderr } = await flowlogs(dir, args);
      assert.deepEqual([code, stderr], [0, ""]);
      assert.deepEqual(JSON.parse(stdout), {
        flowlogs: manifest(".").version,
        node: process.version.slice(1),
        platform: `${process.platform}-${process.arch}`,
        duckdb: manifest("node_modules/@duckdb/node-api").version,
        pulumi: manifest("node_modules/@pulumi/pulumi").version,
        aws: manifest("node_modules/@pulumi/aws").version,
        flowLogs: 11,
        fields: 54,
      });
    }
  });

  it("prints the version alone without it", async () => {
    assert.equal((await flowlogs(dir, ["--version"])).stdout, `${manifest(".").version}\n`);
  });

  it("is what the form for bugs asks for", () => {
    const form = readFileSync(join(ROOT, ".github/ISSUE_TEMPLATE/bug.yml"), "utf8");
    assert.match(form, /flowlogs --version --json/);
  });
});
