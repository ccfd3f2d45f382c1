import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type { Held } from "./cloud";
import type { Engine } from "./engine";
import type { Report } from "./report";
import type { Result } from "./result";

// Drift between AWS and the state: refresh and import.

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";

const expect = async (report: Report, what: string, command: () => Promise<Result>, expected: string[]) => {
  const { failure, steps } = await report(what, command);
  assert.equal(failure, undefined, `${what}: ${failure}`);
  const done = steps.map(({ op, type }) => `${op} ${type}`);
  assert.deepEqual(done.sort(), expected, what);
};

const held = (engine: Engine, type: string): Held =>
  engine.cloud.all().find((each) => each.type === type) ?? assert.fail(`AWS has no ${type}`);

/** Somebody changes one resource and deletes another, by hand. */
const meddle = (engine: Engine) => {
  const group = held(engine, LOG_GROUP);
  const retention = { retentionInDays: 1 };
  engine.cloud.put({
    ...group,
    inputs: { ...group.inputs, ...retention },
    state: { ...group.state, ...retention },
  });
  const { id } = held(engine, DASHBOARD);
  engine.cloud.remove(DASHBOARD, id);
};

/** Refreshes, and returns the resources whose state has changed. */
const drifted = async (engine: Engine, report: Report, what: string): Promise<string[]> => {
  const before = await engine.resources();
  const { failure } = await report(what, engine.refresh);
  assert.equal(failure, undefined, `${what}: ${failure}`);
  const after = new Map((await engine.resources()).map(({ urn, outputs }) => [urn, outputs]));
  return before
    .filter(({ urn, outputs }) => !isDeepStrictEqual(outputs, after.get(urn)))
    .map(({ type, urn }) => `${after.has(urn) ? "changed" : "gone"} ${type}`)
    .sort();
};

/** Checks a refresh without drift, then one with drift. */
export const drift = async (engine: Engine, report: Report) => {
  engine.skipTypes();
  const { failure } = await report("up", engine.up);
  assert.equal(failure, undefined);
  assert.deepEqual(await drifted(engine, report, "refresh"), []);
  await expect(report, "up after refresh", engine.up, []);
  meddle(engine);
  const found = await drifted(engine, report, "refresh, changed by hand");
  assert.deepEqual(found, [`changed ${LOG_GROUP}`, `gone ${DASHBOARD}`]);
  await expect(report, "up after refresh", engine.up, [`create ${DASHBOARD}`, `update ${LOG_GROUP}`]);
  await takeBack(engine, report);
};

/** A resource that the state lost and AWS has: its name is taken until it is imported. */
const takeBack = async (engine: Engine, report: Report) => {
  const lost = (await engine.resources()).find(({ type }) => type === DASHBOARD) ?? assert.fail();
  await engine.forget(lost.urn);
  const { failure } = await report("up, a resource is lost", engine.up);
  assert.match(failure ?? "it succeeds", /AlreadyExists/);
  const parent = (await engine.resources()).find(({ type }) => type.endsWith(":FlowLogAnalytics"));
  const name = lost.urn.slice(lost.urn.lastIndexOf("::") + 2);
  const taken = await report("import", () =>
    engine.take({ type: DASHBOARD, name, id: String(lost.id) }, parent?.urn ?? ""),
  );
  assert.equal(taken.failure, undefined);
  await expect(report, "up after import", engine.up, []);
};
