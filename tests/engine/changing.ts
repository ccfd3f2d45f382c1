import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { PROJECT_DIR } from "../../local/program";
import type { Engine } from "./engine";
import { difference, operations, type Plan, planOf } from "./plans";
import type { Report } from "./report";
import type { Result, Step } from "./result";

// A stack whose fields change: what must happen is what `flowlogs plan` says.

/** Another format for each stack: one with more fields than it has, and one with fewer. */
const OTHER_FIELDS: Record<string, string> = { dev: "recommended region az-id", prod: "default" };

/** Resources that hold data or pass it on: a change of format leaves them in place. */
const LASTING =
  /:(Bucket|CatalogDatabase|CatalogTable|FirehoseDeliveryStream|Function|Key|LogGroup|LogSubscriptionFilter)$/;
const FLOW_LOG = "aws:ec2/flowLog:FlowLog";

const all = (op: string, plan: Plan) => operations([...plan.keys()].map((urn) => ({ op, urn })));

/** Checks that old and new flow logs overlap, that the new lines have their resources first, and that readers of the old ones stay. */
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

/** Returns previousFields with one format: the fields in a stack's configuration file. */
const formerly = (stack: string) => {
  const { config } = parse(readFileSync(join(PROJECT_DIR, `Pulumi.${stack}.yaml`), "utf8"));
  return JSON.stringify([[config["flow-log-analytics:fields"]].flat()]);
};

/** Deploys a stack, changes its format and destroys it, as docs/changing-fields.md says. */
export const live = (stack: string) => async (engine: Engine, report: Report) => {
  const fields = OTHER_FIELDS[stack];
  const previousFields = formerly(stack);
  const before = await planOf(stack);
  const both = await planOf(stack, { fields, previousFields });
  const after = await planOf(stack, { fields, previousFields: "[]" });
  const expect = async (what: string, command: () => Promise<Result>, expected: string[]) => {
    const result = await report(what, command);
    const done = operations(result.steps);
    const unplanned = done.filter((each) => !expected.includes(each));
    const undone = expected.filter((each) => !done.includes(each));
    const wrong = [
      ...result.violations.map((rule) => `violates ${rule}`),
      ...unplanned.map((each) => `not in the plan: ${each}`),
      // After a failure all later operations are undone, so report the failure alone.
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
