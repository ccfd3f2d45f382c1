import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { tableIn } from "../docs/generate/markdown";
import { scripts } from "../package.json";
import { LIVES } from "./engine/lives";

const text = (path: string) => readFileSync(join(__dirname, "..", path), "utf8");
const commands = text(".ci/run").match(/^npm run test:.*$/gm) ?? [];

describe(".ci/run", () => {
  it("runs only existing judges and existing lives of a stack", () => {
    for (const command of commands) {
      const [script, titles = ""] = command.replace("npm run ", "").split(" -- ");
      assert.ok(script in scripts, script);
      if (script !== "test:engine") continue;
      const known = LIVES.map(({ title }) => title);
      for (const title of titles.split(" ")) assert.ok(known.includes(title), title);
    }
  });

  it("runs the judges that CONTRIBUTING.md says CI runs, with the same arguments", () => {
    const rows = tableIn(text("CONTRIBUTING.md"), "contract", "our test", "the judge");
    const ofCi = rows.flatMap(([, , judge, , where]) => {
      const [, script] = /`npm run (test:[\w-]+)`/.exec(judge) ?? [];
      if (!script || !/^CI\b/.test(where)) return [];
      const [, options = ""] = /^CI \(`(-- [^`]+)`\)/.exec(where) ?? [];
      return [`npm run ${script} ${options}`.trim()];
    });
    assert.deepEqual(ofCi.sort(), [...commands].sort());
  });
});
