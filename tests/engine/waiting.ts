import assert from "node:assert/strict";
import type { Engine } from "./engine";
import { TRIES } from "./faults";
import type { Report } from "./report";
import type { Result } from "./result";

// AWS with delays and throttling. The model is in faults.ts.

/** Fewer than the provider tries, and more. */
const SOME = 3;
const TOO_MANY = TRIES + 2;

/** Errors of services that must reach the engine, in the words that AWS uses. */
const REFUSALS = [
  /flows-etl InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda/,
  /flows-stream InvalidArgumentException: Firehose is unable to assume role arn:aws:iam::/,
  /flows-detection AccessDeniedException: .* authorized to assume the provided role/,
  /ValidationException: The execution role you provide must allow AWS EventBridge Scheduler to assume the role/,
];

const succeeds = async (report: Report, what: string, command: () => Promise<Result>) => {
  const result = await report(what, command);
  assert.equal(result.failure, undefined, `${what}: ${result.failure}`);
  return result;
};

const again = (calls: string[], call: string) => calls.filter((each) => each.startsWith(`${call} again `));

/** Asserts that each thing was made or deleted once. */
const assertOnce = (calls: string[], call: string) => {
  const made = calls.filter((each) => each.startsWith(`${call} `) && !each.startsWith(`${call} again `));
  const twice = made.filter((each, place) => made.indexOf(each) !== place);
  assert.ok(made.length > 0);
  assert.deepEqual(twice, [], `${call}: twice`);
};

/** Checks that the provider waits out short faults: none reaches the engine in create, update and delete. */
export const wait = async (engine: Engine, report: Report) => {
  engine.skipTypes();
  engine.delayRoles(SOME);
  engine.throttle(SOME);
  await succeeds(report, "up, roles late, throttled", engine.up);
  const made = engine.calls();
  assertOnce(made, "create");
  for (const type of ["Function", "FirehoseDeliveryStream", "FlowLog"])
    assert.ok(again(made, "create").filter((each) => each.includes(`:${type} `)).length > SOME, type);
  await engine.configure("logRetentionInDays", "3");
  await succeeds(report, "up, throttled update", engine.up);
  assert.ok(again(engine.calls(), "update").length > 0, "no update was throttled");
  await succeeds(report, "destroy, throttled", engine.destroy);
  assertOnce(engine.calls(), "delete");
};

/** Checks that an `up` fails if a role takes longer than the provider waits, and that the next one goes on from there. */
export const giveUp = async (engine: Engine, report: Report) => {
  engine.skipTypes();
  await engine.configure("detections", JSON.stringify({ queries: ["horizontal-scan"] }));
  engine.delayRoles(TOO_MANY);
  const failures: (string | undefined)[] = [];
  do failures.push((await report(`up, roles very late, ${failures.length + 1}`, engine.up)).failure);
  while (failures.at(-1) !== undefined && failures.length < 6);
  assert.equal(failures.at(-1), undefined);
  for (const message of REFUSALS) assert.match(failures.join("\n"), message);
  const calls = engine.calls();
  assertOnce(calls, "create");
  assert.deepEqual((await succeeds(report, "up again", engine.up)).steps, []);
};
