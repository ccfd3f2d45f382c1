import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BIN, flowlogs, workFolder } from "./flowlogs";

const ROOT = join(__dirname, "../..");

/** Packages that a command has loaded when it ends. */
const loadedBy = (...args: string[]): Set<string> => {
  const dir = mkdtempSync(join(tmpdir(), "loaded-"));
  const list = join(dir, "list.js");
  writeFileSync(
    list,
    `process.on("exit", () => process.stderr.write(JSON.stringify(Object.keys(require.cache))));`,
  );
  try {
    const stderr = execFileSync(
      "sh",
      ["-c", '"$@" 2>&1 >/dev/null', "sh", process.execPath, "-r", list, BIN, ...args],
      {
        encoding: "utf8",
      },
    );
    const files = JSON.parse(stderr.slice(stderr.indexOf("["))) as string[];
    const packages = files.map((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? "");
    return new Set(packages.filter((name) => name !== ""));
  } finally {
    rmSync(dir, { recursive: true });
  }
};

describe("the start of the command line", () => {
  for (const args of [["--help"], ["run", "--help"], ["query", "--help"], ["fields"]])
    it(`loads nothing but the parser of its options for ${args.join(" ")}`, async () => {
      await flowlogs(workFolder(), ["--version"]);
      assert.deepEqual([...loadedBy(...args)], ["commander"]);
    });

  it("makes the JavaScript once, and again when a source has changed", async () => {
    const dir = workFolder();
    for (const name of ["cli", "components", "functions", "local", "policy", "queries", "schema"])
      cpSync(join(ROOT, name), join(dir, name), {
        recursive: true,
        filter: (path) => !/\/(dist|node_modules)$/.test(path),
      });
    for (const name of ["index.ts", "package.json", "tsconfig.json"])
      cpSync(join(ROOT, name), join(dir, name));
    symlinkSync(join(ROOT, "node_modules"), join(dir, "node_modules"));
    const fields = () =>
      execFileSync(process.execPath, [join(dir, "cli/flowlogs.js"), "fields"], { encoding: "utf8" });
    const built = () => readdirSync(join(dir, "cli/dist"));
    const before = fields();
    const [first] = built();
    assert.ok(existsSync(join(dir, "cli/dist", first, "cli/index.js")));
    assert.equal(fields(), before);
    assert.deepEqual(built(), [first]);
    writeFileSync(
      join(dir, "cli/fields.ts"),
      `export const fields = () => { process.stdout.write("changed"); process.exit(0); };`,
    );
    assert.equal(fields(), "changed");
    assert.equal(built().length, 2);
  });
});
