import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { PROJECT_DIR } from "../../local/program";
import { findCli, findYamlHost, NoCli } from "./cli";
import { drift } from "./drifting";
import { Engine } from "./engine";
import { cut, fail } from "./failing";
import { keep, refuse } from "./keeping";
import { move } from "./moving";
import { type Naming, name } from "./naming";
import { difference, operations, type Plan, planOf } from "./plans";
import { rename } from "./renaming";
import type { Result, Step } from "./result";
import { keepState, RELEASES, upgrade } from "./upgrading";
import { giveUp, wait } from "./waiting";
import { goOnInYaml } from "./yaml";

// Drives Pulumi's own engine through the life of a stack: what must happen is what `flowlogs plan` says.

/** Another format for each stack: one with more fields than it has, and one with fewer. */
const OTHER_FIELDS: Record<string, string> = { dev: "recommended region az-id", prod: "default" };

/** Resources that hold data or pass it on: a change of format leaves them in place. */
const LASTING =
  /:(Bucket|CatalogDatabase|CatalogTable|FirehoseDeliveryStream|Function|Key|LogGroup|LogSubscriptionFilter)$/;
const FLOW_LOG = "aws:ec2/flowLog:FlowLog";

const all = (op: string, plan: Plan) => operations([...plan.keys()].map((urn) => ({ op, urn })));

/** Parts of a replacement, beside the replacement itself. */
const PARTS = ["create-replacement", "delete-replaced"];

const summary = ({ steps, same, violations }: Result) => {
  const counts = new Map<string, number>();
  for (const { op } of steps) if (!PARTS.includes(op)) counts.set(op, (counts.get(op) ?? 0) + 1);
  const parts = [...counts].map(([op, count]) => `${count} ${op}`);
  return [...parts, ...(same ? [`${same} same`] : []), ...violations].join(", ");
};

/** Columns of a terminal; what does not fit goes to a line of its own. */
const WIDTH = 80;

const report = async (stack: string, what: string, command: () => Promise<Result>) => {
  const start = performance.now();
  const result = await command();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const line = `${seconds.padStart(6)} s  ${stack.padEnd(8)} ${what.padEnd(26)}`;
  const text = summary(result);
  console.log(
    line.length + text.length < WIDTH ? `${line} ${text}` : `${line.trimEnd()}\n           ${text}`,
  );
  return result;
};

/** Old and new flow logs overlap, all is ready for the new lines, and what reads the old ones stays. */
const checkOrder = (steps: Step[]) => {
  const flowLogs = steps.filter(({ type }) => type === FLOW_LOG);
  const added = flowLogs.filter(({ op }) => op === "create-replacement");
  assert.ok(added.length > 0, "another format makes no new flow log");
  const first = Math.min(...added.map(({ begun }) => begun));
  const last = Math.max(...added.map(({ done }) => done));
  for (const { op, urn, begun } of flowLogs) {
    if (op === "delete-replaced") assert.ok(begun > last, `${urn} is gone before there is a new one`);
  }
  for (const { urn, op, done } of steps.filter((step) => LASTING.test(step.type))) {
    assert.ok(op === "create" || op === "update", `another format is no reason to ${op} ${urn}`);
    assert.ok(done < first, `${urn} is not ready for the new lines`);
  }
};

/** Runs something with an engine, and leaves the engine's folder for a look if that fails. */
const using = async (engine: Engine, work: () => Promise<void>) => {
  try {
    await work();
    engine.close();
  } catch (error) {
    console.error(`failed; the project and its state are in ${engine.folder}`);
    throw error;
  }
};

/** The fields of a stack as its file has them, as the one format that was there before. */
const formerly = (stack: string) => {
  const { config } = parse(readFileSync(join(PROJECT_DIR, `Pulumi.${stack}.yaml`), "utf8"));
  return JSON.stringify([[config["flow-log-analytics:fields"]].flat()]);
};

/** From nothing to nothing, by way of another format, as docs/changing-fields.md says. */
const live = async (stack: string, engine: Engine) => {
  const fields = OTHER_FIELDS[stack];
  const previousFields = formerly(stack);
  const before = planOf(stack);
  const both = planOf(stack, { fields, previousFields });
  const after = planOf(stack, { fields, previousFields: "[]" });
  const expect = async (what: string, command: () => Promise<Result>, expected: string[]) => {
    const result = await report(stack, what, command);
    const done = operations(result.steps);
    const unplanned = done.filter((each) => !expected.includes(each));
    const undone = expected.filter((each) => !done.includes(each));
    const wrong = [
      ...result.violations.map((rule) => `violates ${rule}`),
      ...unplanned.map((each) => `not in the plan: ${each}`),
      // After a failure there is no end of it.
      ...(result.failure ? [result.failure] : undone.map((each) => `in the plan, but not done: ${each}`)),
    ];
    assert.ok(wrong.length === 0, `${stack}, ${what}:\n  ${wrong.join("\n  ")}`);
    return result;
  };
  await expect("preview, nothing known", engine.previewWithPolicy, all("create", before));
  engine.skipTypes();
  await expect("up", engine.up, all("create", before));
  for (const [name, { value }] of Object.entries(await engine.outputs())) {
    const text = JSON.stringify(value ?? null);
    assert.ok(value && !/undefined|Output<T>/.test(text), `${stack}: the output ${name} is ${text}`);
  }
  await expect("up again", engine.up, []);
  await expect("preview, all known", engine.previewWithPolicy, []);
  await engine.configure("fields", fields);
  await engine.configure("previousFields", previousFields);
  await expect(`preview, fields ${fields}`, engine.preview, difference(before, both));
  const { steps } = await expect(`up, fields ${fields}`, engine.up, difference(before, both));
  checkOrder(steps);
  await expect("up again", engine.up, []);
  await engine.configure("previousFields", "[]");
  await expect("up, old fields forgotten", engine.up, difference(both, after));
  await expect("destroy", engine.destroy, all("delete", after));
};

/** The policy pack stops what it is there to stop. */
const violate = async (engine: Engine) => {
  const { failure, violations } = await report("bare", "preview", engine.previewWithPolicy);
  assert.ok(violations.length > 0, failure ?? "a bare bucket violates nothing");
  assert.ok(failure, "a bare bucket passes the policy pack");
};

// biome-ignore lint/suspicious/noTemplateCurlyInString: Pulumi's own form of a pattern
const PATTERN = "acme-${stack}-${name}-${alphanum(4)}";

type Report = (what: string, command: () => Promise<Result>) => Promise<Result>;

/** What a stack is taken through, with an engine of its own. */
interface Life {
  title: string;
  stack: string;
  live: (engine: Engine, report: Report) => Promise<void>;
}

const byPattern: Naming = ["pattern", PATTERN, /^acme-dev-flows-lake-[a-z0-9]{4}$/];
const byProgram: Naming = ["mode", "verbatim", /^flows-lake$/];

const LIVES: Life[] = [
  { title: "keep", stack: "prod", live: keep },
  { title: "refuse", stack: "dev", live: refuse },
  { title: "pattern", stack: "dev", live: (engine, report) => name(engine, byPattern, report) },
  { title: "verbatim", stack: "dev", live: (engine, report) => name(engine, byProgram, report) },
  { title: "drift", stack: "dev", live: drift },
  { title: "fail", stack: "dev", live: fail },
  { title: "wait", stack: "dev", live: wait },
  { title: "late", stack: "dev", live: giveUp },
  { title: "cut", stack: "dev", live: cut },
  { title: "move", stack: "prod", live: move },
  { title: "rename", stack: "dev", live: rename(false) },
  { title: "rename-forced", stack: "dev", live: rename(true) },
  {
    title: "yaml",
    stack: "dev",
    live: (engine, report) => goOnInYaml(findYamlHost(console.log))(engine, report),
  },
  ...RELEASES.map((release) => ({ title: release, stack: "prod", live: upgrade(release) })),
];

/** Not part of a run: it is asked for once for each release. */
const KEEP_STATE: Life = { title: "keep-state", stack: "prod", live: keepState };

const main = async () => {
  const cli = await findCli(console.log);
  console.log(`the Pulumi CLI ${cli.command.version}, ${cli.command.command}`);
  // All, or the stacks and lives that are asked for.
  const asked = process.argv.slice(2);
  const isAsked = (...names: string[]) => asked.length === 0 || names.some((name) => asked.includes(name));
  for (const stack of Object.keys(OTHER_FIELDS).filter((each) => isAsked(each))) {
    const engine = await Engine.open(cli, stack);
    await using(engine, () => live(stack, engine));
  }
  const lives = LIVES.filter(({ title, stack }) => isAsked(title, stack));
  for (const life of asked.includes(KEEP_STATE.title) ? [KEEP_STATE] : lives) {
    const engine = await Engine.open(cli, life.stack);
    await using(engine, () => life.live(engine, (what, command) => report(life.title, what, command)));
  }
  if (!isAsked("bare")) return;
  const engine = await Engine.open(cli, "dev", join(__dirname, "bare-bucket.ts"));
  await using(engine, () => violate(engine));
};

main().catch((error) => {
  if (error instanceof NoCli) return console.log(`skipped: ${error.message}`);
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
