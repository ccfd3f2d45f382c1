import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "@pulumi/aws/package.json";
import { PROJECT_DIR } from "../../local/program";
import schema from "../../schema.json";
import type { Engine } from "../engine/engine";
import { operations } from "../engine/plans";
import { writeExecutable } from "../engine/plugin";
import type { Report } from "../engine/report";
import type { Result } from "../engine/result";
import { exampleOf, type Language } from "./languages";
import { serveRepository } from "./repository";
import { findGenerator } from "./tools";

// An example in another language: `pulumi package add`, the SDK that it makes, and the life of a stack. The example in
// TypeScript then finds nothing to change.

export const done = async (report: Report, what: string, command: () => Promise<Result>): Promise<Result> => {
  const result = await report(what, command);
  assert.equal(result.failure, undefined, `${what}: ${result.failure}`);
  return result;
};

/** Reports a step that is no command on a stack. */
export const step = (report: Report, what: string, work: () => unknown) =>
  report(what, async () => {
    await work();
    return { steps: [], same: 0, violations: [] };
  });

/** Puts stand-ins where the CLI looks for the plugins of a package, which it does not read in the project's file. */
const offerPlugins = (engine: Engine, { name }: Language) => {
  const plugins = join(engine.folder, "plugins");
  if (name !== "nodejs") writeExecutable(plugins, `pulumi-language-${name}`, "../languages/host");
  writeExecutable(
    join(engine.folder, `home/plugins/resource-aws-v${version}`),
    "pulumi-resource-aws",
    "provider",
  );
  engine.set("PATH", `${plugins}:${process.env.PATH}`);
};

/** Makes the project's folder that of the example, with nothing but its own files. */
const become = (engine: Engine, language: Language) => {
  engine.become({ language: language.name });
  for (const file of language.files) cpSync(join(exampleOf(language), file), join(engine.folder, file));
};

/** Adds the package to the project, and returns what must be closed at the end. */
type Add = (engine: Engine, report: Report) => Promise<() => void>;

export const addFolder: Add = async (engine, report) => {
  await step(report, "package add, a folder", () => engine.command("package", "add", PROJECT_DIR));
  return () => {};
};

/** Adds it as docs/languages.md says, from a host that has this checkout at the address. */
export const addAddress: Add = async (engine, report) => {
  const address = `${schema.repository}@${schema.version}`;
  const served = await serveRepository(join(engine.folder, "git"), schema.repository, `v${schema.version}`);
  for (const [name, value] of Object.entries(served.env)) engine.set(name, value);
  await step(report, "package add, an address", () => engine.command("package", "add", address));
  return served.close;
};

/** Makes a project of the example, and has the compiler of its language check it against the SDK. */
const prepare = async (language: Language, engine: Engine, report: Report, add: Add) => {
  engine.set("FLOWS_ENGINE_GENERATOR", findGenerator(console.log));
  engine.skipTypes();
  offerPlugins(engine, language);
  become(engine, language);
  await language.prepare(engine);
  const close = await add(engine, report);
  await step(report, "SDK and example compile", () => language.check(engine));
  return close;
};

/** Brings the stack up, and returns what was made and what it gives. */
const bringUp = async (engine: Engine, report: Report) => {
  const preview = await done(report, "preview", engine.preview);
  const up = await done(report, "up", engine.up);
  assert.deepEqual(operations(preview.steps), operations(up.steps));
  const outputs = await engine.outputs();
  assert.equal(outputs.table.value, "flow_logs");
  assert.match(outputs.athena.value, /^https:\/\/us-east-1\.console\.aws\.amazon\.com\/athena/);
  return { made: up.steps.length, outputs };
};

/** Checks that a program declares the same as the example in TypeScript. The engine compares every property. */
export const liveIn = (language: Language, add: Add) => async (engine: Engine, report: Report) => {
  const close = await prepare(language, engine, report, add);
  const { made, outputs } = await bringUp(engine, report);
  const project = join(engine.folder, "Pulumi.yaml");
  const text = readFileSync(project);
  engine.become(join(__dirname, "twin.ts"));
  const same = await done(report, "up, TypeScript", engine.up);
  assert.deepEqual(operations(same.steps), []);
  assert.deepEqual(await engine.outputs(), outputs);
  writeFileSync(project, text);
  const destroyed = await done(report, "destroy", engine.destroy);
  assert.equal(destroyed.steps.length, made);
  close();
};
