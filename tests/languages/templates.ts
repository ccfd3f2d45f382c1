import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { PROJECT_DIR } from "../../local/program";
import { findYamlHost } from "../engine/cli";
import type { Engine } from "../engine/engine";
import { operations } from "../engine/plans";
import type { Report } from "../engine/report";
import { done, step } from "./living";

// `pulumi new` of the templates; the one in YAML is deployed, and goes on with the program of examples/yaml, which is the same
// as that of examples/typescript.

/** Has the CLI make a project of a template, and returns its Pulumi.yaml. */
const makeProject = async (engine: Engine, template: string) => {
  const [from, to] = [join(PROJECT_DIR, "templates", template), join(engine.folder, "new", template)];
  const names = ["--name=acme", "--description=Flows of Acme"];
  await engine.command("new", from, "--generate-only", "--yes", "--offline", `--dir=${to}`, ...names);
  assert.deepEqual(readdirSync(to).sort(), readdirSync(from).sort());
  const project = parse(readFileSync(join(to, "Pulumi.yaml"), "utf8"));
  assert.equal(project.name, "acme");
  assert.equal(project.description, "Flows of Acme");
  assert.equal(project.template, undefined);
  return project;
};

export const startFromTemplates = async (engine: Engine, report: Report) => {
  const host = findYamlHost(console.log);
  engine.skipTypes();
  engine.set("PATH", `${host}:${join(engine.folder, "plugins")}:${process.env.PATH}`);
  await step(report, "new, TypeScript", () => makeProject(engine, "typescript"));
  const { variables, resources, outputs } = await makeProject(engine, "yaml");
  engine.become({ host, program: { variables, resources, outputs } });
  const up = await done(report, "up, the template in YAML", engine.up);
  assert.equal((await engine.outputs()).table.value, "flow_logs");
  const example = parse(readFileSync(join(PROJECT_DIR, "examples/yaml/Pulumi.yaml"), "utf8"));
  const { variables: inputs, resources: declared, outputs: given } = example;
  engine.become({ host, program: { variables: inputs, resources: declared, outputs: given } });
  const other = await done(report, "up, the example in YAML", engine.up);
  assert.notDeepEqual(operations(other.steps), []);
  engine.become(join(__dirname, "twin.ts"));
  assert.deepEqual(operations((await done(report, "up, TypeScript", engine.up)).steps), []);
  const destroyed = await done(report, "destroy", engine.destroy);
  assert.ok(destroyed.steps.length >= up.steps.length);
};
