import assert from "node:assert/strict";
import { dataStreamEncryptedWithCustomerKey } from "../../../policy/rules/encryption/data-stream-encrypted-with-customer-key";
import { deliveryStreamEncryptedWithCustomerKey as rule } from "../../../policy/rules/encryption/delivery-stream-encrypted-with-customer-key";
import { own, violations } from "../judging";
import { KEY, UNKNOWN_ON_THE_WIRE } from "../stack";

const TYPE = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
const remedy =
  'set serverSideEncryption to enabled with keyType "CUSTOMER_MANAGED_CMK" and keyArn, a customer-managed key.';
const NONE = `delivery stream "main" does not encrypt what waits in it; ${remedy}`;
const OWNED = `delivery stream "main" encrypts what waits in it with a key of AWS's; ${remedy}`;

describe("delivery-stream-encrypted-with-customer-key", () => {
  const check = async (change: Record<string, unknown>, config = {}) =>
    violations(rule, TYPE, { ...(await own(TYPE)), ...change }, config);

  it("accepts our own stream", async () => assert.deepEqual(await check({}), []));

  it("rejects a stream without encryption", async () =>
    assert.deepEqual(await check({ serverSideEncryption: undefined }), [NONE]));

  it("rejects encryption that is configured and not enabled", async () => {
    const serverSideEncryption = { enabled: false, keyType: "CUSTOMER_MANAGED_CMK", keyArn: KEY };
    assert.deepEqual(await check({ serverSideEncryption }), [NONE]);
  });

  it("rejects the key that AWS owns, unless the configuration accepts it", async () => {
    const serverSideEncryption = { enabled: true, keyType: "AWS_OWNED_CMK" };
    assert.deepEqual(await check({ serverSideEncryption }), [OWNED]);
    assert.deepEqual(await check({ serverSideEncryption }, { accept: "service-key" }), []);
  });

  for (const source of ["kinesisSourceConfiguration", "mskSourceConfiguration"]) {
    it(`accepts a stream without encryption of its own with a ${source}`, async () => {
      const change = {
        serverSideEncryption: undefined,
        [source]: { roleArn: "arn:aws:iam::111122223333:role/r" },
      };
      assert.deepEqual(await check(change), []);
    });
  }

  it("rejects AWS's key for the destination and its backup, and says where", async () => {
    const extendedS3Configuration = { kmsKeyArn: KEY, s3BackupConfiguration: { kmsKeyArn: "alias/aws/s3" } };
    assert.deepEqual(await check({ extendedS3Configuration }), [
      'delivery stream "main" names AWS\'s key aws/s3 in extendedS3Configuration.s3BackupConfiguration.kmsKeyArn; ' +
        "set it to a customer-managed key, or leave it out to have the bucket's own.",
    ]);
  });

  it("waits for the update when the key's ARN is unknown", async () => {
    const serverSideEncryption = {
      enabled: true,
      keyType: "CUSTOMER_MANAGED_CMK",
      keyArn: UNKNOWN_ON_THE_WIRE,
    };
    assert.deepEqual(await check({ serverSideEncryption }), []);
  });
});

describe("data-stream-encrypted-with-customer-key", () => {
  const check = (props: Record<string, unknown>, config = {}) =>
    violations(dataStreamEncryptedWithCustomerKey, "aws:kinesis/stream:Stream", props, config);

  it("accepts a stream with a customer key, known or not", () => {
    for (const kmsKeyId of [KEY, "alias/flows", UNKNOWN_ON_THE_WIRE]) {
      assert.deepEqual(check({ encryptionType: "KMS", kmsKeyId }), []);
    }
  });

  it("rejects a stream without encryption, and one with a key but no encryption type", () => {
    const violation =
      'data stream "main" does not encrypt its records; set encryptionType to "KMS" and kmsKeyId to a customer-managed key.';
    for (const props of [{}, { encryptionType: "NONE" }, { kmsKeyId: KEY }]) {
      assert.deepEqual(check(props), [violation]);
    }
  });

  it("rejects AWS's key, unless the configuration accepts it", () => {
    const props = { encryptionType: "KMS", kmsKeyId: "alias/aws/kinesis" };
    assert.match(check(props)[0], /encrypts with AWS's key aws\/kinesis/);
    assert.deepEqual(check(props, { accept: "aws-key" }), []);
  });
});
