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
const RESOURCE_FAULT =
  'statement 1 allows resource "*" for firehose:PutRecordBatch; name the ARNs that are needed.';

describe("role-no-wildcard-resource, of conditions", () => {
  it("accepts every resource of a certain tag", () => {
    const Condition = { StringEquals: { "aws:ResourceTag/team": "flows" } };
    assert.deepEqual(resourceFaults(document({ ...allowed, Resource: "*", Condition })), []);
  });

  const futile = {
    "a tag of any value": { StringLike: { "aws:ResourceTag/team": "*" } },
    "a tag where there is one": { StringEqualsIfExists: { "aws:ResourceTag/team": "flows" } },
    "all but one tag": { StringNotEquals: { "aws:ResourceTag/team": "flows" } },
    "a condition on the region": { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
  };
  for (const [what, Condition] of Object.entries(futile)) {
    it(`rejects every resource of ${what}`, () => {
      assert.deepEqual(resourceFaults(document({ ...allowed, Resource: "*", Condition })), [RESOURCE_FAULT]);
    });
  }

  const narrowed: Record<string, [Action: string | string[], Condition: object]> = {
    "rotation by one function": [
      ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"],
      {
        StringEquals: {
          "secretsmanager:resource/AllowRotationLambdaArn":
            "arn:aws:lambda:eu-west-1:111122223333:function:rotate",
        },
      },
    ],
    "service-linked roles of one service": [
      "iam:CreateServiceLinkedRole",
      { StringEquals: { "iam:AWSServiceName": "ecs.amazonaws.com" } },
    ],
    "tags of what one call makes": [
      "ec2:CreateTags",
      { StringEquals: { "ec2:CreateAction": "RunInstances" } },
    ],
    "tags of what some calls make": [
      "ecs:TagResource",
      { StringEquals: { "ecs:CreateAction": ["CreateCluster", "RunTask"] } },
    ],
    "interfaces of one subnet": [
      "ec2:CreateNetworkInterfacePermission",
      { ArnEquals: { "ec2:Subnet": "arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1" } },
    ],
    "event sources of one function": [
      "lambda:DeleteEventSourceMapping",
      { ArnLike: { "lambda:FunctionArn": "arn:aws:lambda:*:111122223333:function:etl" } },
    ],
    "tasks of one cluster": [
      "ecs:RunTask",
      { ArnEquals: { "ecs:cluster": "arn:aws:ecs:eu-west-1:111122223333:cluster/main" } },
    ],
    "rows of one key": [
      "dynamodb:GetItem",
      { "ForAnyValue:StringEquals": { "dynamodb:LeadingKeys": "acme" } },
    ],
    "passing to one service": [
      "iam:PassRole",
      { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    ],
  };
  for (const [what, [Action, Condition]] of Object.entries(narrowed))
    it(`accepts every resource for ${what}`, () => {
      assert.deepEqual(resourceFaults(document({ ...allowed, Action, Resource: "*", Condition })), []);
    });

  const loose: Record<string, [Action: string, Condition: object]> = {
    "a key of any value": ["iam:CreateServiceLinkedRole", { StringLike: { "iam:AWSServiceName": "*" } }],
    "a key that may be absent": [
      "ec2:CreateTags",
      { StringEqualsIfExists: { "ec2:CreateAction": "RunInstances" } },
    ],
    "all but one value": ["ec2:CreateTags", { StringNotEquals: { "ec2:CreateAction": "RunInstances" } }],
    "how an object is encrypted": [
      "s3:PutObject",
      { StringEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } },
    ],
    "a version of TLS": ["s3:GetObject", { StringEquals: { "s3:TlsVersion": "1.2" } }],
    "a region": ["ec2:TerminateInstances", { StringEquals: { "ec2:Region": "eu-west-1" } }],
    "a size of instances": ["ec2:TerminateInstances", { StringEquals: { "ec2:InstanceType": "t3.micro" } }],
    "a key that no service has": ["ec2:TerminateInstances", { StringEquals: { "ec2:InstanceName": "etl" } }],
  };
  for (const [what, [Action, Condition]] of Object.entries(loose))
    it(`rejects every resource with a condition on ${what}`, () => {
      assert.equal(resourceFaults(document({ ...allowed, Action, Resource: "*", Condition })).length, 1);
    });
});
