import assert from "node:assert/strict";
import { functionUrlAuthenticates as rule } from "../../../policy/rules/exposure/function-url-authenticates";
import { violations } from "../judging";
import { UNKNOWN_ON_THE_WIRE } from "../stack";

const check = (authorizationType: unknown) =>
  violations(rule, "aws:lambda/functionUrl:FunctionUrl", {
    functionName: UNKNOWN_ON_THE_WIRE,
    authorizationType,
  });

describe("function-url-authenticates", () => {
  it("accepts a URL with AWS_IAM, and an unknown one", () => {
    for (const type of ["AWS_IAM", UNKNOWN_ON_THE_WIRE]) assert.deepEqual(check(type), []);
  });

  it("rejects a URL for everybody", () => {
    assert.deepEqual(check("NONE"), [
      'the function URL "main" answers everybody on the internet; set authorizationType to "AWS_IAM".',
    ]);
  });
});
