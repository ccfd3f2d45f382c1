import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { blocksIn } from "../../docs/generate/markdown";
import { reference } from "../../docs/generate/reference";
import { flowlogs, workFolder } from "../cli/flowlogs";

const ROOT = join(__dirname, "../..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

describe("docs: README.md", () => {
  const readme = read("README.md");
  const dir = workFolder();

  it("has the two commands that everything starts with on its first screen", () => {
    const first = readme.split("\n").slice(0, 12).join("\n");
    assert.match(first, /^npm ci && npm start/m);
    assert.match(first, /^npm ci && npm test/m);
    const { scripts } = JSON.parse(read("package.json"));
    assert.equal(scripts.start, "node cli/flowlogs.js run");
    assert.equal(scripts.test, 'mocha "tests/**/*.test.ts"');
  });

  it("shows what a run really prints, but for its seconds and the size of its files", async () => {
    const { code, stdout } = await flowlogs(dir, ["run"]);
    assert.equal(code, 0);
    const varying = (text: string) =>
      text.replaceAll(/after [\d.]+ s/g, "after N s").replaceAll(/[\d.]+ MB of Parquet/g, "N MB");
    const shown = varying(blocksIn(readme, "text")[0])
      .split("\n")
      .filter((line) => line !== "…");
    const printed = varying(stdout).split("\n");
    let from = 0;
    for (const line of shown) {
      const at = printed.indexOf(line, from);
      assert.ok(at >= from, `the run does not print: ${line}`);
      from = at;
    }
  });

  it("asks questions that the run's lake answers", async () => {
    const commands = blocksIn(readme, "sh")[1].trim().split("\n");
    assert.equal(commands.length, 2);
    for (const command of commands) {
      const args = [...command.replace("npx flowlogs ", "").matchAll(/"([^"]*)"|(\S+)/g)].map(
        ([, a, b]) => a ?? b,
      );
      const { code, stdout } = await flowlogs(dir, args);
      assert.equal(code, 0, command);
      assert.ok(stdout.split("\n").length > 3, stdout);
    }
  });

  it("shows the row that its line really becomes", async () => {
    const { stdout } = await flowlogs(dir, ["parse"], blocksIn(readme, "text")[1]);
    assert.deepEqual(JSON.parse(blocksIn(readme, "json")[0]), JSON.parse(stdout));
  });
});

describe("docs", () => {
  const pages = readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`);

  it("print the reference from the code: npm run docs brings it up to date", async () => {
    assert.equal(read("docs/reference.md"), await reference());
  });

  /** As GitHub makes them of headings, and those that are written into a row of a table. */
  const anchorsIn = (text: string) => [
    ...[...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, "")
        .replaceAll(" ", "-"),
    ),
    ...[...text.matchAll(/<a id="([\w-]+)"><\/a>/g)].map(([, id]) => id),
  ];

  for (const file of ["README.md", "CONTRIBUTING.md", "policy/README.md", ...pages]) {
    it(`link only to what is there: ${file}`, () => {
      for (const [, target, anchor] of read(file).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)) {
        const path = target === "" ? file : join(dirname(file), target);
        assert.ok(existsSync(join(ROOT, path)), target);
        if (anchor) assert.ok(anchorsIn(read(path)).includes(anchor), `${target}#${anchor}`);
      }
    });
  }

  it("name every folder of the project in the architecture", () => {
    const { include } = JSON.parse(read("tsconfig.json"));
    for (const folder of include.filter(
      (name: string) => !name.endsWith(".ts") && !["docs", "tests"].includes(name),
    )) {
      assert.match(read("docs/architecture.md"), new RegExp(`\`${folder}/\``), folder);
    }
  });
});

describe("the arguments of FlowLogAnalytics in the reference", () => {
  it("each say what happens without them and give an example", async () => {
    const [, section] = /\n## Arguments of FlowLogAnalytics\n([\s\S]*?)\n##/.exec(await reference()) ?? [
      "",
      "",
    ];
    const rows = section.split("\n").filter((line) => line.startsWith("| `"));
    assert.ok(rows.length > 25, `${rows.length} arguments`);
    for (const row of rows) {
      assert.match(row, /For example/);
      assert.match(row, /absent|by a name of yours/);
    }
  });
});
