import assert from "node:assert/strict";
import { flowlogs, workFolder } from "./flowlogs";

describe("flowlogs", () => {
  const dir = workFolder();

  it("lists the fields, as a table and as JSON", async () => {
    const table = await flowlogs(dir, ["fields"]);
    assert.equal(table.stdout.trimEnd().split("\n").length, 2 + 54);
    assert.equal(JSON.parse((await flowlogs(dir, ["fields", "--json"])).stdout).length, 54);
  });

  it("shows two examples first in the help of every command", async () => {
    for (const command of ["run", "plan", "parse", "query", "traffic", "fields"]) {
      const { code, stdout } = await flowlogs(dir, [command, "--help"]);
      assert.equal(code, 0);
      assert.match(stdout, /^Examples:\n {2}flowlogs .*\n {2}flowlogs .*\n/);
    }
  });

  it("ends with 2 for a command that it does not have", async () => {
    const { code, stderr } = await flowlogs(dir, ["qurey"]);
    assert.equal(code, 2);
    assert.match(stderr, /unknown command 'qurey'\n\(Did you mean query\?\)/);
  });
});
