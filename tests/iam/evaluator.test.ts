import assert from "node:assert/strict";
import { ANONYMOUS, allows, type Call, type Document, OURS, STRANGER } from "./evaluator";
import { EVERY_RIGHT, WELCOME } from "./world";

const KEY = `arn:aws:kms:us-east-1:${OURS}:key/1234abcd`;
const READ: Call = {
  principal: `arn:aws:iam::${OURS}:role/any`,
  action: "s3:GetObject",
  resource: "arn:aws:s3:::lake/a",
};
const HTTPS_ONLY: Document = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Deny", Action: "*", Resource: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
  ],
};

describe("the evaluator", () => {
  // biome-ignore format: a table, one row a line
  const answers: [title: string, call: Partial<Call>, identity: Document | undefined, resource: Document | undefined, answer: boolean][] = [
    ["allows what the caller's policy allows", {}, EVERY_RIGHT, undefined, true],
    ["refuses what no policy mentions", {}, undefined, undefined, false],
    ["refuses what one policy refuses and another allows", { context: { "aws:SecureTransport": "false" } }, EVERY_RIGHT, { ...HTTPS_ONLY, Statement: [{ ...HTTPS_ONLY.Statement[0], Principal: "*" }] }, false],
    ["refuses another account what only its own policy allows", { account: STRANGER }, EVERY_RIGHT, undefined, false],
    ["allows another account what both sides allow", { account: STRANGER }, EVERY_RIGHT, WELCOME, true],
    ["allows nobody in particular what everybody may", { principal: ANONYMOUS }, undefined, WELCOME, true],
    ["refuses a key whose policy says nothing, whatever IAM says", { action: "kms:Decrypt", resource: KEY }, EVERY_RIGHT, undefined, false],
  ];
  for (const [title, call, identity, resource, answer] of answers) {
    it(title, async () => assert.equal(await allows({ ...READ, ...call }, { identity, resource }), answer));
  }

  const nonsense: Record<string, Partial<Call>> = {
    "an action that AWS does not have": { action: "s3:ReadObject" },
    "an action on what it does not work on": { action: "s3:ListBucket" },
    "one thing where an action works on all": { action: "s3:ListAllMyBuckets" },
    "a key that AWS does not send with the action": { context: { "s3:prefix": "a" } },
    "an encryption context where nothing is encrypted": {
      action: "kms:DescribeKey",
      resource: KEY,
      context: { "kms:EncryptionContext:aws:logs:arn": "a" },
    },
  };
  for (const [what, call] of Object.entries(nonsense)) {
    it(`throws for ${what}`, async () => {
      await assert.rejects(
        allows({ ...READ, ...call }, { identity: EVERY_RIGHT }),
        /^Error: (s3|kms):\w+ on /,
      );
    });
  }

  it("throws for a policy that AWS would reject", async () => {
    const identity = { ...EVERY_RIGHT, Statement: [{ Effect: "Permit", Action: "*", Resource: "*" }] };
    await assert.rejects(allows(READ, { identity }), /policy\.errors/);
  });
});
