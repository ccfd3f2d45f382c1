import assert from "node:assert/strict";
import { bucketEncrypted as rule } from "../../../policy/rules/encryption/bucket-encrypted";
import { stackViolations } from "../judging";
import { BUCKET, ENCRYPTION, lake, lakeInPreview, resource, UNKNOWN_ON_THE_WIRE as UNKNOWN } from "../stack";

const encrypted = (sseAlgorithm: string) => {
  const stack = lake();
  stack.encryption.props.rules = [{ applyServerSideEncryptionByDefault: { sseAlgorithm } }];
  return stackViolations(rule, stack);
};

/** The configuration that S3 reports of a bucket whose program declares no encryption. */
const AES256 = { rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } } };
const bucket = (serverSideEncryptionConfiguration: unknown, ...given: string[]) =>
  resource(
    BUCKET,
    "new",
    { id: "acme-new", bucket: "acme-new", serverSideEncryptionConfiguration },
    Object.fromEntries(given.map((property) => [property, []])),
  );

describe("bucket-encrypted", () => {
  it("stops a stack", () => assert.equal(rule.enforcementLevel, "mandatory"));

  it("accepts a bucket with a customer key, also in preview", () => {
    assert.deepEqual(stackViolations(rule, lake()), []);
    assert.deepEqual(stackViolations(rule, lakeInPreview()), []);
  });

  for (const algorithm of ["AES256", "aws:kms", "aws:kms:dsse"])
    it(`accepts ${algorithm}, with any key`, () => assert.deepEqual(encrypted(algorithm), []));

  for (const algorithm of ["", "AES128", "none"])
    it(`rejects the algorithm "${algorithm}"`, () =>
      assert.match(encrypted(algorithm)[0], /names no algorithm that S3 has; set sseAlgorithm/));

  it("rejects a bucket that declares no encryption, before and after S3 reports its own", () => {
    const early = { bucket: bucket(UNKNOWN, "forceDestroy") };
    const late = { bucket: bucket(AES256, "forceDestroy") };
    for (const stack of [early, late])
      assert.match(stackViolations(rule, stack)[0], /^bucket "new" declares no default encryption; add a/);
  });

  it("accepts a bucket whose program declares AES256 in its own properties", () => {
    const stack = { bucket: bucket(AES256, "serverSideEncryptionConfiguration") };
    assert.deepEqual(stackViolations(rule, stack), []);
  });

  it("accepts a bucket for which S3 reports a KMS key, since another stack declared it", () => {
    const kms = { rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } } };
    assert.deepEqual(stackViolations(rule, { bucket: bucket(kms) }), []);
  });

  it("accepts a target of access logs, which S3 writes with its own key", () => {
    const stack = {
      bucket: bucket(AES256),
      source: resource(BUCKET, "source", {
        id: "acme-source",
        serverSideEncryptionConfiguration: {
          rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } },
        },
        logging: { targetBucket: "acme-new" },
      }),
    };
    assert.deepEqual(stackViolations(rule, stack), []);
  });

  it("rejects a wrong algorithm for a bucket of another stack", () => {
    const rules = [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "rot13" } }];
    const stack = { encryption: resource(ENCRYPTION, "theirs", { bucket: "acme-theirs", rules }) };
    assert.equal(stackViolations(rule, stack).length, 1);
  });
});
