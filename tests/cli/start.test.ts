import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
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

  it("compiles in memory where nothing can be written, with the same answers", async () => {
    const dir = workFolder();
    const preload = join(dir, "read-only.js");
    writeFileSync(
      preload,
      `const fs = require("node:fs");
      const isBuild = (path) => String(path).includes("/cli/dist");
      const { existsSync, mkdirSync } = fs;
      fs.existsSync = (path) => !isBuild(path) && existsSync(path);
      fs.mkdirSync = (path, ...rest) => {
        if (isBuild(path)) throw Object.assign(new Error("EROFS: read-only file system"), { code: "EROFS" });
        return mkdirSync(path, ...rest);
      };`,
    );
    const args = ["-r", preload, BIN, "plan", "--json", "--archive", "read-only"];
    const { status, stdout } = spawnSync(process.execPath, args, {
      cwd: dir,
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    assert.equal(status, 0);
    const written = await flowlogs(dir, ["plan", "--json", "--archive", "built"]);
    assert.equal(stdout, written.stdout);
    const [one, other] = ["read-only", "built"].map((name) =>
      readFileSync(join(dir, name, "__index.js"), "utf8"),
    );
    assert.equal(one, other);
  });

  it("compiles once, and again when a source has changed", async () => {
    const dir = workFolder();
    for (const name of ["cli", "components", "console", "functions", "local", "policy", "queries", "schema"])
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
