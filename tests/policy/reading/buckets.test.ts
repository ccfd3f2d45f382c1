import assert from "node:assert/strict";
import type { PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import { bucketEncryptedWithCustomerKey } from "../../../policy/rules/encryption/bucket-encrypted-with-customer-key";
import { bucketUsesBucketKey } from "../../../policy/rules/encryption/bucket-uses-bucket-key";
import { bucketBlocksPublicAccess } from "../../../policy/rules/exposure/bucket-blocks-public-access";
import { bucketHasPublicAccessBlock } from "../../../policy/rules/exposure/bucket-has-public-access-block";
import { bucketTlsOnly } from "../../../policy/rules/exposure/bucket-tls-only";
import { stackViolations } from "../judging";
import { BLOCK, document, httpsOnly, lake, lakeInPreview, resource, UNKNOWN_ON_THE_WIRE } from "../stack";

describe("bucket-uses-bucket-key", () => {
  const withRule = (change: object) => {
    const stack = lake();
    Object.assign(stack.encryption.props.rules[0], change);
    return stackViolations(bucketUsesBucketKey, stack);
  };
  const VIOLATION =
    'bucket "lake" calls KMS for every object; set bucketKeyEnabled to true beside its default encryption.';

  it("accepts a bucket key, known or not", () => {
    assert.deepEqual(withRule({}), []);
    assert.deepEqual(withRule({ bucketKeyEnabled: UNKNOWN_ON_THE_WIRE }), []);
  });

  it("rejects a KMS key without a bucket key", () => {
    for (const bucketKeyEnabled of [false, undefined]) {
      assert.deepEqual(withRule({ bucketKeyEnabled }), [VIOLATION]);
    }
  });

  it("accepts encryption for which there are no bucket keys", () => {
    for (const sseAlgorithm of ["AES256", "aws:kms:dsse"]) {
      const applyServerSideEncryptionByDefault = { sseAlgorithm };
      assert.deepEqual(withRule({ bucketKeyEnabled: false, applyServerSideEncryptionByDefault }), []);
    }
  });
});

describe("what bucket-encrypted-with-customer-key accepts by its configuration", () => {
  const withEncryption = (encryption: object, accept: string) => {
    const stack = lake();
    stack.encryption.props.rules[0].applyServerSideEncryptionByDefault = encryption;
    return stackViolations(bucketEncryptedWithCustomerKey, stack, { accept }).length;
  };

  it("accepts a weaker key, and rejects an even weaker one", () => {
    assert.equal(withEncryption({ sseAlgorithm: "aws:kms" }, "aws-key"), 0);
    assert.equal(withEncryption({ sseAlgorithm: "AES256" }, "aws-key"), 1);
    assert.equal(withEncryption({ sseAlgorithm: "AES256" }, "service-key"), 0);
    assert.equal(withEncryption({ sseAlgorithm: "ROT13" }, "service-key"), 1);
  });
});

describe("what belongs to a bucket", () => {
  const rules: StackValidationPolicy[] = [
    bucketEncryptedWithCustomerKey,
    bucketBlocksPublicAccess,
    bucketHasPublicAccessBlock,
    bucketTlsOnly,
    bucketUsesBucketKey,
  ];

  it("may name the bucket by its ARN", () => {
    const stack = lake();
    stack.block.props.bucket = "arn:aws:s3:::acme-lake";
    assert.deepEqual(stackViolations(bucketHasPublicAccessBlock, stack), []);
  });

  it("may use an unknown name from another resource of the bucket", () => {
    const stack = lakeInPreview();
    const ownership = resource(
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
      "lake-ownership",
      {},
      {
        bucket: [stack.bucket],
      },
    );
    const block = { ...stack.block, propertyDependencies: { bucket: [ownership] } };
    assert.deepEqual(stackViolations(bucketHasPublicAccessBlock, { ...stack, ownership, block }), []);
  });

  it("may have an unknown origin in preview: every rule waits for the update", () => {
    const stack: Record<string, PolicyResource> = lakeInPreview();
    for (const [key, each] of Object.entries(stack)) {
      if (key !== "bucket") stack[key] = { ...each, dependencies: [], propertyDependencies: {} };
    }
    for (const rule of rules) assert.deepEqual(stackViolations(rule, stack), []);
  });

  it("is still missing if the resource of unknown origin is of another type", () => {
    const { bucket, policy } = lakeInPreview();
    const stray = { ...policy, dependencies: [], propertyDependencies: {} };
    assert.match(
      stackViolations(bucketHasPublicAccessBlock, { bucket, stray })[0],
      /has no BucketPublicAccessBlock/,
    );
  });

  it("is found for both buckets if both have a block of the same name", () => {
    const { bucket, block } = lake();
    const other = resource("aws:s3/bucketV2:BucketV2", "other", { id: "acme-other" });
    const second = resource(BLOCK, "other-block", { ...block.props, bucket: "acme-other" });
    assert.deepEqual(stackViolations(bucketHasPublicAccessBlock, { bucket, block, other, second }), []);
  });
});

describe("bucket-tls-only, with hostile and early policies", () => {
  const ARN = "arn:aws:s3:::acme-lake";
  const denial = httpsOnly(ARN, `${ARN}/*`);
  const check = (...statements: unknown[]) => {
    const stack = lake();
    stack.policy.props.policy = JSON.stringify(document(...statements));
    return stackViolations(bucketTlsOnly, stack).length;
  };

  it("rejects a denial for all but one principal", () => {
    const { Principal: _, ...rest } = denial;
    assert.equal(check({ ...rest, NotPrincipal: { AWS: "arn:aws:iam::111122223333:root" } }), 1);
  });

  it("rejects an Allow that demands TLS", () =>
    assert.equal(
      check({ ...denial, Effect: "Allow", Condition: { Bool: { "aws:SecureTransport": "true" } } }),
      1,
    ));

  it("rejects a denial for every account that leaves out anonymous requests", () =>
    assert.equal(check({ ...denial, Principal: { AWS: "arn:aws:iam::*:root" } }), 1));

  it("accepts false in a list, in capitals and as a boolean", () => {
    for (const value of [[false], ["False"], "FALSE", [false, "false"]]) {
      assert.equal(check({ ...denial, Condition: { Bool: { "aws:SecureTransport": value } } }), 0);
    }
  });

  it("reads a pattern of a thousand stars in no time", () =>
    assert.equal(check(httpsOnly(`${"*a".repeat(1000)}b`)), 1));

  it("rejects a policy without any denial before the bucket has a name", () => {
    const stack = lakeInPreview();
    stack.policy.props.policy = JSON.stringify(document({ ...denial, Effect: "Allow" }));
    assert.equal(stackViolations(bucketTlsOnly, stack).length, 1);
  });
});
