import assert from "node:assert/strict";
import { roleNoWildcardResource } from "../../../policy/rules/access/role-no-wildcard-resource";
import { violations } from "../judging";
import { document } from "../stack";
import { ROLE_POLICY } from "./judge";

const allowed = {
  Effect: "Allow",
  Action: ["firehose:PutRecordBatch"],
  Resource: "arn:aws:firehose:eu-west-1:111122223333:deliverystream/flow-logs",
};
const resourceFaults = (policy: unknown) => violations(roleNoWildcardResource, ROLE_POLICY, { policy });

describe("role-no-wildcard-resource, of resources with names", () => {
  const unnameable: Record<string, string[]> = {
    "what recognises an image": ["rekognition:Detect*"],
    "what recognises text": ["comprehend:DetectEntities", "polly:SynthesizeSpeech"],
    "volumes and gateways that it makes": ["ec2:CreateVolume", "ec2:CreateVpc", "ec2:CreateInternetGateway"],
    lists: [
      "rds:DescribeDBInstances",
      "cloudformation:DescribeStacks",
      "elasticfilesystem:DescribeFileSystems",
    ],
    // AWS SAM's policy templates EKSDescribePolicy, CloudWatchDescribeAlarmHistoryPolicy and CloudWatchDashboardPolicy.
    "how clusters and alarms are set up": ["eks:DescribeCluster", "cloudwatch:DescribeAlarmHistory"],
    "dashboards, which hold no data": ["cloudwatch:GetDashboard", "cloudwatch:PutDashboard"],
    // AWS SAM's policy template VPCAccessPolicy.
    "interfaces of a function in a network": [
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DetachNetworkInterface",
    ],
  };
  for (const [what, Action] of Object.entries(unnameable))
    it(`accepts every resource for ${what}, whose ARN nobody can choose`, () => {
      assert.deepEqual(resourceFaults(document({ ...allowed, Action, Resource: "*" })), []);
    });

  const LOGS = "arn:aws:logs:eu-west-1:111122223333:*";
  // The role that API Gateway writes and reads its logs with, as AWS Solutions Constructs have it.
  const gateway = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "logs:GetLogEvents"];
  it("accepts writing and reading the logs of one account and region, and rejects deleting them", () => {
    const said = (Action: string[], Resource = LOGS) =>
      resourceFaults(document({ ...allowed, Action, Resource }));
    assert.deepEqual(said(gateway), []);
    assert.equal(said([...gateway, "logs:DeleteLogGroup"]).length, 1);
    for (const Resource of ["*", "arn:aws:logs:*:*:*", "arn:aws:logs:eu-west-1:*:*"])
      assert.equal(said(gateway, Resource).length, 1, Resource);
  });

  it("accepts only writing logs on every log of any account, as in AWS's examples, and rejects reading or deleting them", () => {
    const on = (Action: string | string[], Resource: string) =>
      resourceFaults(document({ ...allowed, Action, Resource }));
    const write = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];
    for (const Resource of [
      "arn:aws:logs:*:*:*",
      "arn:aws:logs:eu-west-1:*:*",
      "arn:*:logs:*:*:log-group:*",
      "arn:aws:logs:*:*:log-group:*:*",
    ]) {
      assert.deepEqual(on(write, Resource), [], Resource);
      assert.deepEqual(on([...write, "logs:DescribeLogStreams"], Resource), [], Resource);
    }
    for (const Action of ["logs:GetLogEvents", "logs:DeleteLogGroup", "logs:Put*", "logs:*", "s3:GetObject"])
      assert.equal(on([...write, Action], "arn:aws:logs:*:*:*").length, 1, Action);
    for (const Resource of ["*", "arn:aws:*:*:*:*", "arn:aws:logs*:*:*:*"])
      assert.equal(on(write, Resource).length, 1, Resource);
  });

  const nameable = [
    "ec2:DeleteVolume",
    "eks:DeleteCluster",
    "dynamodb:GetItem",
    "ec2:DeleteNetworkInterface",
    "ec2:TerminateInstances",
    "sqs:CreateQueue",
    "secretsmanager:CreateSecret",
    "dynamodb:CreateTable",
    "s3:GetObject",
    "s3:CreateBucket",
    "es:ESHttpGet",
    "secretsmanager:GetSecretValue",
    "rekognition:DetectCustomLabels",
    "rekognition:Search*",
  ];
  for (const Action of nameable)
    it(`rejects every resource for ${Action}, whose resources have names`, () => {
      assert.equal(resourceFaults(document({ ...allowed, Action, Resource: "*" })).length, 1);
    });

  const changes: [action: string, kind: string][] = [
    ["ec2:TerminateInstances", "ec2:*:*:instance/*"],
    ["dynamodb:DeleteTable", "dynamodb:*:*:table/*"],
    ["ssm:SendCommand", "ec2:*:*:instance/*"],
    ["kms:ScheduleKeyDeletion", "kms:*:*:key/*"],
    ["logs:DeleteLogGroup", "logs:*:*:log-group:*"],
    ["lambda:DeleteFunction", "lambda:*:*:function:*"],
    ["cloudformation:UpdateStack", "cloudformation:*:*:stack/*/*"],
    ["codebuild:StartBuild", "codebuild:*:*:project/*"],
    ["ecs:ExecuteCommand", "ecs:eu-west-1:*:task/*"],
    ["rds:ModifyDB*", "rds:*:*:db:*"],
    ["secretsmanager:PutResourcePolicy", "secretsmanager:*:*:secret:*"],
    ["iam:DeleteRole", "iam::*:role/*"],
  ];
  for (const [Action, kind] of changes) {
    it(`rejects ${Action} on ${kind}, which is every resource of its kind`, () => {
      const Resource = `arn:aws:${kind}`;
      assert.deepEqual(resourceFaults(document({ ...allowed, Action, Resource })), [
        `statement 1 allows resource "${Resource}" for ${Action}; name the ARNs that are needed.`,
      ]);
    });

    it(`accepts ${Action} on resources of one account, of a prefix, or with a tag`, () => {
      const ofAccount = `arn:aws:${kind.replace(/:\*:([a-z])/, ":111122223333:$1")}`;
      const ofPrefix = `arn:aws:${kind.replace(/\*$/, "flows-*")}`;
      for (const Resource of [ofAccount, ofPrefix])
        assert.deepEqual(resourceFaults(document({ ...allowed, Action, Resource })), [], Resource);
      const Condition = { StringEquals: { "aws:ResourceTag/team": "flows" } };
      assert.deepEqual(
        resourceFaults(document({ ...allowed, Action, Resource: `arn:aws:${kind}`, Condition })),
        [],
      );
    });
  }

  // Kinds without an account, with ids that AWS gives, and with words between the wildcards.
  const more: [action: string, arn: string][] = [
    ["route53:ChangeResourceRecordSets", "arn:aws:route53:::hostedzone/*"],
    ["apigateway:DELETE", "arn:aws:apigateway:*::/restapis/*"],
    ["ec2:DeregisterImage", "arn:aws:ec2:*::image/*"],
    ["ec2:DeleteSnapshot", "arn:aws:ec2:eu-west-1::snapshot/snap-*"],
    ["ec2:TerminateInstances", "arn:aws:ec2:*:*:instance/i-*"],
    ["wafv2:DeleteWebACL", "arn:aws:wafv2:*:*:*/webacl/*/*"],
    ["organizations:AttachPolicy", "arn:aws:organizations::*:policy/*/service_control_policy/*"],
    ["elasticloadbalancing:DeleteLoadBalancer", "arn:aws:elasticloadbalancing:*:*:loadbalancer/app/*/*"],
  ];
  for (const [Action, Resource] of more)
    it(`rejects ${Action} on ${Resource}`, () =>
      assert.equal(resourceFaults(document({ ...allowed, Action, Resource })).length, 1));

  const named: [action: string, arn: string][] = [
    ["route53:ChangeResourceRecordSets", "arn:aws:route53:::hostedzone/Z0123456789"],
    ["s3:DeleteObject", "arn:aws:s3:::acme-lake/*"],
    ["ec2:DeleteKeyPair", "arn:aws:ec2:*:*:key-pair/flows-*"],
    ["ecs:UpdateService", "arn:aws:ecs:*:*:service/flows/*"],
    ["wafv2:DeleteWebACL", "arn:aws:wafv2:*:*:regional/webacl/flows/*"],
    ["sqs:DeleteQueue", "arn:aws:sqs:*:*:flows"],
    ["iam:DeleteRole", "arn:aws:iam::*:role/flows/*"],
  ];
  for (const [Action, Resource] of named)
    it(`accepts ${Action} on ${Resource}`, () =>
      assert.deepEqual(resourceFaults(document({ ...allowed, Action, Resource })), []));

  it("accepts a condition on a tag of a database, and rejects one on a tag that a request brings", () => {
    const on = (key: string) =>
      resourceFaults(
        document({
          ...allowed,
          Action: "rds:DeleteDBInstance",
          Resource: "*",
          Condition: { StringEquals: { [key]: "flows" } },
        }),
      );
    for (const key of ["rds:db-tag/team", "rds:cluster-tag/team"]) assert.deepEqual(on(key), [], key);
    for (const key of ["rds:req-tag/team", "aws:RequestTag/team"]) assert.equal(on(key).length, 1, key);
  });

  const harmless: [action: string, kind: string][] = [
    ["dynamodb:DescribeTable", "dynamodb:*:*:table/*"],
    ["lambda:Get*", "lambda:*:*:function:*"],
    ["ecs:List*", "ecs:*:*:cluster/*"],
    ["ec2:RunInstances", "ec2:*:*:instance/*"],
    ["ec2:CreateVolume", "ec2:*:*:volume/*"],
    ["lambda:CreateFunction", "lambda:*:*:function:*"],
    ["logs:PutLogEvents", "logs:*:*:log-group:*"],
  ];
  for (const [Action, kind] of harmless)
    it(`accepts ${Action} on ${kind}, which changes no existing resource`, () => {
      assert.deepEqual(resourceFaults(document({ ...allowed, Action, Resource: `arn:aws:${kind}` })), []);
    });
});
