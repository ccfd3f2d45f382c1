import assert from "node:assert/strict";
import { functionEnvironmentEncryptedWithCustomerKey as rule } from "../../../policy/rules/encryption/function-environment-encrypted-with-customer-key";
import { own, violations } from "../judging";
import { UNKNOWN_ON_THE_WIRE } from "../stack";

const TYPE = "aws:lambda/function:Function";
const check = async (change: Record<string, unknown>, config = {}) =>
  violations(rule, TYPE, { ...(await own(TYPE)), ...change }, config);

describe("function-environment-encrypted-with-customer-key", () => {
  it("accepts our own function", async () => assert.deepEqual(await check({}), []));

  it("rejects variables without a key", async () => {
    assert.deepEqual(await check({ kmsKeyArn: undefined }), [
      'function "main" has an environment variable encrypted with AWS\'s key aws/lambda; set kmsKeyArn to a customer-managed key.',
    ]);
  });

  it("rejects variables without a key although their values are unknown", async () => {
    const environment = { variables: { A: UNKNOWN_ON_THE_WIRE, B: UNKNOWN_ON_THE_WIRE } };
    assert.match(
      (await check({ environment, kmsKeyArn: "alias/aws/lambda" }))[0],
      /has 2 environment variables/,
    );
  });

  it("accepts a function without variables and without a key", async () => {
    for (const environment of [undefined, {}, { variables: {} }, { variables: UNKNOWN_ON_THE_WIRE }]) {
      assert.deepEqual(await check({ environment, kmsKeyArn: undefined }), []);
    }
  });
});
