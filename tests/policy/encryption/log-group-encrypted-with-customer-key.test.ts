import assert from "node:assert/strict";
import { logGroupEncryptedWithCustomerKey as rule } from "../../../policy/rules/encryption/log-group-encrypted-with-customer-key";
import { own, violations } from "../judging";
import { UNKNOWN_ON_THE_WIRE } from "../stack";

const TYPE = "aws:cloudwatch/logGroup:LogGroup";
const check = async (kmsKeyId: unknown, config = {}) =>
  violations(rule, TYPE, { ...(await own(TYPE)), kmsKeyId }, config);

describe("log-group-encrypted-with-customer-key", () => {
  it("accepts our own log group", async () => assert.deepEqual(violations(rule, TYPE, await own(TYPE)), []));

  it("rejects a log group without a key, and an empty one", async () => {
    for (const none of [undefined, null, ""]) {
      assert.deepEqual(await check(none), [
        'log group "main" is encrypted with a key that CloudWatch Logs owns; set kmsKeyId to a customer-managed key.',
      ]);
    }
  });

  it("accepts the service's key where the configuration does", async () =>
    assert.deepEqual(await check(undefined, { accept: "service-key" }), []));

  it("waits for the update when the key is unknown", async () =>
    assert.deepEqual(await check(UNKNOWN_ON_THE_WIRE), []));

  it("leaves a log group alone that is exempt", async () =>
    assert.deepEqual(await check(undefined, { exempt: ["ma*"] }), []));
});
