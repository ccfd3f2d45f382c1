import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const ROOT = join(__dirname, "..");
const run = promisify(execFile);

describe("bench: the function beside other ways to do its work", () => {
  it("prints every figure of every contender as JSON", async () => {
    const options = ["--quick", "--only", "v2.*20", "--json"];
    const command = ["-r", "ts-node/register/transpile-only", join(ROOT, "bench/etl.ts"), ...options];
    const { stdout } = await run(process.execPath, command, { cwd: ROOT });
    const { machine, cells, ratios } = JSON.parse(stdout);
    assert.equal(machine.node, process.version);
    assert.ok(machine.cpus > 0);
    assert.deepEqual(
      cells.map((c: { mode: string; contender: string }) => `${c.mode} ${c.contender}`),
      [
        "transform etl",
        "transform limit",
        "transform envelope",
        "transform naive",
        "handler etl",
        "handler naive",
      ],
    );
    for (const { mode, format, contender, lines, recordsPerCall, sentPerRaw, ...figures } of cells) {
      assert.deepEqual([format, lines], ["v2", 20], mode);
      const sends = { etl: 1, naive: 20, limit: 0, envelope: 0 }[contender as string];
      assert.equal(recordsPerCall, sends, contender);
      assert.equal(sentPerRaw > 1, sends !== 0, contender);
      const { billedPerRaw, ...measured } = figures;
      assert.ok(billedPerRaw >= sentPerRaw, contender);
      for (const [name, value] of Object.entries(measured))
        assert.ok(Number(value) > 0, `${contender} ${name}`);
    }
    assert.deepEqual(
      ratios.map((r: { name: string }) => r.name),
      ["transform/limit", "transform/envelope", "transform/naive", "handler/naive"],
    );
  });
});
