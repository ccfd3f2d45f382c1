import assert from "node:assert/strict";
import { deployerPolicy } from "../../cli/plan/deployer/policy";
import { graph } from "../components/graph";
import { may } from "./deployer-judge";
import { STACKS } from "./deployer-targets";
import { type Context, OURS } from "./evaluator";

describe("the deployer's policy, elsewhere", () => {
  const ELSEWHERE: [action: string, resource: string, context?: Context][] = [
    ["s3:CreateBucket", "arn:aws:s3:::edge-lake-0a1b2c3"],
    ["s3:DeleteObject", "arn:aws:s3:::company-logs/a"],
    ["s3:GetObject", "arn:aws:s3:::flows-lake-0a1b2c3/flow-logs/a"],
    ["s3:PutBucketPolicy", "arn:aws:s3:::company-logs"],
    ["iam:PutRolePolicy", `arn:aws:iam::${OURS}:role/admin`],
    ["iam:UpdateAssumeRolePolicy", `arn:aws:iam::${OURS}:role/edge-etl-role-0a1b2c3`],
    [
      "iam:CreateServiceLinkedRole",
      `arn:aws:iam::${OURS}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
      { "iam:AWSServiceName": "ecs.amazonaws.com" },
    ],
    ["lambda:UpdateFunctionCode", `arn:aws:lambda:us-east-1:${OURS}:function:edge-etl-0a1b2c3`],
    ["lambda:UpdateFunctionCode", `arn:aws:lambda:us-east-1:${OURS}:function:flows-etl-0a1b2c3`],
    ["firehose:UpdateDestination", `arn:aws:firehose:us-east-1:${OURS}:deliverystream/flows-stream-0a1b2c3`],
    ["lambda:UpdateFunctionCode", `arn:aws:lambda:eu-west-1:${OURS}:function:flows-etl-0a1b2c3`],
    [
      "firehose:DeleteDeliveryStream",
      `arn:aws:firehose:us-east-1:${OURS}:deliverystream/edge-stream-0a1b2c3`,
    ],
    ["firehose:PutRecord", `arn:aws:firehose:us-east-1:${OURS}:deliverystream/flows-stream-0a1b2c3`],
    ["logs:DeleteLogGroup", `arn:aws:logs:us-east-1:${OURS}:log-group:/vpc/flow-logs`],
    ["logs:GetLogEvents", `arn:aws:logs:us-east-1:${OURS}:log-group:flows-flow-logs-f0a1b2c3-1:log-stream:a`],
    ["glue:DeleteTable", `arn:aws:glue:us-east-1:${OURS}:table/sales/orders`],
    ["athena:DeleteWorkGroup", `arn:aws:athena:us-east-1:${OURS}:workgroup/primary`],
    ["athena:StartQueryExecution", `arn:aws:athena:us-east-1:${OURS}:workgroup/flows-workgroup-0a1b2c3`],
    ["cloudwatch:DeleteAlarms", `arn:aws:cloudwatch:us-east-1:${OURS}:alarm:edge-alarm-etl-errors-0a1b2c3`],
    ["states:StartExecution", `arn:aws:states:us-east-1:${OURS}:stateMachine:flows-detection-0a1b2c3`],
    ["kms:Decrypt", `arn:aws:kms:us-east-1:${OURS}:key/1234abcd`],
    [
      "kms:Decrypt",
      `arn:aws:kms:us-east-1:${OURS}:key/1234abcd`,
      { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" },
    ],
    ["kms:CreateGrant", `arn:aws:kms:us-east-1:${OURS}:key/1234abcd`],
    ["ec2:DeleteVpc", `arn:aws:ec2:us-east-1:${OURS}:vpc/vpc-0123456789abcdef0`],
  ];
  for (const [action, resource, context] of ELSEWHERE) {
    it(`refuses ${action} on ${resource}${context ? ` with ${JSON.stringify(context)}` : ""}`, async () => {
      for (const config of Object.values(STACKS))
        assert.equal(
          await may(deployerPolicy(await graph("dev", config), OURS), action, resource, context),
          false,
        );
    });
  }
});
