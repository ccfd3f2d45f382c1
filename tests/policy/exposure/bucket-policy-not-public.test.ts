import assert from "node:assert/strict";
import { bucketPolicyNotPublic } from "../../../policy/rules/exposure/bucket-policy-not-public";
import { keyPolicyNotPublic } from "../../../policy/rules/exposure/key-policy-not-public";
import { resourcePolicyNotPublic } from "../../../policy/rules/exposure/resource-policy-not-public";
import { own, violations } from "../judging";
import { document, UNKNOWN_ON_THE_WIRE } from "../stack";

const TYPE = "aws:s3/bucketPolicy:BucketPolicy";
const ACCOUNT = "111122223333";
const read = {
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::acme-lake/*",
} as Record<string, unknown>;
const check = (...statements: unknown[]) =>
  violations(bucketPolicyNotPublic, TYPE, {
    bucket: "acme-lake",
    policy: JSON.stringify(document(...statements)),
  });
const open = (how: string, what = '"s3:GetObject"') =>
  `the policy of "main": statement 1 allows ${what} to everybody (${how}) and no condition limits who that is; ` +
  "name the principals that need it, or add a condition such as StringEquals aws:PrincipalOrgID.";

describe("bucket-policy-not-public", () => {
  it("accepts our own bucket's policy", async () =>
    assert.deepEqual(violations(bucketPolicyNotPublic, TYPE, await own(TYPE)), []));

  it("rejects our own bucket's policy with one more statement for everybody", async () => {
    const { bucket, policy } = await own(TYPE);
    const opened = JSON.parse(policy);
    opened.Statement = [{ ...read, Resource: "arn:aws:s3:::other/*" }];
    assert.deepEqual(violations(bucketPolicyNotPublic, TYPE, { bucket, policy: JSON.stringify(opened) }), [
      open('Principal "*"'),
    ]);
  });

  const everybody: [string, Record<string, unknown>][] = [
    ['Principal "*"', { Principal: "*" }],
    ['Principal AWS "*"', { Principal: { AWS: "*" } }],
    ['Principal AWS "*"', { Principal: { AWS: [`arn:aws:iam::${ACCOUNT}:root`, "*"] } }],
    ['Principal AWS "arn:aws:iam::*:root"', { Principal: { AWS: "arn:aws:iam::*:root" } }],
    ['Principal Service "*"', { Principal: { Service: "*" } }],
    ['Principal * "*"', { Principal: { "*": "*" } }],
    ["NotPrincipal", { Principal: undefined, NotPrincipal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }],
  ];
  for (const [how, who] of everybody) {
    it(`rejects an Allow for ${JSON.stringify(who)}`, () =>
      assert.deepEqual(check({ ...read, ...who }), [open(how)]));
  }

  for (const Principal of [
    { AWS: ACCOUNT },
    { AWS: [`arn:aws:iam::${ACCOUNT}:role/*`] },
    { Service: "cloudtrail.amazonaws.com" },
    { Federated: "cognito-identity.amazonaws.com" },
    { CanonicalUser: "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be" },
  ]) {
    it(`accepts an Allow for ${JSON.stringify(Principal)}`, () =>
      assert.deepEqual(check({ ...read, Principal }), []));
  }

  it("accepts a Deny for everybody", () => assert.deepEqual(check({ ...read, Effect: "Deny" }), []));

  it("names a statement by its Sid, and describes NotAction", () => {
    const { Action: _, ...rest } = read;
    assert.match(
      check({ ...rest, Sid: "Site", NotAction: "s3:PutObject" })[0],
      /statement "Site" allows all but "s3:PutObject"/,
    );
  });

  it("rejects a policy set on the bucket itself, also as an object", () => {
    const props = { policy: document(read) };
    assert.deepEqual(violations(bucketPolicyNotPublic, "aws:s3/bucket:Bucket", props), [
      open('Principal "*"'),
    ]);
  });

  it("reports a policy that is not JSON and accepts none at all", () => {
    assert.deepEqual(violations(bucketPolicyNotPublic, TYPE, { policy: "{" }), [
      'the policy of "main" cannot be checked: the policy document is not a JSON object; correct the document.',
    ]);
    for (const policy of [undefined, null, ""])
      assert.deepEqual(violations(bucketPolicyNotPublic, TYPE, { policy }), []);
  });

  it("waits for the update when a limiting condition is unknown, and not for other conditions", () => {
    const hidden = UNKNOWN_ON_THE_WIRE;
    const asObject = (change: object) =>
      violations(bucketPolicyNotPublic, TYPE, { policy: document({ ...read, ...change }) });
    for (const change of [
      { Principal: hidden },
      { Condition: hidden },
      { Condition: { StringEquals: hidden } },
      { Condition: { StringEquals: { "aws:PrincipalOrgID": hidden } } },
      { Effect: hidden },
    ]) {
      assert.deepEqual(asObject(change), []);
    }
    assert.deepEqual(asObject({ Resource: hidden }), [open('Principal "*"')]);
    assert.deepEqual(
      asObject({ Condition: { StringLike: { "aws:PrincipalOrgID": ["*", hidden] } } }).length,
      1,
    );
  });

  it("reads a pattern of a thousand stars in no time", () => {
    const Resource = `${"*a".repeat(1000)}b`;
    const strangers = { StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } };
    const long = { ...read, Resource: "a".repeat(2000) };
    assert.equal(check(long, { ...read, Effect: "Deny", Resource, Condition: strangers }).length, 1);
  });
});

describe("key-policy-not-public", () => {
  const KEY = "aws:kms/key:Key";
  const withStatement = async (statement: object) => {
    const props = await own(KEY);
    const policy = JSON.parse(props.policy);
    policy.Statement.push(statement);
    return violations(keyPolicyNotPublic, KEY, { ...props, policy: JSON.stringify(policy) });
  };
  const use = { Sid: "Use", Effect: "Allow", Principal: { AWS: "*" }, Action: "kms:Decrypt", Resource: "*" };

  it("accepts our own key's policy", async () =>
    assert.deepEqual(violations(keyPolicyNotPublic, KEY, await own(KEY)), []));

  it("accepts everybody of one account through one service", async () => {
    const Condition = {
      StringEquals: { "kms:CallerAccount": ACCOUNT, "kms:ViaService": "s3.eu-west-1.amazonaws.com" },
    };
    assert.deepEqual(await withStatement({ ...use, Condition }), []);
  });

  it("rejects everybody, and everybody through one service", async () => {
    const Condition = { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } };
    for (const statement of [use, { ...use, Condition }]) {
      assert.match((await withStatement(statement))[0], /statement "Use" allows "kms:Decrypt" to everybody/);
    }
  });
});

describe("resource-policy-not-public", () => {
  const policy = JSON.stringify(document({ ...read, Action: "glue:*" }));

  it("accepts a catalogue for one account", () => {
    const named = document({ ...read, Action: "glue:*", Principal: { AWS: ACCOUNT } });
    assert.deepEqual(
      violations(resourcePolicyNotPublic, "aws:glue/resourcePolicy:ResourcePolicy", { policy: named }),
      [],
    );
  });

  it("rejects a catalogue, a secret and a domain for everybody", () => {
    const types: [string, object][] = [
      ["aws:glue/resourcePolicy:ResourcePolicy", { policy }],
      ["aws:secretsmanager/secretPolicy:SecretPolicy", { policy }],
      ["aws:opensearch/domainPolicy:DomainPolicy", { accessPolicies: policy }],
    ];
    for (const [type, props] of types) {
      assert.deepEqual(violations(resourcePolicyNotPublic, type, { ...props }), [
        open('Principal "*"', '"glue:*"'),
      ]);
    }
  });

  it("accepts a file system for whoever mounts it", () => {
    const Condition = { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } };
    const type = "aws:efs/fileSystemPolicy:FileSystemPolicy";
    assert.deepEqual(
      violations(resourcePolicyNotPublic, type, { policy: document({ ...read, Condition }) }),
      [],
    );
  });
});
