import assert from "node:assert/strict";
import { messageTlsOnly as rule } from "../../../policy/rules/exposure/message-tls-only";
import { judge } from "../access/judge";
import { document, UNKNOWN_ON_THE_WIRE } from "../stack";

const plain = { Bool: { "aws:SecureTransport": "false" } };

for (const [noun, type, action, arn] of [
  ["topic", "aws:sns/topicPolicy:TopicPolicy", "sns:Publish", "arn:aws:sns:eu-west-1:111122223333:flows"],
  ["queue", "aws:sqs/queuePolicy:QueuePolicy", "sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:flows"],
  ["queue", "aws:sqs/queue:Queue", "sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:flows"],
])
  describe(`message-tls-only, of ${type}`, () => {
    const allow = { Effect: "Allow", Principal: { AWS: "111122223333" }, Action: action, Resource: arn };
    const deny = { Effect: "Deny", Principal: "*", Action: action, Resource: arn, Condition: plain };
    const said = (...statements: object[]) => judge(rule, type, { policy: document(...statements) });

    it("rejects a policy that refuses no plain HTTP, and accepts one that does", () => {
      assert.deepEqual(said(allow), [
        `lets messages to the ${noun} come over plain HTTP; deny them when aws:SecureTransport is "false".`,
      ]);
      for (const Action of [action, action.replace(/:.+/, ":*")])
        assert.deepEqual(said(allow, { ...deny, Action }), []);
    });

    it("rejects a Deny of plain HTTP for some principals, some actions, or under a condition", () => {
      assert.equal(said(allow, { ...deny, Principal: { AWS: "111122223333" } }).length, 1);
      assert.equal(said(allow, { ...deny, Action: action.replace(/:.+/, ":Subscribe") }).length, 1);
      const Condition = { ...plain, StringEquals: { "aws:PrincipalTag/x": "1" } };
      assert.equal(said(allow, { ...deny, Condition }).length, 1);
    });

    it("waits for a policy that is unknown in preview, and finds nothing without one", () => {
      assert.deepEqual(judge(rule, type, { policy: UNKNOWN_ON_THE_WIRE }), []);
      assert.deepEqual(said(allow, { ...deny, Resource: UNKNOWN_ON_THE_WIRE }), []);
      assert.deepEqual(judge(rule, type, {}), []);
    });
  });
