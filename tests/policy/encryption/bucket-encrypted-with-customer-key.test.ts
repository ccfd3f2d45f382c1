import assert from "node:assert/strict";
import { bucketEncryptedWithCustomerKey as rule } from "../../../policy/rules/encryption/bucket-encrypted-with-customer-key";
import { stackViolations } from "../judging";
import { BUCKET, KEY, lake, lakeInPreview, resource, UNKNOWN_ON_THE_WIRE } from "../stack";

const configuration = (sseAlgorithm: string, kmsMasterKeyId?: string) => ({
  rule: { applyServerSideEncryptionByDefault: { sseAlgorithm, kmsMasterKeyId } },
});

const NONE =
  'bucket "lake" sets no default encryption; add a BucketServerSideEncryptionConfiguration ' +
  'and set sseAlgorithm to "aws:kms" and kmsMasterKeyId to a customer-managed key.';

describe("bucket-encrypted-with-customer-key", () => {
  const withInline = (property: string, value: unknown) => ({
    bucket: resource(BUCKET, "lake", { id: "acme-lake", [property]: value }, { [property]: [] }),
  });

  it("accepts a customer key in a separate configuration although S3 reports AES256 on the bucket", () => {
    assert.deepEqual(stackViolations(rule, lake()), []);
  });

  it("accepts a customer key set on the bucket itself", () => {
    const stack = withInline("serverSideEncryptionConfiguration", configuration("aws:kms", KEY));
    assert.deepEqual(stackViolations(rule, stack), []);
  });

  it("accepts a customer key in the lists of a BucketV2", () => {
    const rules = [
      { applyServerSideEncryptionByDefaults: [{ sseAlgorithm: "aws:kms", kmsMasterKeyId: KEY }] },
    ];
    const props = { id: "acme-lake", serverSideEncryptionConfigurations: [{ rules }] };
    assert.deepEqual(
      stackViolations(rule, { bucket: resource("aws:s3/bucketV2:BucketV2", "lake", props) }),
      [],
    );
  });

  it("accepts dual-layer encryption with a customer key", () => {
    const stack = withInline("serverSideEncryptionConfiguration", configuration("aws:kms:dsse", KEY));
    assert.deepEqual(stackViolations(rule, stack), []);
  });

  it("rejects a bucket without default encryption", () => {
    const bucket = resource(BUCKET, "lake", { id: "acme-lake", bucket: "acme-lake" });
    assert.deepEqual(stackViolations(rule, { bucket }), [NONE]);
  });

  it("rejects a bucket encrypted with AES256", () => {
    const stack = lake();
    stack.encryption.props.rules[0].applyServerSideEncryptionByDefault = { sseAlgorithm: "AES256" };
    assert.deepEqual(stackViolations(rule, stack), [
      'bucket "lake" is encrypted with AES256, a key that S3 owns and nobody can audit or withdraw; ' +
        'set sseAlgorithm to "aws:kms" and kmsMasterKeyId to a customer-managed key.',
    ]);
  });

  it("rejects a separate AES256 although the bucket still reports an older customer key", () => {
    const stack = lake();
    stack.bucket.props.serverSideEncryptionConfiguration = configuration("aws:kms", KEY);
    stack.encryption.props.rules[0].applyServerSideEncryptionByDefault = { sseAlgorithm: "AES256" };
    assert.match(stackViolations(rule, stack)[0], /is encrypted with AES256/);
  });

  it("accepts a customer key when a second configuration may be meant for the same new bucket", () => {
    const stack = lakeInPreview();
    const rules = [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }];
    const second = { ...stack.encryption, props: { ...stack.encryption.props, rules } };
    assert.deepEqual(stackViolations(rule, { second, ...stack }), []);
  });

  for (const key of [undefined, "", "alias/aws/s3", "arn:aws:kms:eu-west-1:111122223333:alias/aws/s3"]) {
    it(`rejects aws:kms with ${key ? `the AWS managed key ${key}` : `${JSON.stringify(key)} for a key`}`, () => {
      const stack = lake();
      stack.encryption.props.rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId = key;
      assert.deepEqual(stackViolations(rule, stack), [
        `bucket "lake" uses aws:kms with AWS's shared key aws/s3; set kmsMasterKeyId to a customer-managed key.`,
      ]);
    });
  }

  it("rejects a bucket whose configuration names another bucket", () => {
    const stack = lake();
    stack.bucket.props = { id: "acme-lake" };
    stack.encryption.props.bucket = "acme-other";
    assert.deepEqual(stackViolations(rule, stack), [NONE]);
  });

  it("judges each bucket by its own configuration", () => {
    const results = resource(BUCKET, "results", { id: "acme-results" });
    assert.deepEqual(stackViolations(rule, { ...lake(), results }), [NONE.replace("lake", "results")]);
  });

  describe("in preview", () => {
    it("accepts a configuration that names the bucket by an unknown id and a key by an unknown ARN", () => {
      assert.deepEqual(stackViolations(rule, lakeInPreview()), []);
    });

    it("rejects a new bucket without a configuration although its own property is unknown", () => {
      assert.deepEqual(stackViolations(rule, { bucket: lakeInPreview().bucket }), [NONE]);
    });

    it("rejects a new bucket when the unknown id in a configuration comes from another bucket", () => {
      const stack = lakeInPreview();
      const other = resource(BUCKET, "other", { id: UNKNOWN_ON_THE_WIRE });
      stack.encryption.propertyDependencies = { bucket: [other] };
      assert.deepEqual(stackViolations(rule, stack), [NONE]);
    });

    it("waits for the update when the program sets the property to an unknown value", () => {
      const stack = withInline("serverSideEncryptionConfiguration", UNKNOWN_ON_THE_WIRE);
      assert.deepEqual(stackViolations(rule, stack), []);
    });

    it("waits for the update when the algorithm is unknown", () => {
      const stack = lakeInPreview();
      stack.encryption.props.rules[0].applyServerSideEncryptionByDefault.sseAlgorithm = UNKNOWN_ON_THE_WIRE;
      assert.deepEqual(stackViolations(rule, stack), []);
    });
  });
});
