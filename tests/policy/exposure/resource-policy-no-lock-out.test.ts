import assert from "node:assert/strict";
import { resourcePolicyNoLockOut as rule } from "../../../policy/rules/exposure/resource-policy-no-lock-out";
import { own, violations } from "../judging";
import { document, UNKNOWN_ON_THE_WIRE } from "../stack";

const TYPE = "aws:s3/bucketPolicy:BucketPolicy";
const deny = {
  Sid: "Nobody",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: "arn:aws:s3:::acme-lake",
};
const VIOLATION =
  'the policy of "main": statement "Nobody" denies everything to everybody, without an exception; ' +
  "except the administrators by a condition on aws:PrincipalArn.";

describe("resource-policy-no-lock-out", () => {
  const check = (change: object) => violations(rule, TYPE, { policy: document({ ...deny, ...change }) });

  it("accepts our own bucket's policy, and our own key's", async () => {
    for (const type of [TYPE, "aws:kms/key:Key"])
      assert.deepEqual(violations(rule, type, await own(type)), []);
  });

  it("rejects our own bucket's policy when a Deny loses its condition", async () => {
    const props = await own(TYPE);
    const policy = JSON.parse(props.policy);
    delete policy.Statement[1].Condition;
    assert.match(
      violations(rule, TYPE, { ...props, policy: JSON.stringify(policy) })[0],
      /"ThisAccountOnly" denies/,
    );
  });

  const locked: object[] = [
    {},
    { Action: "*", Principal: { AWS: "*" } },
    { Condition: {} },
    { Condition: { Bool: { "aws:SecureTransport": "true" } } },
    { Condition: { Bool: { "aws:SecureTransport": [true, false] } } },
    { Action: undefined, NotAction: ["s3:GetObject"] },
    { Resource: "arn:aws:s3:::acme-lake/*" },
    { Resource: ["arn:aws:s3:::acme-lake/errors/*", "*"] },
  ];
  for (const change of locked) {
    it(`rejects a Deny with ${JSON.stringify(change)}`, () => {
      const { Action: _, ...rest } = deny;
      const statement =
        "NotAction" in change ? { ...rest, ...change, Action: undefined } : { ...deny, ...change };
      const policy = JSON.stringify(document(statement));
      assert.deepEqual(violations(rule, TYPE, { policy }), [VIOLATION]);
    });
  }

  const exceptions: object[] = [
    { Effect: "Allow" },
    { Action: "s3:PutObject" },
    { Resource: "arn:aws:s3:::acme-lake/errors/*" },
    { Principal: { AWS: "arn:aws:iam::111122223333:role/reader" } },
    { Principal: undefined, NotPrincipal: { AWS: "arn:aws:iam::111122223333:root" } },
    { Condition: { Bool: { "aws:SecureTransport": "false" } } },
    { Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/admin" } } },
    { Resource: UNKNOWN_ON_THE_WIRE },
    { Condition: UNKNOWN_ON_THE_WIRE },
    { Condition: { Bool: UNKNOWN_ON_THE_WIRE } },
  ];
  for (const change of exceptions) {
    it(`accepts a Deny with ${JSON.stringify(change)}`, () => assert.deepEqual(check(change), []));
  }

  it("rejects a key and a queue that nobody can use any more", () => {
    for (const [type, Action] of Object.entries({
      "aws:kms/key:Key": "kms:*",
      "aws:sqs/queuePolicy:QueuePolicy": "sqs:*",
    })) {
      assert.deepEqual(violations(rule, type, { policy: document({ ...deny, Action, Resource: "*" }) }), [
        VIOLATION,
      ]);
    }
  });
});
