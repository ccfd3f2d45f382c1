import assert from "node:assert/strict";
import { roleNoCredentialExposure } from "../../../policy/rules/access/role-no-credential-exposure";
import { roleNoPermissionsManagement } from "../../../policy/rules/access/role-no-permissions-management";
import { roleNoUnboundedDataAccess } from "../../../policy/rules/access/role-no-unbounded-data-access";
import { allowing, judge, own, ROLE_POLICY, read } from "./judge";

/** Cloudsplaining's list of actions that return credentials: those that an ARN can limit, but for public certificates. */
const RETURN_CREDENTIALS = [
  "airflow:CreateCliToken",
  "airflow:CreateWebLoginToken",
  "cloud9:CreateEnvironmentToken",
  "codepipeline:PollForJobs",
  "cognito-identity:GetOpenIdTokenForDeveloperIdentity",
  "connect:GetFederationToken",
  "ec2:GetPasswordData",
  "emr-containers:GetManagedEndpointSessionCredentials",
  "finspace-api:GetProgrammaticAccessCredentials",
  "gamelift:GetInstanceAccess",
  "gamelift:RequestUploadCredentials",
  "grafana:CreateWorkspaceApiKey",
  "lightsail:CreateBucketAccessKey",
  "lightsail:GetInstanceAccessDetails",
  "mediapackage:RotateChannelCredentials",
  "redshift:GetClusterCredentialsWithIAM",
  "redshift-serverless:GetCredentials",
  "sts:GetFederationToken",
];

describe("role-no-unbounded-data-access", () => {
  const rule = roleNoUnboundedDataAccess;
  const said = (statement: object, config = {}) => judge(rule, ROLE_POLICY, allowing(statement), config);

  it("accepts the component's own policy until it reads the objects of every bucket", async () => {
    const props = await own("flows-stream-policy");
    assert.deepEqual(judge(rule, ROLE_POLICY, props), []);
    const policy = read(props.policy);
    policy.Statement.push({ Sid: "All", Effect: "Allow", Action: "s3:Get*", Resource: "arn:aws:s3:::*/*" });
    assert.deepEqual(judge(rule, ROLE_POLICY, { policy }), [
      'statement "All" reads data wherever it is, by s3:GetObject, s3:GetObjectVersion; name the resources that are needed.',
    ]);
  });

  const reading = [
    "s3:GetObject",
    "ssm:GetParameter*",
    "secretsmanager:GetSecretValue",
    "dynamodb:Scan",
    "kms:Decrypt",
    "*",
  ];
  for (const action of reading) {
    it(`rejects ${action} on everything`, () =>
      assert.equal(said({ Action: action, Resource: "*" }).length, 1));
  }

  const named = [
    "arn:aws:s3:::acme-*/*",
    "arn:aws:secretsmanager:*:*:secret:flows/*",
    "arn:aws:ssm:*:*:parameter/flows/*",
  ];
  for (const resource of named) {
    it(`accepts every action that reads data on ${resource}`, () => {
      assert.deepEqual(said({ Action: reading.slice(0, 5), Resource: resource }), []);
    });
  }

  it("rejects every secret and every parameter by their ARNs", () => {
    assert.equal(
      said({ Action: "secretsmanager:*", Resource: "arn:aws:secretsmanager:*:*:secret:*" }).length,
      1,
    );
    assert.equal(said({ Action: "ssm:GetParameter", Resource: "arn:aws:ssm:*:*:parameter/*" }).length, 1);
  });

  it("accepts every object of a tag", () => {
    const Condition = { StringEquals: { "aws:ResourceTag/team": "flows" } };
    assert.deepEqual(said({ Action: "s3:GetObject", Resource: "*", Condition }), []);
  });

  it("rejects an action that only the configuration names", () => {
    const statement = { Action: "athena:GetQueryResults", Resource: "*" };
    assert.deepEqual(said(statement), []);
    assert.equal(said(statement, { actions: ["athena:GetQueryResults"] }).length, 1);
  });
});

describe("role-no-credential-exposure", () => {
  const said = (statement: object) => judge(roleNoCredentialExposure, ROLE_POLICY, allowing(statement));

  for (const action of [
    "sts:AssumeRole",
    "iam:CreateAccessKey",
    "redshift:GetClusterCredentials",
    "rds-db:connect",
    ...RETURN_CREDENTIALS,
  ]) {
    it(`rejects ${action} on everything`, () =>
      assert.equal(said({ Action: action, Resource: "*" }).length, 1));
  }

  it("rejects every role of every account", () => {
    assert.equal(said({ Action: "sts:AssumeRole", Resource: "arn:aws:iam::*:role/*" }).length, 1);
  });

  it("accepts one role in every account, and a registry's token, which cannot be limited", () => {
    assert.deepEqual(said({ Action: "sts:AssumeRole", Resource: "arn:aws:iam::*:role/deploy" }), []);
    assert.deepEqual(said({ Action: "ecr:GetAuthorizationToken", Resource: "*" }), []);
  });
});

describe("role-no-permissions-management", () => {
  const said = (statement: object) => judge(roleNoPermissionsManagement, ROLE_POLICY, allowing(statement));

  it("rejects the change of any bucket's policy", () => {
    assert.deepEqual(said({ Action: "s3:PutBucketPolicy", Resource: "*" }), [
      "statement 1 gives out permissions for any resource, by s3:PutBucketPolicy; name the resources that are needed.",
    ]);
  });

  it("rejects a pattern by the actions that it matches", () => {
    assert.match(said({ Action: "kms:*Grant", Resource: "*" })[0], /kms:CreateGrant/);
  });

  it("accepts the change of one bucket's policy, and reading of all", () => {
    assert.deepEqual(said({ Action: "s3:PutBucketPolicy" }), []);
    assert.deepEqual(said({ Action: "s3:GetBucketPolicy", Resource: "*" }), []);
  });
});
