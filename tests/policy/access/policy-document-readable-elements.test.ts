import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { isOperator } from "../../../policy/reading/grammar-elements";
import { policyDocumentReadable as rule } from "../../../policy/rules/access/policy-document-readable";
import { document, UNKNOWN_ON_THE_WIRE } from "../stack";
import { judge, ROLE, ROLE_POLICY } from "./judge";

const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const allow = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::acme/*" };
const identity = (statement: object) =>
  judge(rule, ROLE_POLICY, { policy: document({ ...allow, ...statement }) });
const trust = (statement: object) =>
  judge(rule, ROLE, {
    assumeRolePolicy: document({ Effect: "Allow", Action: "sts:AssumeRole", ...statement }),
  });
const queue = (statement: object) =>
  judge(rule, QUEUE_POLICY, {
    policy: document({ Effect: "Allow", Action: "sqs:SendMessage", Resource: "*", ...statement }),
  });
const lambda = { Service: "lambda.amazonaws.com" };

/** The operators that the evaluator of policies implements, a file each. */
const evaluated = () => {
  const folder = join(dirname(require.resolve("@cloud-copilot/iam-simulate")), "condition");
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .map(({ name }) => name)
    .filter((name) => /^(String|Numeric|Date|Bool|Binary|Ip|NotIp|Arn|Null)\w*\.js$/.test(name))
    .map((name) => name.replace(".js", ""))
    .filter(
      (name) => !/^(Null|Bool|Binary|Arn|Date|Numeric|String|Ip)$|Base$/.test(name) || isOperator(name),
    );
};

/** A value that an operator reads. */
const readable = (operator: string) =>
  /^(Bool|Null)/.test(operator) ? "true" : /Ip/.test(operator) ? "203.0.113.0/24" : "1";

describe("policy-document-readable, of elements", () => {
  it("rejects an ARN of an account whose number has not twelve digits, and accepts one of CloudFront", () => {
    for (const account of ["437628376", "1234567890123"])
      assert.equal(queue({ Principal: { AWS: `arn:aws:iam::${account}:role/reader` } }).length, 1, account);
    for (const arn of [
      "arn:aws:iam::111122223333:role/reader",
      "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1",
    ])
      assert.deepEqual(queue({ Principal: { AWS: arn } }), []);
  });

  it("accepts a Sid of letters and digits, and none", () => {
    for (const Sid of ["AllowRead", "1", ""]) assert.deepEqual(identity({ Sid }), []);
  });

  for (const Sid of ["Allow read", "allow-read", "allow_read", "Lesen\u00fc"])
    it(`rejects the Sid ${JSON.stringify(Sid)} in an identity's and a role's policy, and accepts it in a resource's`, () => {
      assert.match(identity({ Sid })[0], /has the Sid .+, and IAM takes letters and digits alone; correct/);
      assert.equal(trust({ Sid, Principal: lambda }).length, 1);
      assert.deepEqual(queue({ Sid, Principal: { AWS: "111122223333" } }), []);
    });

  it("accepts every operator that an evaluator of policies knows, for sets and with IfExists", () => {
    const operators = evaluated();
    assert.ok(operators.length > 20, operators.join());
    for (const operator of operators) {
      const all = [
        operator,
        `ForAnyValue:${operator}`,
        ...(operator === "Null" ? [] : [`${operator}IfExists`]),
      ];
      for (const each of all)
        assert.deepEqual(identity({ Condition: { [each]: { "aws:x": readable(operator) } } }), [], each);
    }
  });

  for (const operator of [
    "StringEqual",
    "Equals",
    "NullIfExists",
    "ForSomeValues:StringLike",
    "ForAnyValues:StringLike",
    "ForAllValue:StringLike",
    "StringLikeIfExist",
  ])
    it(`rejects the operator ${operator}`, () =>
      assert.deepEqual(identity({ Condition: { [operator]: { "aws:PrincipalOrgID": "o-1" } } }), [
        `statement 1 has a Condition with the operator "${operator}", which AWS does not know; correct the document.`,
      ]));

  const principals = [
    "*",
    "111122223333",
    "arn:aws:iam::111122223333:root",
    "arn:aws-cn:iam::111122223333:role/path/flows",
    "arn:aws:sts::111122223333:assumed-role/flows/session",
    "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE",
    "AROAEXAMPLEEXAMPLE123",
    UNKNOWN_ON_THE_WIRE,
  ];
  it("accepts accounts, identities and ids as principals, and unknown values in preview", () => {
    assert.deepEqual(queue({ Principal: { AWS: principals } }), []);
    assert.deepEqual(
      queue({ Principal: { Service: ["sns.amazonaws.com", "logs.cn-north-1.amazonaws.com.cn"] } }),
      [],
    );
    assert.deepEqual(queue({ Principal: UNKNOWN_ON_THE_WIRE }), []);
  });

  const none: [object, RegExp][] = [
    [{ AWS: "flows" }, /Principal AWS "flows", which is neither an account nor the ARN of a role or user/],
    [{ AWS: "11112222333" }, /neither an account/],
    [{ AWS: "arn:aws:s3:::acme" }, /neither an account/],
    [
      { AWS: ["111122223333", "lambda.amazonaws.com"] },
      /"lambda.amazonaws.com", which is a service, whose place/,
    ],
    [{ Service: "lambda" }, /"lambda", which is no service such as lambda\.amazonaws\.com/],
  ];
  for (const [Principal, fault] of none)
    it(`rejects the principal ${JSON.stringify(Principal)}`, () => {
      for (const found of [trust({ Principal }), queue({ Principal })]) {
        assert.equal(found.length, 1);
        assert.match(found[0], fault);
      }
    });

  const unread: [operator: string, value: unknown, what: string][] = [
    ["Bool", "yes", "true or false"],
    ["Null", "1", "true or false"],
    ["BoolIfExists", ["true", "on"], "true or false"],
    ["NumericLessThan", "ten", "a number"],
    ["ForAnyValue:NumericEquals", "1,5", "a number"],
    ["DateGreaterThan", "tomorrow", "a date such as 2026-01-31T00:00:00Z"],
    ["DateLessThanIfExists", "31.01.2026", "a date such as 2026-01-31T00:00:00Z"],
    ["IpAddress", "10.0.0.0/33", "an address or a range such as 10.0.0.0/8"],
    ["NotIpAddress", "10.0.0", "an address or a range such as 10.0.0.0/8"],
    ["IpAddress", "*", "an address or a range such as 10.0.0.0/8"],
    ["IpAddress", "2001:db8::/129", "an address or a range such as 10.0.0.0/8"],
  ];
  for (const [operator, value, what] of unread)
    it(`rejects ${JSON.stringify(value)} for ${operator}`, () => {
      const text = [value].flat().at(-1);
      assert.deepEqual(identity({ Condition: { [operator]: { "aws:x": value } } }), [
        `statement 1 has a Condition whose ${operator} cannot read "${text}", which is not ${what}; correct the document.`,
      ]);
    });

  const read: [operator: string, value: unknown][] = [
    ["Bool", true],
    ["Bool", "False"],
    ["Null", UNKNOWN_ON_THE_WIRE],
    ["NumericLessThan", 3600],
    ["NumericLessThan", "-1.5"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
    ["NumericLessThan", "${aws:PrincipalTag/age}"],
    ["DateLessThan", "2026-01-31"],
    ["DateLessThan", "2026-01-31T12:00:00+01:00"],
    ["DateLessThan", "1767225600"],
    ["IpAddress", ["203.0.113.7", "2001:db8::/32", UNKNOWN_ON_THE_WIRE]],
    ["StringEquals", "yes"],
  ];
  for (const [operator, value] of read)
    it(`accepts ${typeof value === "string" ? value : typeof value} for ${operator}`, () =>
      assert.deepEqual(identity({ Condition: { [operator]: { "aws:x": value } } }), []));

  it("rejects a key of a condition that names no service, and accepts those of identity providers", () => {
    assert.deepEqual(identity({ Condition: { StringEquals: { PrincipalOrgID: "o-1" } } }), [
      'statement 1 has a Condition on "PrincipalOrgID", which names no service, as "aws:PrincipalOrgID" does; correct the document.',
    ]);
    for (const key of [
      "aws:PrincipalOrgID",
      "SAML:aud",
      "accounts.google.com:aud",
      "kms:EncryptionContext:app",
    ])
      assert.deepEqual(identity({ Condition: { StringEquals: { [key]: "x" } } }), [], key);
  });

  it("rejects as a principal a wildcard inside an ARN, a group, and all services", () => {
    for (const AWS of [
      "arn:aws:iam::111122223333:role/*",
      "arn:aws:iam::111122223333:user/dev-?",
      "arn:aws:sts::111122223333:assumed-role/app/*",
      "arn:aws:iam::*:role/app",
      "arn:*:iam::111122223333:root",
    ])
      assert.match(queue({ Principal: { AWS } })[0], /has a wildcard, which AWS does not read inside an ARN/);
    assert.match(
      queue({ Principal: { AWS: "arn:aws:iam::111122223333:group/devs" } })[0],
      /is a group, and nobody/,
    );
    for (const Service of ["*", "*.amazonaws.com"])
      assert.match(queue({ Principal: { Service } })[0], /is no service such as lambda.amazonaws.com/);
    assert.deepEqual(queue({ Principal: { AWS: "arn:aws:iam::111122223333:role/group/app" } }), []);
  });
});
