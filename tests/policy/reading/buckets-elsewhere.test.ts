import assert from "node:assert/strict";
import { bucketEncryptedWithCustomerKey } from "../../../policy/rules/encryption/bucket-encrypted-with-customer-key";
import { bucketBlocksPublicAccess } from "../../../policy/rules/exposure/bucket-blocks-public-access";
import { bucketTlsOnly } from "../../../policy/rules/exposure/bucket-tls-only";
import { bucketHasLifecycle } from "../../../policy/rules/operations/bucket-has-lifecycle";
import { bucketVersioned } from "../../../policy/rules/operations/bucket-versioned";
import { stackViolations } from "../judging";
import {
  BLOCK,
  BUCKET,
  document,
  ENCRYPTION,
  httpsOnly,
  LIFECYCLE,
  POLICY,
  resource,
  UNKNOWN_ON_THE_WIRE,
} from "../stack";

const FLAGS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];
const all = (value: boolean) => Object.fromEntries(FLAGS.map((flag) => [flag, value]));
const of = { bucket: "acme-logs" };
const read = {
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::111122223333:role/reader" },
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::acme-logs/*",
};
const TLS = httpsOnly("arn:aws:s3:::acme-logs", "arn:aws:s3:::acme-logs/*");
const policy = (...statements: object[]) =>
  resource(POLICY, "policy", { ...of, policy: JSON.stringify(document(...statements)) });
const block = (value: boolean, bucket = "acme-logs") => resource(BLOCK, "block", { bucket, ...all(value) });

describe("a bucket of another stack that this stack configures", () => {
  it("is rejected for an incomplete public access block, and accepted for a complete one", () => {
    assert.deepEqual(stackViolations(bucketBlocksPublicAccess, { block: block(false) }), [
      `bucket "acme-logs" has a BucketPublicAccessBlock that leaves ways open; set ${FLAGS.join(", ")} to true.`,
    ]);
    assert.deepEqual(stackViolations(bucketBlocksPublicAccess, { block: block(true) }), []);
  });

  it("is rejected for lifecycle rules that are all switched off, and accepted for one that is on", () => {
    const lifecycle = (rules: unknown) => ({ l: resource(LIFECYCLE, "l", { ...of, rules }) });
    assert.equal(stackViolations(bucketHasLifecycle, lifecycle([{ status: "Disabled" }])).length, 1);
    for (const rules of [[{ status: "Enabled" }], UNKNOWN_ON_THE_WIRE])
      assert.deepEqual(stackViolations(bucketHasLifecycle, lifecycle(rules)), []);
  });

  it("is rejected for versions that are suspended, and accepted for those that are kept", () => {
    const versioning = (status: unknown) => ({
      v: resource("aws:s3/bucketVersioning:BucketVersioning", "v", {
        ...of,
        versioningConfiguration: { status },
      }),
    });
    assert.equal(stackViolations(bucketVersioned, versioning("Suspended")).length, 1);
    for (const status of ["Enabled", UNKNOWN_ON_THE_WIRE])
      assert.deepEqual(stackViolations(bucketVersioned, versioning(status)), []);
  });

  it("is rejected for a policy that lets plain HTTP through, and accepted for one that does not", () => {
    assert.match(
      stackViolations(bucketTlsOnly, { policy: policy(read) })[0],
      /^bucket "acme-logs" has a bucket policy that lets plain HTTP through/,
    );
    assert.deepEqual(stackViolations(bucketTlsOnly, { policy: policy(read, TLS) }), []);
  });

  it("is rejected for a default encryption without a key of the account", () => {
    const encryption = (byDefault: object) =>
      resource(ENCRYPTION, "encryption", {
        ...of,
        rules: [{ applyServerSideEncryptionByDefault: byDefault }],
      });
    const said = (byDefault: object) =>
      stackViolations(bucketEncryptedWithCustomerKey, { encryption: encryption(byDefault) });
    assert.equal(said({ sseAlgorithm: "AES256" }).length, 1);
    assert.deepEqual(
      said({ sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:aws:kms:eu-west-1:111122223333:key/k" }),
      [],
    );
  });

  it("is not judged for configuration that this stack does not have", () => {
    assert.deepEqual(stackViolations(bucketTlsOnly, { block: block(false) }), []);
    assert.deepEqual(stackViolations(bucketBlocksPublicAccess, { policy: policy(read) }), []);
  });

  it("is judged once if its name is known, by name or ARN, and not if it is unknown", () => {
    assert.equal(
      stackViolations(bucketBlocksPublicAccess, { block: block(false, "arn:aws:s3:::acme-logs") }).length,
      1,
    );
    assert.deepEqual(
      stackViolations(bucketBlocksPublicAccess, { block: block(false, UNKNOWN_ON_THE_WIRE) }),
      [],
    );
  });

  it("is not confused with one of this stack", () => {
    const bucket = resource(BUCKET, "logs", of);
    assert.equal(stackViolations(bucketBlocksPublicAccess, { bucket, block: block(false) }).length, 1);
  });
});
