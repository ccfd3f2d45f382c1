import assert from "node:assert/strict";
import { LOG_POLICIES, STREAM_POLICIES } from "../../../policy/reading/resource-policies";
import { logPolicyNotPublic } from "../../../policy/rules/exposure/log-policy-not-public";
import { streamPolicyNotPublic } from "../../../policy/rules/exposure/stream-policy-not-public";
import { violations } from "../judging";
import { document, UNKNOWN_ON_THE_WIRE } from "../stack";

/** Rules about services whose policies have one form, with an action that such a policy allows. */
const RULES = [
  { rule: logPolicyNotPublic, policies: LOG_POLICIES, action: "logs:PutLogEvents" },
  { rule: streamPolicyNotPublic, policies: STREAM_POLICIES, action: "kinesis:PutRecords" },
];

for (const { rule, policies, action } of RULES)
  describe(rule.name, () => {
    for (const [type, property] of Object.entries(policies)) {
      const allowed = { Effect: "Allow", Principal: { AWS: "111122223333" }, Action: action, Resource: "*" };
      const check = (change: object) =>
        violations(rule, type, { [property]: JSON.stringify(document({ ...allowed, ...change })) });

      it(`accepts ${property} of ${type} for one account, and rejects it for everybody`, () => {
        assert.deepEqual(check({}), []);
        assert.deepEqual(check({ Principal: "*" }), [
          `the policy of "main": statement 1 allows "${action}" to everybody (Principal "*") and no condition limits ` +
            "who that is; name the principals that need it, or add a condition such as StringEquals aws:PrincipalOrgID.",
        ]);
      });

      it(`accepts ${property} of ${type} for everybody of one organization`, () => {
        const Condition = { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } };
        assert.deepEqual(check({ Principal: "*", Condition }), []);
      });

      it(`waits for the update when ${property} of ${type} is unknown`, () =>
        assert.deepEqual(violations(rule, type, { [property]: UNKNOWN_ON_THE_WIRE }), []));
    }
  });
