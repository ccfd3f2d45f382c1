import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { tableIn } from "../../docs/generate/markdown";
import { name, version } from "../../package.json";
import schema from "../../schema.json";
import { LIVES } from "../engine/lives";

const ROOT = join(__dirname, "../..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const page = read("docs/languages.md");
const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({
  language,
  text,
}));
const commands = blocks.filter(({ language }) => language === "sh").map(({ text }) => text.trim());

describe("docs: languages.md", () => {
  for (const [language, file] of [
    ["ts", "typescript/index.ts"],
    ["python", "python/__main__.py"],
    ["go", "go/main.go"],
    ["yaml", "yaml/Pulumi.yaml"],
  ]) {
    it(`has the program of examples/${file}, as it is there`, () => {
      const [block, ...others] = blocks.filter((each) => each.language === language);
      assert.equal(block?.text, read(`examples/${file}`));
      assert.deepEqual(others, []);
    });
  }

  it("adds the package by the address and version that the schema has", () => {
    assert.equal(commands[0], `pulumi package add ${schema.repository}@${version}`);
    assert.equal(schema.pluginDownloadURL, schema.repository.replace("https:", "git:"));
    assert.equal(schema.version, version);
  });

  it("starts projects from existing templates", () => {
    const [, path] = commands[1].split("/tree/main/");
    assert.ok(commands[1].startsWith(`pulumi new ${schema.repository}/tree/main/`));
    assert.ok(existsSync(join(ROOT, path, "Pulumi.yaml")), path);
  });

  it("names existing lives of the engine's tests", () => {
    const [, titles] = /`npm run test:engine -- ([\w ]+)`/.exec(page) ?? assert.fail();
    for (const title of titles.split(" "))
      assert.ok(
        LIVES.some((life) => life.title === title),
        title,
      );
  });

  it("gives each SDK its name in the schema", () => {
    const { nodejs, python, go, csharp, java } = schema.language;
    const named = tableIn(page, "language", "the SDK is called").map(([, sdk]) => sdk.replaceAll("`", ""));
    assert.deepEqual(named, [
      nodejs.packageName,
      python.packageName,
      go.importBasePath,
      name,
      `${csharp.rootNamespace}.FlowLogAnalytics`,
      `${java.basePackage}.flowloganalytics`,
    ]);
  });
});

describe("templates/", () => {
  const templates = readdirSync(join(ROOT, "templates"));

  it("are one for each language whose new projects need no other tool", () => {
    assert.deepEqual(templates.sort(), ["typescript", "yaml"]);
  });

  for (const template of templates) {
    const project = parse(read(`templates/${template}/Pulumi.yaml`));

    it(`${template}: takes the project's name and description, and says what it is for`, () => {
      // biome-ignore-start lint/suspicious/noTemplateCurlyInString: Pulumi's own placeholders
      assert.equal(project.name, "${PROJECT}");
      assert.equal(project.description, "${DESCRIPTION}");
      // biome-ignore-end lint/suspicious/noTemplateCurlyInString: as above
      assert.ok(project.template.description);
      assert.ok(project.template.config["aws:region"].default);
    });

    it(`${template}: has the package by the address and version that docs/languages.md has`, () => {
      assert.equal(`pulumi package add ${project.packages[name]}`, commands[0]);
    });
  }
});
