import assert from "node:assert/strict";
import { queuePolicyNotPublic } from "../../../policy/rules/exposure/queue-policy-not-public";
import { topicPolicyNotPublic } from "../../../policy/rules/exposure/topic-policy-not-public";
import { violations } from "../judging";
import { document, UNKNOWN_ON_THE_WIRE } from "../stack";

const CASES = [
  {
    rule: topicPolicyNotPublic,
    service: "sns",
    types: ["aws:sns/topic:Topic", "aws:sns/topicPolicy:TopicPolicy"],
  },
  {
    rule: queuePolicyNotPublic,
    service: "sqs",
    types: ["aws:sqs/queue:Queue", "aws:sqs/queuePolicy:QueuePolicy"],
  },
];

for (const { rule, service, types } of CASES) {
  describe(rule.name, () => {
    const send = { Effect: "Allow", Principal: "*", Action: `${service}:*`, Resource: "*" };
    for (const type of types) {
      const check = (change: object) =>
        violations(rule, type, { policy: JSON.stringify(document({ ...send, ...change })) });

      it(`rejects everybody in ${type}`, () => {
        assert.deepEqual(check({}), [
          `the policy of "main": statement 1 allows "${service}:*" to everybody (Principal "*") and no condition ` +
            "limits who that is; name the principals that need it, or add a condition such as StringEquals " +
            "aws:PrincipalOrgID.",
        ]);
      });

      it(`accepts everybody of the account, as AWS writes it, in ${type}`, () => {
        const Condition = { StringEquals: { "AWS:SourceOwner": "111122223333" } };
        assert.deepEqual(check({ Condition }), []);
      });

      it(`accepts everybody who comes from one source in ${type}`, () => {
        const Condition = { ArnEquals: { "aws:SourceArn": "arn:aws:s3:::acme-lake" } };
        assert.deepEqual(check({ Condition }), []);
      });

      it(`accepts ${type} without a policy, or with one that is unknown`, () => {
        for (const policy of [undefined, "", UNKNOWN_ON_THE_WIRE]) {
          assert.deepEqual(violations(rule, type, { policy }), []);
        }
      });
    }
  });
}
