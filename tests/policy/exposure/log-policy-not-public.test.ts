import assert from "node:assert/strict";
import { logPolicyNotPublic as rule } from "../../../policy/rules/exposure/log-policy-not-public";
import { violations } from "../judging";
import { document, UNKNOWN_ON_THE_WIRE } from "../stack";

const write = {
  Effect: "Allow",
  Principal: { AWS: "111122223333" },
  Action: "logs:PutLogEvents",
  Resource: "*",
};
const check = (change: object) =>
  violations(rule, "aws:cloudwatch/logResourcePolicy:LogResourcePolicy", {
    policyDocument: JSON.stringify(document({ ...write, ...change })),
  });

describe("log-policy-not-public", () => {
  it("accepts a policy for one account", () => assert.deepEqual(check({}), []));

  it("rejects a policy for everybody", () => {
    assert.deepEqual(check({ Principal: "*" }), [
      'the policy of "main": statement 1 allows "logs:PutLogEvents" to everybody (Principal "*") and no condition limits ' +
        "who that is; name the principals that need it, or add a condition such as StringEquals aws:PrincipalOrgID.",
    ]);
  });

  it("accepts everybody of one organization", () => {
    const Condition = { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } };
    assert.deepEqual(check({ Principal: "*", Condition }), []);
  });

  it("waits for the update when the policy is unknown", () =>
    assert.deepEqual(
      violations(rule, "aws:cloudwatch/logResourcePolicy:LogResourcePolicy", {
        policyDocument: UNKNOWN_ON_THE_WIRE,
      }),
      [],
    ));
});
