import assert from "node:assert/strict";
import { roleTrustBindsSubject } from "../../../policy/rules/access/role-trust-binds-subject";
import { roleTrustNamesAudience } from "../../../policy/rules/access/role-trust-names-audience";
import { document, UNKNOWN_ON_THE_WIRE } from "../stack";
import { ACCOUNT, judge, own, ROLE, read, trusting } from "./judge";

const GITHUB = "token.actions.githubusercontent.com";
const provider = (name: string) => `arn:aws:iam::${ACCOUNT}:oidc-provider/${name}`;
const federated = (name: string, Condition?: object) =>
  trusting({
    Principal: { Federated: provider(name) },
    Action: "sts:AssumeRoleWithWebIdentity",
    ...(Condition ? { Condition } : {}),
  });
const subject = (value: unknown, operator = "StringLike", name = GITHUB) =>
  judge(roleTrustBindsSubject, ROLE, federated(name, { [operator]: { [`${name}:sub`]: value } }));

describe("role-trust-binds-subject", () => {
  const bound = [
    "repo:acme/flow-logs:ref:refs/heads/main",
    "repo:acme/flow-logs:*",
    "repo:acme/*",
    ["repo:acme/a:*", "repo:acme/b:*"],
  ];
  for (const value of bound) {
    it(`accepts ${value}`, () => assert.deepEqual(subject(value), []));
  }

  for (const value of [
    "*",
    "repo:*",
    "repo:acme*",
    "repo:acme*/flow-logs:*",
    "repository_owner:acme*",
    "repo:*/*:ref:refs/heads/main",
    ["repo:acme/a:*", "*"],
  ]) {
    it(`rejects ${value}`, () => assert.equal(subject(value).length, 1));
  }

  const ofStrangers = [
    "environment:prod:*",
    "environment:prod",
    "ref:refs/heads/main:*",
    "ref:refs/heads/main",
    "workflow:deploy:*",
    "workflow:deploy:ref:refs/heads/main",
    "actor:ada:*",
  ];
  for (const value of ofStrangers)
    for (const operator of ["StringLike", "StringEquals"])
      it(`rejects ${value} with ${operator}, which a stranger's pipeline can match`, () => {
        assert.equal(subject(value, operator).length, 1);
      });

  for (const value of [
    "repository_owner:acme:environment:prod",
    "repository_owner_id:12345:*",
    "environment:prod:repository_owner:acme",
    "environment:prod:repo:acme/flow-logs:*",
    "job_workflow_ref:acme/workflows/.github/workflows/deploy.yml@refs/heads/main",
    "repo:acme@12345/flow-logs@67890:ref:refs/heads/main",
  ])
    it(`accepts ${value}, which names the owner among its claims`, () => {
      assert.deepEqual(subject(value), []);
    });

  const others: [issuer: string, bound: string, open: string][] = [
    ["gitlab.com", "project_path:acme/flows:ref_type:branch:ref:main", "ref_type:branch:ref:main"],
    ["app.terraform.io", "organization:acme:project:flows:workspace:*:run_phase:*", "run_phase:apply"],
    ["agent.buildkite.com", "organization:acme:pipeline:flows:*", "pipeline:flows:ref:refs/heads/main"],
    [
      "oidc.vercel.com",
      "owner:acme:project:flows:environment:production",
      "project:flows:environment:production",
    ],
    ["api.pulumi.com/oidc", "pulumi:deploy:org:acme:project:flows:*", "pulumi:deploy:project:flows"],
  ];
  for (const [issuer, owned, open] of others)
    it(`requires ${issuer}'s own claim for the owner`, () => {
      assert.deepEqual(subject(owned, "StringLike", issuer), []);
      assert.equal(subject(open, "StringEquals", issuer).length, 1);
      assert.equal(subject(open, "StringLike", issuer).length, 1);
    });

  it("rejects the component's own role once GitHub may assume it with any token", async () => {
    const props = await own("flows-etl-role");
    assert.deepEqual(judge(roleTrustBindsSubject, ROLE, props), []);
    const assumeRolePolicy = read(props.assumeRolePolicy);
    const Condition = { StringEquals: { [`${GITHUB}:aud`]: "sts.amazonaws.com" } };
    const [statement] = assumeRolePolicy.Statement;
    Object.assign(statement, {
      Principal: { Federated: provider(GITHUB) },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition,
    });
    assert.deepEqual(judge(roleTrustBindsSubject, ROLE, { ...props, assumeRolePolicy }), [
      `trust policy: statement 1 lets every token of "${provider(GITHUB)}" take on the role; add a condition on its sub.`,
    ]);
  });

  it("accepts a literal star, since it matches nobody", () => {
    assert.deepEqual(subject("repo:*", "StringEquals"), []);
  });

  it("rejects conditions that a missing or any other subject meets", () => {
    for (const operator of ["StringLikeIfExists", "StringNotLike", "ForAllValues:StringLike"]) {
      assert.equal(subject("repo:acme/flow-logs:*", operator).length, 1, operator);
    }
  });

  it("judges other public issuers in the same way", () => {
    assert.deepEqual(subject("project_path:acme/flows:*", "StringLike", "gitlab.com"), []);
    assert.equal(subject("project_path:*", "StringLike", "gitlab.com").length, 1);
    assert.equal(subject("organization:*:project:*", "StringLike", "app.terraform.io").length, 1);
  });

  it("accepts every pod of a namespace of the account's cluster, and rejects a cluster without a subject", () => {
    const cluster = "oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF";
    assert.deepEqual(subject("system:serviceaccount:flows:*", "StringLike", cluster), []);
    assert.equal(judge(roleTrustBindsSubject, ROLE, federated(cluster)).length, 1);
  });

  it("accepts the account's own identity provider without a subject", () => {
    assert.deepEqual(judge(roleTrustBindsSubject, ROLE, federated("login.acme.example")), []);
  });

  it("waits for the update when the provider, the condition or the subject is unknown", () => {
    const statement = {
      Effect: "Allow",
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: provider(GITHUB) },
    };
    for (const each of [
      { ...statement, Principal: { Federated: UNKNOWN_ON_THE_WIRE } },
      { ...statement, Condition: UNKNOWN_ON_THE_WIRE },
      { ...statement, Condition: { StringLike: { [`${GITHUB}:sub`]: UNKNOWN_ON_THE_WIRE } } },
    ]) {
      assert.deepEqual(judge(roleTrustBindsSubject, ROLE, { assumeRolePolicy: document(each) }), []);
    }
  });
});

describe("role-trust-names-audience", () => {
  const SAML = {
    Principal: { Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/acme` },
    Action: "sts:AssumeRoleWithSAML",
  };
  const said = (props: Record<string, unknown>) => judge(roleTrustNamesAudience, ROLE, props);

  it("accepts an audience, of SAML and of OIDC", () => {
    const aud = { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } };
    assert.deepEqual(said(trusting({ ...SAML, Condition: aud })), []);
    const name = "cognito-identity.amazonaws.com";
    assert.deepEqual(said(federated(name, { StringEquals: { [`${name}:aud`]: "eu-west-1:1234" } })), []);
  });

  it("rejects SAML and OIDC without one", () => {
    assert.equal(said(trusting(SAML)).length, 1);
    assert.equal(said(federated("login.acme.example")).length, 1);
  });

  it("rejects a condition that any audience meets", () => {
    assert.equal(said(trusting({ ...SAML, Condition: { StringLike: { "SAML:aud": "*" } } })).length, 1);
  });

  it("accepts a service's role, which takes no token", async () => {
    assert.deepEqual(said(await own("flows-etl-role")), []);
  });
});
