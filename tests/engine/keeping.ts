import assert from "node:assert/strict";
import type { Engine } from "./engine";
import type { Report } from "./report";
import type { Result } from "./result";

// Destroys and changes stacks under Pulumi's engine, over a full bucket, which S3 refuses to delete.

/** The key, the bucket with its configuration, and the workgroup. */
const LAKE = /^(delete|refuse) aws:(kms\/|s3\/|athena\/workgroup:)/;
const LOG_GROUP_OF_FLOWS = /^delete aws:cloudwatch\/logGroup:LogGroup flows-flow-logs-/;
const KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const succeeds = async (report: Report, what: string, command: () => Promise<Result>) => {
  const { failure } = await report(what, command);
  assert.equal(failure, undefined, `${what}: ${failure}`);
};

/** Checks that no resource with data was changed. */
export const assertKept = (calls: string[], what: string) => {
  const lost = calls.filter((call) => LAKE.test(call) || LOG_GROUP_OF_FLOWS.test(call));
  assert.deepEqual(lost, [], what);
};

/** Gives a stack without forceDestroy an existing key, then an existing bucket, takes each away again, and destroys it. */
export const keep = async (engine: Engine, report: Report) => {
  engine.skipTypes();
  await succeeds(report, "up", engine.up);
  engine.calls();
  await engine.configure("existingKey", KEY);
  await succeeds(report, "up, existingKey", engine.up);
  assertKept(engine.calls(), "a key of somebody else's");
  await engine.unconfigure("existingKey");
  await succeeds(report, "up, a key of its own again", engine.up);
  engine.calls();
  await engine.configure("existingBucket", "acme-flow-logs");
  await succeeds(report, "up, existingBucket", engine.up);
  assertKept(engine.calls(), "a bucket of somebody else's");
  await engine.unconfigure("existingBucket");
  await succeeds(report, "up, a bucket of its own again", engine.up);
  engine.calls();
  await succeeds(report, "destroy", engine.destroy);
  const calls = engine.calls();
  assertKept(calls, "destroy");
  assert.ok(
    calls.includes("delete aws:glue/catalogTable:CatalogTable flows-table"),
    "destroy deletes the rest",
  );
  await succeeds(report, "up after destroy", engine.up);
  await succeeds(report, "destroy again", engine.destroy);
};

/**
 * Destroys a stack with forceDestroy whose bucket cannot be emptied. Checks that the bucket's protection and key stay.
 */
export const refuse = async (engine: Engine, report: Report) => {
  engine.skipTypes();
  await succeeds(report, "up", engine.up);
  engine.calls();
  engine.lock();
  const { failure } = await report("destroy, locked objects", engine.destroy);
  assert.match(failure ?? "", /BucketNotEmpty/);
  assert.deepEqual(
    engine.calls().filter((call) => /aws:(kms|s3)\//.test(call)),
    ["refuse aws:s3/bucket:Bucket flows-lake"],
  );
};
