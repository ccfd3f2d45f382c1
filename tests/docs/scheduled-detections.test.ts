import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import { blocksIn } from "../../docs/generate/markdown";
import { flowlogs, workFolder } from "../cli/flowlogs";
import { ask } from "../local/lakes";

const page = readFileSync(join(__dirname, "../../docs/scheduled-detections.md"), "utf8");

describe("docs: scheduled-detections.md", function () {
  this.timeout(180_000);
  const dir = workFolder();
  let outputs: string[];

  /** Runs a command of the page, which may have a quoted argument and redirect its output to a file. */
  const run = async (line: string): Promise<string> => {
    const [, command, file] = /^npx flowlogs (.*?)(?: > (\S+))?$/.exec(line) ?? assert.fail(line);
    const args = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
    const { code, stdout, stderr } = await flowlogs(dir, args);
    assert.equal(code, 0, `${line}\n${stderr}`);
    if (file) writeFileSync(join(dir, file), stdout);
    return stdout;
  };

  before(async () => {
    const lines = blocksIn(page, "sh").flatMap((block) => block.trimEnd().split("\n"));
    outputs = [];
    for (const line of lines.filter((each) => each.startsWith("npx flowlogs"))) outputs.push(await run(line));
  });

  it("has commands that find the attacks that the first one planted, in a table", () => {
    const [, , detect, count] = outputs;
    assert.match(detect, /^run +detection +finding\n/);
    assert.match(detect, /^20\d\d-\d\d-\d\dT\d\d +vertical-scan +\{"srcaddr":/m);
    assert.match(count, /^horizontal-scan +[1-9]\d*$/m);
  });

  it("has SQL that a lake answers", async () => {
    for (const sql of blocksIn(page, "sql"))
      for (const [run, srcaddr] of await ask(join(dir, "mylake"), sql)) {
        assert.match(String(run), /^\d{4}-\d\d-\d\dT\d\d$/);
        assert.ok(isIP(String(srcaddr)), String(srcaddr));
      }
  });

  it("has policies that are JSON", () => {
    for (const block of blocksIn(page, "json")) assert.equal(JSON.parse(block).Effect, "Allow");
  });
});
