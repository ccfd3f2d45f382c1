import assert from "node:assert/strict";
import { keyRotates as rule } from "../../../policy/rules/encryption/key-rotates";
import { own, violations } from "../judging";
import { UNKNOWN_ON_THE_WIRE } from "../stack";

const TYPE = "aws:kms/key:Key";
const check = async (change: object, config = {}) =>
  violations(rule, TYPE, { ...(await own(TYPE)), ...change }, config);
const NEVER = ['key "main" is never rotated; set enableKeyRotation to true.'];

describe("key-rotates", () => {
  it("accepts our own key", async () => assert.deepEqual(await check({}), []));

  it("rejects a symmetric key that does not rotate", async () => {
    for (const enableKeyRotation of [false, undefined])
      assert.deepEqual(await check({ enableKeyRotation }), NEVER);
    assert.deepEqual(
      await check({ enableKeyRotation: false, customerMasterKeySpec: "SYMMETRIC_DEFAULT" }),
      NEVER,
    );
    assert.deepEqual(await check({ enableKeyRotation: false, multiRegion: true }), NEVER);
  });

  it("reads a flag given as text", async () => {
    assert.deepEqual(await check({ enableKeyRotation: "true" }), []);
    assert.deepEqual(await check({ enableKeyRotation: "false" }), NEVER);
    assert.deepEqual(await check({ enableKeyRotation: "false", isEnabled: "false" }), []);
  });

  it("rejects a longer period than the configuration allows", async () => {
    assert.deepEqual(await check({ rotationPeriodInDays: 730 }), [
      'key "main" is rotated every 730 days; set rotationPeriodInDays to 365 or less.',
    ]);
    assert.deepEqual(await check({ rotationPeriodInDays: 730 }, { longestPeriodInDays: 730 }), []);
  });

  const others: object[] = [
    { customerMasterKeySpec: "RSA_4096", keyUsage: "SIGN_VERIFY" },
    { customerMasterKeySpec: "ECC_NIST_P256" },
    { customerMasterKeySpec: "HMAC_256", keyUsage: "GENERATE_VERIFY_MAC" },
    { customKeyStoreId: "cks-1234567890abcdef0" },
    { isEnabled: false },
  ];
  for (const other of others) {
    it(`accepts a key that KMS cannot rotate: ${JSON.stringify(other)}`, async () =>
      assert.deepEqual(await check({ enableKeyRotation: false, ...other }), []));
  }

  it("accepts imported keys and replicas, which are types of their own", () => {
    for (const type of ["aws:kms/externalKey:ExternalKey", "aws:kms/replicaKey:ReplicaKey"]) {
      assert.deepEqual(violations(rule, type, {}), []);
    }
  });

  it("waits for the update when the flag or the kind of key is unknown", async () => {
    assert.deepEqual(await check({ enableKeyRotation: UNKNOWN_ON_THE_WIRE }), []);
    assert.deepEqual(
      await check({ enableKeyRotation: false, customerMasterKeySpec: UNKNOWN_ON_THE_WIRE }),
      [],
    );
  });
});
