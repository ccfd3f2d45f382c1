import assert from "node:assert/strict";
import { catalogEncryptedWithCustomerKey } from "../../../policy/rules/encryption/catalog-encrypted-with-customer-key";
import { securityConfigurationEncrypts } from "../../../policy/rules/encryption/security-configuration-encrypts";
import { violations } from "../judging";
import { KEY, UNKNOWN_ON_THE_WIRE } from "../stack";

describe("catalog-encrypted-with-customer-key", () => {
  const good = {
    encryptionAtRest: { catalogEncryptionMode: "SSE-KMS", sseAwsKmsKeyId: KEY },
    connectionPasswordEncryption: { returnConnectionPasswordEncrypted: true, awsKmsKeyId: KEY },
  };
  const check = (change: object, config = {}) =>
    violations(
      catalogEncryptedWithCustomerKey,
      "aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings",
      { dataCatalogEncryptionSettings: { ...good, ...change } },
      config,
    );

  it("accepts a customer key for both, also with a service role or not known yet", () => {
    assert.deepEqual(check({}), []);
    const encryptionAtRest = {
      catalogEncryptionMode: "SSE-KMS-WITH-SERVICE-ROLE",
      sseAwsKmsKeyId: UNKNOWN_ON_THE_WIRE,
    };
    assert.deepEqual(check({ encryptionAtRest }), []);
  });

  it("rejects unencrypted metadata, and metadata with AWS's key", () => {
    const remedy = 'set catalogEncryptionMode to "SSE-KMS" and sseAwsKmsKeyId to a customer-managed key.';
    assert.deepEqual(check({ encryptionAtRest: { catalogEncryptionMode: "DISABLED" } }), [
      `"main": the catalogue's metadata is not encrypted; ${remedy}`,
    ]);
    const encryptionAtRest = { catalogEncryptionMode: "SSE-KMS" };
    assert.deepEqual(check({ encryptionAtRest }), [
      `"main": the catalogue's metadata is encrypted with AWS's key; ${remedy}`,
    ]);
    assert.deepEqual(check({ encryptionAtRest }, { accept: "aws-key" }), []);
  });

  it("rejects passwords that are returned as they are", () => {
    assert.deepEqual(check({ connectionPasswordEncryption: { returnConnectionPasswordEncrypted: false } }), [
      '"main": the passwords of connections are not encrypted; ' +
        "set returnConnectionPasswordEncrypted to true and awsKmsKeyId to a customer-managed key.",
    ]);
  });
});

describe("security-configuration-encrypts", () => {
  const good = {
    s3Encryption: { s3EncryptionMode: "SSE-KMS", kmsKeyArn: KEY },
    cloudwatchEncryption: { cloudwatchEncryptionMode: "SSE-KMS", kmsKeyArn: KEY },
    jobBookmarksEncryption: { jobBookmarksEncryptionMode: "CSE-KMS", kmsKeyArn: KEY },
  };
  const check = (change: object, config = {}) =>
    violations(
      securityConfigurationEncrypts,
      "aws:glue/securityConfiguration:SecurityConfiguration",
      { encryptionConfiguration: { ...good, ...change } },
      config,
    );

  it("accepts a customer key for all three", () => assert.deepEqual(check({}), []));

  it("rejects each unencrypted part, by its name", () => {
    assert.equal(
      check({ s3Encryption: {}, cloudwatchEncryption: {}, jobBookmarksEncryption: undefined }).length,
      3,
    );
    assert.deepEqual(check({ cloudwatchEncryption: { cloudwatchEncryptionMode: "DISABLED" } }), [
      '"main": logs are not encrypted; ' +
        'set cloudwatchEncryption.cloudwatchEncryptionMode to "SSE-KMS" and kmsKeyArn to a customer-managed key.',
    ]);
  });

  it("tells S3's own key from no encryption", () => {
    const s3Encryption = { s3EncryptionMode: "SSE-S3" };
    assert.match(check({ s3Encryption })[0], /objects in S3 are encrypted with a key of the service's/);
    assert.deepEqual(check({ s3Encryption }, { accept: "service-key" }), []);
  });
});
