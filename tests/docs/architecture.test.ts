import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tableIn } from "../../docs/generate/markdown";

const ROOT = join(__dirname, "../..");
const page = readFileSync(join(ROOT, "docs/architecture.md"), "utf8");
const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const coded = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code);

/** True if the path exists, or its folder if it has a placeholder or a pattern. */
const isThere = (path: string): boolean =>
  /[<*…]/.test(path) ? isThere(dirname(path)) : existsSync(join(ROOT, path));

describe("docs: architecture.md", () => {
  const rows = tableIn(page, "to change", "look at", "then run");

  it("says where to look in existing files and folders", () => {
    assert.ok(rows.length >= 12);
    for (const [what, where] of rows) {
      const paths = coded(where).filter((code) => code.includes("/") || code.endsWith(".ts"));
      assert.ok(paths.length > 0, what);
      for (const path of paths) assert.ok(isThere(path), `${what}: ${path}`);
    }
  });

  it("says what to run: scripts of package.json, and existing tests", () => {
    for (const [what, , commands] of rows)
      for (const command of coded(commands)) {
        const [, script] = /^npm run ([\w:]+)/.exec(command) ?? [];
        if (script && !command.includes("-w policy")) assert.ok(script in scripts, `${what}: ${command}`);
        for (const [file] of command.matchAll(/tests\/\S+/g)) assert.ok(isThere(file), `${what}: ${file}`);
      }
  });

  it("names files of local/ where they are", () => {
    const [, section] = /\n## One program, two runtimes\n([\s\S]*?)\n## /.exec(page) ?? assert.fail();
    for (const name of coded(section).filter((code) => /^[\w/-]+\.ts$/.test(code) && code !== "index.ts"))
      assert.ok(
        ["", "local"].some((folder) => isThere(join(folder, name))),
        name,
      );
  });
});
