import assert from "node:assert/strict";
import { storeEncryptedWithCustomerKey as rule } from "../../../policy/rules/encryption/store-encrypted-with-customer-key";
import { judge } from "../access/judge";
import { KEY, UNKNOWN_ON_THE_WIRE } from "../stack";

const TABLE = "aws:dynamodb/table:Table";
const TRAIL = "aws:cloudtrail/trail:Trail";

describe("store-encrypted-with-customer-key", () => {
  it("rejects a table with a key of DynamoDB's or of AWS's, and accepts one of the account", () => {
    assert.deepEqual(judge(rule, TABLE, {}), [
      'table "main" is encrypted with a key that the service owns; set serverSideEncryption.kmsKeyArn to a customer-managed key.',
    ]);
    assert.match(
      judge(rule, TABLE, { serverSideEncryption: { enabled: true } })[0],
      /a key that AWS manages in/,
    );
    for (const kmsKeyArn of [KEY, UNKNOWN_ON_THE_WIRE])
      assert.deepEqual(judge(rule, TABLE, { serverSideEncryption: { enabled: true, kmsKeyArn } }), []);
    assert.deepEqual(judge(rule, TABLE, { serverSideEncryption: UNKNOWN_ON_THE_WIRE }), []);
  });

  it("rejects a trail without a key, and accepts one with a key of the account", () => {
    assert.equal(judge(rule, TRAIL, { s3BucketName: "trails" }).length, 1);
    assert.deepEqual(judge(rule, TRAIL, { kmsKeyId: KEY }), []);
    assert.deepEqual(judge(rule, TRAIL, { kmsKeyId: UNKNOWN_ON_THE_WIRE }), []);
  });

  it("accepts the weaker key that the configuration accepts", () => {
    assert.deepEqual(judge(rule, TABLE, {}, { accept: "service-key" }), []);
    const secret = "aws:secretsmanager/secret:Secret";
    assert.equal(judge(rule, secret, {}).length, 1);
    assert.deepEqual(judge(rule, secret, {}, { accept: "aws-key" }), []);
  });

  it("says nothing of a database that is not encrypted or is a copy, which other rules and the copy's source decide", () => {
    const database = "aws:rds/instance:Instance";
    assert.deepEqual(judge(rule, database, {}), []);
    assert.deepEqual(judge(rule, database, { storageEncrypted: true, snapshotIdentifier: "rds:s" }), []);
    assert.equal(judge(rule, database, { storageEncrypted: true }).length, 1);
    assert.deepEqual(judge(rule, database, { storageEncrypted: true, kmsKeyId: KEY }), []);
  });

  it("rejects a volume with AWS's key, and leaves one that is not encrypted or a copy to other rules", () => {
    const volume = "aws:ebs/volume:Volume";
    assert.match(
      judge(rule, volume, { encrypted: true })[0],
      /^volume "main" is encrypted with a key that AWS/,
    );
    for (const props of [{}, { encrypted: false }, { encrypted: true, snapshotId: "snap-1" }])
      assert.deepEqual(judge(rule, volume, props), []);
    assert.deepEqual(judge(rule, volume, { encrypted: true, kmsKeyId: KEY }), []);
  });

  it("rejects an image repository without a key of the account", () => {
    const repository = "aws:ecr/repository:Repository";
    const configured = (encryptionType: string, kmsKey?: string) =>
      judge(rule, repository, { encryptionConfigurations: [{ encryptionType, kmsKey }] });
    assert.match(judge(rule, repository, {})[0], /a key that the service owns/);
    assert.match(configured("AES256")[0], /a key that the service owns/);
    assert.match(configured("KMS")[0], /a key that AWS manages/);
    assert.deepEqual(configured("KMS", KEY), []);
    assert.deepEqual(judge(rule, repository, { encryptionConfigurations: UNKNOWN_ON_THE_WIRE }), []);
  });

  it("rejects an alias of AWS's own key by its name", () =>
    assert.match(judge(rule, TRAIL, { kmsKeyId: "alias/aws/cloudtrail" })[0], /a key that AWS manages/));
});
