import assert from "node:assert/strict";
import type { Engine } from "./engine";
import type { Report } from "./report";
import type { Result } from "./result";

// An `up` that AWS or a person interrupts, and the one after it.

const FUNCTION = "aws:lambda/function:Function";
const DATABASE = "aws:glue/catalogDatabase:CatalogDatabase";
/** In milliseconds, so that the CLI can be killed between two resources. */
const PAUSE = 300;
/** Number of resources to create before the kill, of about a hundred. */
const SOME = 12;

const succeeds = async (report: Report, what: string, command: () => Promise<Result>) => {
  const result = await report(what, command);
  assert.equal(result.failure, undefined, `${what}: ${result.failure}`);
  return result;
};

const fails = async (report: Report, what: string, command: () => Promise<Result>, reason: RegExp) => {
  const { failure } = await report(what, command);
  assert.match(failure ?? "it succeeds", reason, what);
};

/** Checks that nothing was created twice and that nothing is left to do. */
const assertWhole = async (engine: Engine, report: Report) => {
  const made = engine.calls().filter((call) => call.startsWith("create "));
  assert.deepEqual(
    made.filter((call, place) => made.indexOf(call) !== place),
    [],
    "made twice",
  );
  const { steps } = await succeeds(report, "up again", engine.up);
  assert.deepEqual(steps, []);
};

/** Makes AWS refuse one resource, then a name in use. Checks that the next `up` goes on from there. */
export const fail = async (engine: Engine, report: Report) => {
  engine.skipTypes();
  const name = "flow_log_analytics_dev_flows";
  engine.cloud.put({ type: DATABASE, id: name, inputs: { name }, state: { name } });
  await fails(report, "up, a name is taken", engine.up, /AlreadyExists: flow_log_analytics_dev_flows/);
  engine.cloud.remove(DATABASE, name);
  engine.refuse(FUNCTION);
  await fails(report, "up, a quota is used up", engine.up, /LimitExceededException.*flows-etl/);
  engine.refuse(undefined);
  await succeeds(report, "up, there is room", engine.up);
  await assertWhole(engine, report);
  await succeeds(report, "destroy", engine.destroy);
};

/** Kills the CLI. Removes the resources that the state does not know by hand, as Pulumi then advises. */
export const cut = async (engine: Engine, report: Report) => {
  engine.skipTypes();
  engine.slow(PAUSE);
  await engine.killed(SOME);
  engine.slow(0);
  await fails(report, "up, locked", engine.up, /locked/);
  await engine.unlock();
  const known = new Set((await engine.resources()).map(({ id }) => id));
  for (const { type, id } of engine.cloud.all()) if (!known.has(id)) engine.cloud.remove(type, id);
  engine.calls();
  await succeeds(report, "up, unlocked", engine.up);
  await assertWhole(engine, report);
};
