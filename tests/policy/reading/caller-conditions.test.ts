import assert from "node:assert/strict";
import { bucketPolicyNotPublic } from "../../../policy/rules/exposure/bucket-policy-not-public";
import { violations } from "../judging";
import { document } from "../stack";

const ACCOUNT = "111122223333";
const read = {
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::acme-lake/*",
};
const check = (...statements: unknown[]) =>
  violations(bucketPolicyNotPublic, "aws:s3/bucketPolicy:BucketPolicy", { policy: document(...statements) });
const limitedBy = (Condition: unknown) => check({ ...read, Condition });
const OPEN =
  'the policy of "main": statement 1 allows "s3:GetObject" to everybody (Principal "*") and no condition limits who ' +
  "that is; name the principals that need it, or add a condition such as StringEquals aws:PrincipalOrgID.";

describe("what limits a statement for everybody", () => {
  const limits: unknown[] = [
    { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
    { StringEquals: { "AWS:PRINCIPALORGID": ["o-a1b2c3d4e5", "o-f6g7h8i9j0"] } },
    { StringEquals: { "aws:PrincipalOrgID": `\${aws:ResourceOrgID}` } },
    { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*" } },
    { StringEquals: { "aws:SourceVpce": "vpce-0a1b2c3d" } },
    { StringEquals: { "aws:SourceVpc": "vpc-0a1b2c3d" } },
    { StringEquals: { "aws:SourceAccount": ACCOUNT } },
    { StringEquals: { "aws:PrincipalAccount": Number(ACCOUNT) } },
    { ArnLike: { "aws:SourceArn": `arn:aws:sns:*:${ACCOUNT}:*` } },
    { ArnEquals: { "aws:SourceArn": "arn:aws:s3:::acme-source" } },
    { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/reader-*` } },
    { StringLike: { "aws:userid": "AROAEXAMPLEID:*" } },
    { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"] } },
    { IpAddress: { "aws:SourceIp": "203.0.113.7" } },
    { IpAddress: { "aws:SourceIp": "11.0.0.0/8" } },
    { Bool: { "aws:SecureTransport": "true" }, StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
  ];
  for (const condition of limits) {
    it(`accepts ${JSON.stringify(condition)}`, () => assert.deepEqual(limitedBy(condition), []));
  }

  const hollow: unknown[] = [
    {},
    { Bool: { "aws:SecureTransport": "true" } },
    { StringLike: { "aws:PrincipalOrgID": "*" } },
    { StringLike: { "aws:PrincipalOrgID": "o-*" } },
    { StringEquals: { "aws:PrincipalOrgID": `\${aws:PrincipalOrgID}` } },
    { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
    { "ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
    { StringNotEquals: { "aws:PrincipalAccount": ACCOUNT } },
    { Null: { "aws:PrincipalOrgID": "true" } },
    { StringLike: { "aws:Referer": "https://example.com/*" } },
    { StringEquals: { "aws:PrincipalTag/team": "network" } },
    { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } },
    { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "::/0"] } },
    { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } },
    { IpAddress: { "aws:SourceIp": "10.0.0.0/7" } },
    { IpAddress: { "aws:SourceIp": "2001:db8::/31" } },
    { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
    { ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } },
    { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:*" } },
    { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/admin" } },
    { StringLike: { "aws:PrincipalArn": "*" } },
    { StringLike: { "aws:userid": "*:alice" } },
    { StringEquals: { constructor: "o-a1b2c3d4e5" } },
  ];
  for (const condition of hollow) {
    it(`rejects ${JSON.stringify(condition)}`, () => assert.deepEqual(limitedBy(condition), [OPEN]));
  }

  it("accepts an Allow for everybody when a Deny keeps strangers out", () => {
    const refusal = (Condition: unknown) => ({
      ...read,
      Effect: "Deny",
      Action: "s3:*",
      Resource: "*",
      Condition,
    });
    const strangers = { StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } };
    assert.deepEqual(check(read, refusal(strangers)), []);
    const services = { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } };
    assert.deepEqual(check(read, refusal({ ...strangers, ...services })), []);
  });

  it("rejects an Allow for everybody when the Deny is narrower, or about something else", () => {
    const strangers = { StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } };
    const denials = [
      { ...read, Effect: "Deny", Action: "s3:PutObject", Condition: strangers },
      { ...read, Effect: "Deny", Resource: "arn:aws:s3:::acme-lake/other/*", Condition: strangers },
      { ...read, Effect: "Deny", Condition: { ...strangers, Bool: { "aws:SecureTransport": "false" } } },
      { ...read, Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } },
    ];
    for (const denial of denials) assert.deepEqual(check(read, denial), [OPEN]);
  });
});
