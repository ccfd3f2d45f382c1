import assert from "node:assert/strict";
import { athenaDatabaseEncryptsResults } from "../../../policy/rules/encryption/athena-database-encrypts-results";
import { workgroupEncryptsResults as rule } from "../../../policy/rules/encryption/workgroup-encrypts-results";
import { own, violations } from "../judging";
import { KEY, UNKNOWN_ON_THE_WIRE } from "../stack";

const TYPE = "aws:athena/workgroup:Workgroup";
const remedy = 'set encryptionOption to "SSE_KMS" and the key to a customer-managed one.';

describe("workgroup-encrypts-results", () => {
  const check = async (change: Record<string, unknown>, config = {}) => {
    const { configuration } = await own(TYPE);
    return violations(rule, TYPE, { configuration: { ...configuration, ...change } }, config);
  };
  const results = (encryptionConfiguration?: unknown) => ({
    resultConfiguration: { encryptionConfiguration },
  });

  it("accepts our own workgroup", async () => assert.deepEqual(await check({}), []));

  it("rejects a workgroup whose clients may override the encryption", async () => {
    assert.deepEqual(await check({ enforceWorkgroupConfiguration: false }), [
      'workgroup "main" lets clients choose; set enforceWorkgroupConfiguration to true.',
    ]);
  });

  it("rejects a workgroup without encryption, a result configuration or any configuration", async () => {
    const violation = `workgroup "main" does not encrypt results; ${remedy}`;
    assert.deepEqual(await check(results()), [violation]);
    assert.deepEqual(await check({ resultConfiguration: undefined }), [violation]);
    assert.deepEqual(violations(rule, TYPE, {}), [violation]);
  });

  it("tells S3's key and AWS's key from a customer's", async () => {
    const owned = results({ encryptionOption: "SSE_S3" });
    const strict = { accept: "customer-key" };
    assert.deepEqual(await check(owned, strict), [
      `workgroup "main" encrypts results with a key of the service's; ${remedy}`,
    ]);
    assert.deepEqual(await check(owned), []);
    const managed = results({ encryptionOption: "SSE_KMS", kmsKeyArn: "alias/aws/s3" });
    assert.deepEqual(await check(managed), []);
    assert.deepEqual(await check(managed, strict), [
      `workgroup "main" encrypts results with AWS's key aws/s3; ${remedy}`,
    ]);
  });

  it("judges results that Athena keeps itself by their key", async () => {
    const managed = (encryptionConfiguration?: unknown) => ({
      resultConfiguration: undefined,
      managedQueryResultsConfiguration: { enabled: true, encryptionConfiguration },
    });
    assert.deepEqual(await check(managed({ kmsKey: KEY })), []);
    assert.match((await check(managed(), { accept: "customer-key" }))[0], /a key of the service's/);
  });

  it("waits for the update when the encryption or its key is unknown", async () => {
    for (const hidden of [
      UNKNOWN_ON_THE_WIRE,
      { encryptionOption: UNKNOWN_ON_THE_WIRE },
      { encryptionOption: "CSE_KMS", kmsKeyArn: UNKNOWN_ON_THE_WIRE },
    ]) {
      assert.deepEqual(await check(results(hidden)), []);
    }
  });
});

describe("athena-database-encrypts-results", () => {
  const check = (props: Record<string, unknown>) =>
    violations(athenaDatabaseEncryptsResults, "aws:athena/database:Database", props);

  it("accepts a database with a customer key, and one in a workgroup", () => {
    const encryptionConfiguration = { encryptionOption: "SSE_KMS", kmsKey: KEY };
    assert.deepEqual(check({ bucket: "acme-results", encryptionConfiguration }), []);
    assert.deepEqual(check({ bucket: "acme-results", workgroup: UNKNOWN_ON_THE_WIRE }), []);
  });

  it("rejects a database without encryption", () => {
    assert.deepEqual(check({ bucket: "acme-results" }), [
      `Athena database "main" does not encrypt results; ${remedy}`,
    ]);
  });
});
