import assert from "node:assert/strict";
import type { PolicyResource } from "@pulumi/policy";
import { bucketHasLifecycle } from "../../../policy/rules/operations/bucket-has-lifecycle";
import { BUCKET, resource, UNKNOWN_ON_THE_WIRE as UNKNOWN } from "../stack";
import { judge } from "./judge";

describe("bucket-has-lifecycle", () => {
  const bucket = (props = {}) => resource(BUCKET, "lake", { id: "acme", bucket: "acme", ...props });
  const lifecycle = (rules: unknown, name: unknown = "acme", sources: PolicyResource[] = []) =>
    resource(
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "lake-lifecycle",
      { bucket: name, rules },
      { bucket: sources },
    );
  const on = [{ id: "a", status: "Enabled" }];

  it("accepts a rule beside the bucket, and one of its own", () => {
    assert.deepEqual(judge(bucketHasLifecycle, [bucket(), lifecycle(on)]), []);
    assert.deepEqual(judge(bucketHasLifecycle, [bucket({ lifecycleRules: [{ enabled: true }] })]), []);
  });

  it("accepts a rule in preview that was made for the bucket", () => {
    const made = resource(BUCKET, "lake", { id: UNKNOWN, bucket: UNKNOWN, lifecycleRules: UNKNOWN });
    assert.deepEqual(judge(bucketHasLifecycle, [made, lifecycle(on, UNKNOWN, [made])]), []);
  });

  it("rejects a bucket without a rule, also if another has one", () => {
    const found = judge(bucketHasLifecycle, [bucket(), lifecycle(on, "other")]);
    assert.deepEqual(found, [
      'bucket "lake" keeps its objects for ever; add a BucketLifecycleConfiguration with a rule.',
    ]);
  });

  it("rejects a bucket with rules that are all switched off", () => {
    assert.match(
      judge(bucketHasLifecycle, [bucket(), lifecycle([{ status: "Disabled" }])])[0],
      /switched off/,
    );
  });
});
