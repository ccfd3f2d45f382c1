import assert from "node:assert/strict";
import type { StackValidationPolicy } from "@pulumi/policy";
import { bucketEncryptedWithCustomerKey as rule } from "../../../policy/rules/encryption/bucket-encrypted-with-customer-key";
import { bucketUsesBucketKey } from "../../../policy/rules/encryption/bucket-uses-bucket-key";
import { bucketBlocksPublicAccess } from "../../../policy/rules/exposure/bucket-blocks-public-access";
import { bucketHasPublicAccessBlock } from "../../../policy/rules/exposure/bucket-has-public-access-block";
import { bucketTlsOnly } from "../../../policy/rules/exposure/bucket-tls-only";
import { bucketHasLifecycle } from "../../../policy/rules/operations/bucket-has-lifecycle";
import { bucketLogsAccess } from "../../../policy/rules/operations/bucket-logs-access";
import { bucketVersioned } from "../../../policy/rules/operations/bucket-versioned";
import { stackViolations } from "../judging";
import { BUCKET, resource, UNKNOWN_ON_THE_WIRE as UNKNOWN } from "../stack";

describe("a bucket's verdict", () => {
  /** A new bucket in preview, and as S3 reports it after its creation. */
  const before = {
    bucket: resource(
      BUCKET,
      "new",
      { id: UNKNOWN, bucket: UNKNOWN, policy: UNKNOWN, serverSideEncryptionConfiguration: UNKNOWN },
      { forceDestroy: [] },
    ),
  };
  const configuration = {
    rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256", kmsMasterKeyId: "" } },
  };
  const made = {
    id: "acme-new",
    bucket: "acme-new",
    policy: "",
    acl: "private",
    serverSideEncryptionConfiguration: configuration,
  };
  const after = { bucket: resource(BUCKET, "new", made, { forceDestroy: [] }) };
  const rules: StackValidationPolicy[] = [
    rule,
    bucketUsesBucketKey,
    bucketBlocksPublicAccess,
    bucketHasPublicAccessBlock,
    bucketTlsOnly,
    bucketHasLifecycle,
    bucketVersioned,
    bucketLogsAccess,
  ];
  for (const each of rules)
    for (const accept of ["customer-key", "aws-key", "service-key"])
      it(`is the same by ${each.name} in preview and after the update, accepting ${accept}`, () => {
        const [early, late] = [before, after].map((stack) => stackViolations(each, stack, { accept }).length);
        assert.equal(early, late);
      });

  it("has no finding if the service's key is accepted, since S3 encrypts every bucket", () => {
    for (const stack of [before, after])
      assert.deepEqual(stackViolations(rule, stack, { accept: "service-key" }), []);
    for (const stack of [before, after]) assert.equal(stackViolations(rule, stack).length, 1);
  });
});
