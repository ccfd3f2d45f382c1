import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FlowLogAnalytics } from "../../components";
import { embedded } from "./embedded";
import { archiveOf, child, graph } from "./graph";
import { VPCS } from "./settings";

const INSTALLED = ["acme-lambda", "acme-tool"];
const own = { "acme-lambda": "1.0.0" };

/** The folder of a user's program, with two packages installed. */
const programFolder = (manifest: object): string => {
  const folder = mkdtempSync(join(tmpdir(), "flow-logs-"));
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "acme", version: "1.0.0", ...manifest }),
  );
  for (const name of INSTALLED) {
    mkdirSync(join(folder, "node_modules", name), { recursive: true });
    writeFileSync(
      join(folder, "node_modules", name, "package.json"),
      JSON.stringify({ name, version: "1.0.0" }),
    );
  }
  return folder;
};

/** Returns the function's archive of a program with this package.json, deployed from this folder below it. */
const archiveIn = async (manifest: object, below = "."): Promise<Record<string, string>> => {
  const folder = programFolder(manifest);
  const from = process.cwd();
  mkdirSync(join(folder, below), { recursive: true });
  process.chdir(join(folder, below));
  try {
    const program = await embedded("eu-central-1", () => {
      new FlowLogAnalytics("edge", { vpcs: VPCS, fields: ["recommended"] });
      return {};
    });
    return await archiveOf(child(program, "edge-etl").inputs);
  } finally {
    process.chdir(from);
    rmSync(folder, { recursive: true });
  }
};

describe("the function's archive in a user's program", () => {
  for (const [what, manifest] of Object.entries({
    dependencies: { dependencies: own },
    "development and peer dependencies": { devDependencies: own, peerDependencies: { "acme-tool": "1.0.0" } },
    "optional dependencies": { dependencies: own, optionalDependencies: { "acme-tool": "1.0.0" } },
  })) {
    it(`has the same bytes as here if that program has ${what}`, async () => {
      const here = await archiveOf(child(await graph("dev"), "flows-etl").inputs);
      assert.deepEqual(await archiveIn(manifest), here);
    });
  }

  it("has the same bytes from a folder below the program's package.json", async () => {
    const here = await archiveOf(child(await graph("dev"), "flows-etl").inputs);
    assert.deepEqual(await archiveIn({ dependencies: own }, "stacks/network"), here);
  });
});
