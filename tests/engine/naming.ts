import assert from "node:assert/strict";
import { arnLike, listOf, statementsOf } from "../components/documents";
import type { Engine, StateResource } from "./engine";
import type { Report } from "./report";

// Trust policies have physical names of resources, which Pulumi's engine may choose.

/** The resources that assume each role. */
const ASSUMES: Record<string, string> = {
  "flows-stream-role": "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  "flows-etl-role": "aws:lambda/function:Function",
  "flows-detect-role": "aws:sfn/stateMachine:StateMachine",
};

const nameOf = ({ urn }: StateResource) => urn.slice(urn.lastIndexOf("::") + 2);
const LOGS = "kms:EncryptionContext:aws:logs:arn";

/** Checks that each role trusts its resource, and that the key policy allows every log group. */
const assertTrusted = (resources: StateResource[]) => {
  const named = (name: string) => resources.find((each) => nameOf(each) === name)?.outputs ?? {};
  const arns = (type: string) =>
    resources.filter((each) => each.type === type).map((each) => each.outputs?.arn);
  for (const [role, type] of Object.entries(ASSUMES)) {
    const [{ Condition }] = statementsOf(named(role).assumeRolePolicy);
    const patterns = listOf(Condition?.ArnLike["aws:SourceArn"]);
    assert.ok(arns(type).length > 0, type);
    for (const arn of arns(type))
      assert.ok(
        patterns.some((pattern) => arnLike(pattern, arn)),
        `${role} does not trust ${arn}: ${patterns}`,
      );
  }
  const [, { Condition }] = statementsOf(named("flows-key").policy);
  for (const arn of arns("aws:cloudwatch/logGroup:LogGroup"))
    assert.ok(arnLike(Condition?.ArnLike[LOGS] ?? "", arn), `the key's policy does not admit ${arn}`);
};

/** A path in `pulumi:autonaming`, its value, and the bucket's resulting name. */
export type Naming = [path: string, value: string, bucket: RegExp];

/** A stack under one `pulumi:autonaming`. */
export const name = async (engine: Engine, [path, value, bucket]: Naming, report: Report) => {
  engine.skipTypes();
  await engine.configure("detections", JSON.stringify({ queries: ["horizontal-scan"] }));
  await engine.configure(`pulumi:autonaming.${path}`, value);
  const { failure } = await report(`up, autonaming ${path}`, engine.up);
  assert.equal(failure, undefined);
  const resources = await engine.resources();
  const lake = resources.find((each) => nameOf(each) === "flows-lake");
  assert.match(lake?.outputs?.bucket, bucket, "Pulumi did not name by this");
  assertTrusted(resources);
};
