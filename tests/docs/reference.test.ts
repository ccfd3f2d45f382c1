import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { declaredIn } from "../../docs/generate/declared";
import { defaults } from "../../docs/generate/defaults";
import { blocksIn } from "../../docs/generate/markdown";
import { reference } from "../../docs/generate/reference";
import { flowlogs, workFolder } from "../cli/flowlogs";

const ROOT = join(__dirname, "../..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

describe("docs: README.md", () => {
  const readme = read("README.md");
  const dir = workFolder();

  it("has the two first commands on its first screen", () => {
    const first = readme.split("\n").slice(0, 12).join("\n");
    assert.match(first, /^npm ci && npm start/m);
    assert.match(first, /^npm ci && npm test/m);
    const { scripts } = JSON.parse(read("package.json"));
    assert.equal(scripts.start, "node cli/flowlogs.js run");
    assert.equal(scripts.test, 'mocha "tests/**/*.test.ts"');
  });

  it("shows the real output of a run, except its seconds and the size of its files", async () => {
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

  it("shows the real row of its line", async () => {
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

  /** Returns the anchors that GitHub makes of headings, and those that are written into a row of a table. */
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
    it(`link only to existing pages and headings: ${file}`, () => {
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

describe("docs: README.zh-CN.md", () => {
  const [english, chinese] = ["README.md", "README.zh-CN.md"].map(read);
  const withoutComments = (text: string) => text.replaceAll(/\s+#.*$/gm, "");

  it("has the commands, programs and output of README.md, whose tests run them", () => {
    for (const language of ["sh", "ts", "text", "json"]) {
      const [ours, theirs] = [english, chinese].map((page) => blocksIn(page, language).map(withoutComments));
      assert.ok(ours.length > 0, language);
      assert.deepEqual(theirs, ours, language);
    }
  });

  it("has the same commands in its sentences, and the same versions", () => {
    const commands = (page: string) =>
      [...page.matchAll(/`((?:npx |npm |pulumi |git )[^`]+)`/g)].map(([, command]) =>
        command.replaceAll(/\s+/g, " "),
      );
    assert.ok(commands(english).length >= 10);
    assert.deepEqual(commands(chinese).sort(), commands(english).sort());
    const versions = (page: string) => page.match(/\d+\.\d+(\.\d+)?/g)?.sort();
    assert.deepEqual(versions(chinese), versions(english));
  });

  it("links to the same pages", () => {
    const links = (page: string) =>
      [...new Set([...page.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link))]
        .filter((link) => !link.startsWith("README"))
        .sort();
    assert.deepEqual(links(chinese), links(english));
  });
});

describe("the arguments of FlowLogAnalytics", () => {
  const interfaces = declaredIn("components/arguments.ts").filter(({ kind }) => kind === "interface");
  const members = interfaces.flatMap(({ name, members: all }) =>
    all.map((member) => ({ ...member, path: `${name}.${member.name}` })),
  );

  it("each say their default apart, if they can be left out, and give an example", () => {
    assert.ok(members.length > 40, `${members.length} arguments`);
    for (const { path, isRequired, default: absent, example, meaning } of members) {
      assert.equal(absent === "", isRequired, path);
      assert.notEqual(example, "", path);
      assert.doesNotMatch(meaning, /if absent|For example|by a name of yours/, path);
    }
  });

  it("each begin with a sentence that stands alone", () => {
    for (const { path, meaning } of members) {
      const [first] = meaning.split(/(?<=\.)\s/);
      assert.match(first, /^[A-Z\d`].{11,}\.$/s, path);
      assert.doesNotMatch(first, /^(The same|Same|As|It|They|That)\b/, path);
    }
  });

  it("have the numbers as defaults that the settings fill in", () => {
    const settings = defaults();
    const inSettings = { ...settings, ...settings.storage.retention } as unknown as Record<string, unknown>;
    const numbers = members.filter(({ default: absent }) => /^\d/.test(absent));
    assert.ok(numbers.length >= 9, `${numbers.length} numbers`);
    for (const { name, path, default: absent } of numbers) {
      if (name === "everyHours") continue;
      assert.equal(Number.parseInt(absent, 10), inSettings[name], path);
    }
  });

  it("have their default and example in the schema, which is all that other languages see", () => {
    const schema = JSON.parse(read("schema.json"));
    const properties = schema.resources["flow-log-analytics:index:FlowLogAnalytics"].inputProperties;
    const [component] = interfaces.filter(({ name }) => name === "FlowLogAnalyticsArgs");
    for (const { name, default: absent, example } of component.members) {
      assert.ok(properties[name].description.includes(`Default: ${absent}.`), name);
      assert.ok(properties[name].description.includes(`Example: \`${example}\`.`), name);
    }
  });
});
