import assert from "node:assert/strict";
import { statements } from "../../../policy/reading/documents";
import { answerOf, type Request } from "../../../policy/reading/requests";
import { allows, type Call, type Document, OURS, type Statement } from "../../iam/evaluator";

// Compares with another evaluator of IAM policies, which must agree with every certain result of the pack.

const STREAM = `arn:aws:firehose:us-east-1:${OURS}:deliverystream/flows`;
const KEY = `arn:aws:kms:us-east-1:${OURS}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const ROLE = `arn:aws:iam::${OURS}:role/app/etl`;
const VIA = "firehose.us-east-1.amazonaws.com";

const RESOURCES = [
  "*",
  STREAM,
  KEY,
  `${STREAM}-other`,
  "arn:aws:firehose:*:*:deliverystream/f*",
  "arn:aws:kms:*:*:key/????abcd-*",
];
const ACTIONS = [
  "*",
  "firehose:*",
  "firehose:Put*",
  "firehose:PutRecord",
  "KMS:decrypt",
  "kms:*",
  "kms:GenerateDataKey*",
  "s3:*",
];
const CONDITIONS: Statement["Condition"][] = [
  undefined,
  { StringEquals: { "kms:ViaService": VIA } },
  { StringLike: { "kms:ViaService": "firehose.*.amazonaws.com" } },
  { StringEquals: { "kms:ViaService": "firehose.*.amazonaws.com" } },
  { StringNotEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } },
  { StringNotLike: { "kms:ViaService": ["s3.*", "firehose.*"] } },
  { StringEqualsIfExists: { "kms:CallerAccount": OURS } },
  { StringEquals: { "aws:PrincipalAccount": "210987654321" } },
  { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/app/*" } },
  { ArnNotEquals: { "aws:PrincipalArn": ROLE } },
  { StringEqualsIgnoreCase: { "aws:RequestedRegion": "US-EAST-1" } },
  { Bool: { "aws:SecureTransport": "false" } },
  { Null: { "kms:ViaService": "false" } },
  { Null: { "kms:ViaService": "true" } },
  { StringEquals: { "aws:RequestedRegion": "us-east-1", "aws:PrincipalAccount": OURS } },
];

const ours: Document = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${OURS}:root` }, Action: "kms:*", Resource: "*" },
  ],
};

interface Asked {
  call: Call;
  resource?: Document;
}

const common = { "aws:RequestedRegion": "us-east-1" };
const put: Asked = {
  call: { principal: ROLE, action: "firehose:PutRecord", resource: STREAM, context: common },
};
const use = (action: string): Asked => ({
  call: {
    principal: ROLE,
    action,
    resource: KEY,
    context: { ...common, "kms:ViaService": VIA, "kms:CallerAccount": OURS },
  },
  resource: ours,
});

const requestOf = ({ call: { action, resource, context } }: Asked): Request => ({
  action: action.toLowerCase(),
  resource,
  context: Object.fromEntries(
    Object.entries({
      ...context,
      "aws:PrincipalArn": ROLE,
      "aws:PrincipalAccount": OURS,
      "aws:SecureTransport": "true",
    }).map(([key, value]) => [key.toLowerCase(), [value]]),
  ),
});

/** Requests about these statements, with keys that both evaluators know: Firehose has none of KMS's. */
const compare = async (asked: Asked, ...Statement: Statement[]): Promise<boolean> => {
  const identity = { Version: "2012-10-17", Statement };
  const said = answerOf(statements(identity).statements, requestOf(asked));
  if (said === "maybe") return false;
  const verdict = await allows(asked.call, { identity, resource: asked.resource });
  assert.equal(said === "allowed", verdict, JSON.stringify([asked.call.action, ...Statement]));
  return true;
};

describe("the result of policies for a request", () => {
  for (const asked of [put, use("kms:Decrypt"), use("kms:GenerateDataKey")])
    it(`equals another evaluator's for ${asked.call.action}: actions, resources and conditions`, async () => {
      let certain = 0;
      for (const Action of ACTIONS)
        for (const Resource of RESOURCES)
          for (const Condition of CONDITIONS) {
            const allow = { Effect: "Allow", Action, Resource, ...(Condition && { Condition }) };
            if (await compare(asked, allow)) certain++;
          }
      assert.ok(certain > 500, `${certain} certain answers`);
    });

  it("equals another evaluator's if statements contradict each other", async () => {
    const everything = { Effect: "Allow", Action: "*", Resource: "*" };
    for (const asked of [put, use("kms:Decrypt")])
      for (const Action of ACTIONS)
        for (const Resource of RESOURCES)
          assert.ok(await compare(asked, everything, { Effect: "Deny", Action, Resource }));
  });

  it("is maybe if a condition has a key that a rule does not know", () => {
    const allow = (Condition: object) => [
      { Effect: "Allow", Action: "kms:Decrypt", Resource: KEY, Condition },
    ];
    const answer = (Condition: object, more = {}) =>
      answerOf(statements({ Statement: allow(Condition) }).statements, {
        ...requestOf(use("kms:Decrypt")),
        ...more,
      });
    assert.equal(answer({ StringEquals: { "aws:ResourceTag/team": "flows" } }), "maybe");
    assert.equal(answer({ StringEquals: { "aws:SourceVpce": "vpce-1" } }), "maybe");
    assert.equal(
      answer({ StringEquals: { "aws:SourceVpce": "vpce-1" } }, { met: /^aws:sourcevpce$/ }),
      "allowed",
    );
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
    assert.equal(answer({ StringEquals: { "kms:CallerAccount": "${aws:PrincipalAccount}" } }), "maybe");
    assert.equal(
      answer({ StringEquals: { "kms:CallerAccount": "210987654321", "aws:SourceVpce": "vpce-1" } }),
      "none",
    );
  });

  it("ignores a Deny that is not certain to apply", () => {
    const Condition = { StringNotEquals: { "aws:SourceVpce": "vpce-1" } };
    const all = { Effect: "Allow", Action: "*", Resource: "*" };
    const deny = { ...all, Effect: "Deny", Condition };
    const request = { ...requestOf(put), met: /^aws:sourcevpce$/ };
    assert.equal(answerOf(statements({ Statement: [all, deny] }).statements, request), "allowed");
  });
});
