import type { CallRow } from "./call-row";
import {
  ANYTHING,
  arnOf,
  type Inputs,
  iamArn,
  itself,
  key,
  logGroup,
  named,
  type On,
  referred,
} from "./places";

const FUNCTION = "aws:lambda/function:Function";
const functionOf = (input: string) => named(input, FUNCTION, "lambda", "function:");
const DESTINATION = "aws:cloudwatch/logDestination:LogDestination";
const role: On = (resource, where) => [
  iamArn(where, `role/${referred(where, "aws:iam/role:Role", resource.inputs.role ?? resource.state.name)}`),
];
const linkedRole =
  (name: string): On =>
  (_, where) => [iamArn(where, `role/aws-service-role/${name}`)];

/** Sources of flow logs in EC2: the input with the id, and the resource's kind in ARNs. */
const SOURCES = {
  vpcId: "vpc",
  subnetId: "subnet",
  eniId: "network-interface",
  regionalNatGatewayId: "natgateway",
  transitGatewayId: "transit-gateway",
};

/** Returns the ARN of the logged resource. An id that is known only in the deployment becomes `*`. */
const source: On = ({ inputs }, where) =>
  Object.entries(SOURCES)
    .filter(([input]) => inputs[input] !== undefined)
    .map(([input, kind]) => {
      const isAsked = input === "vpcId" && where.program.invokes.includes("aws:ec2/getVpc:getVpc");
      return arnOf(where, "ec2", `${kind}/${isAsked ? "*" : inputs[input]}`);
    });
const flowLogs: On = (_, where) => [arnOf(where, "ec2", "vpc-flow-log/*")];
const goesToFirehose = ({ logDestinationType }: Inputs) => logDestinationType === "kinesis-data-firehose";
const hasTagFields = ({ tagFieldSpecifications = [] }: Inputs) => tagFieldSpecifications.length > 0;
const has = (field: string) => (inputs: Inputs) => String(inputs.logFormat).includes(field);

/** Calls for flow logs, log groups, subscriptions, roles, the function and the stream. */
// biome-ignore format: a table, one row a line
export const CAPTURE: Record<string, CallRow[]> = {
  "aws:ec2/flowLog:FlowLog": [
    [source, "ec2:CreateFlowLogs", "", "", ""],
    [flowLogs, "ec2:CreateFlowLogs ec2:CreateTags", "", "ec2:CreateTags ec2:DeleteTags", "ec2:DeleteFlowLogs"],
    [ANYTHING, "logs:CreateLogDelivery", "ec2:DescribeFlowLogs", "", "logs:DeleteLogDelivery"],
    // AWS: AmazonCloudWatch/latest/logs/AWS-vended-logs-permissions.html, vpc/latest/userguide/flow-logs-firehose.html.
    [ANYTHING, "logs:GetLogDelivery logs:ListLogDeliveries logs:UpdateLogDelivery", "", "", "", { if: goesToFirehose }],
    [linkedRole("delivery.logs.amazonaws.com/AWSServiceRoleForLogDelivery"), "iam:CreateServiceLinkedRole", "", "", "", { if: goesToFirehose, linkedTo: "delivery.logs" }],
    // AWS: vpc/latest/userguide/flow-logs-slr.html.
    [linkedRole("vpc-flow-logs.amazonaws.com/AWSServiceRoleForVPCFlowLogs"), "iam:CreateServiceLinkedRole", "", "", "", { if: hasTagFields, linkedTo: "vpc-flow-logs" }],
    [ANYTHING, "autoscaling:DescribeTags ec2:DescribeTags", "", "", "", { if: hasTagFields }],
    // AWS: vpc/latest/userguide/flow-log-records.html.
    [ANYTHING, "ecs:ListClusters", "", "", "", { if: has("ecs-") }],
    [ANYTHING, "ecs:ListContainerInstances", "", "", "", { if: has("ecs-container-instance-") }],
    [ANYTHING, "ecs:ListServices", "", "", "", { if: has("ecs-service-") }],
    [ANYTHING, "ecs:ListTaskDefinitions", "", "", "", { if: has("ecs-task-definition-") }],
    [ANYTHING, "ecs:ListTasks", "", "", "", { if: (inputs) => has("ecs-task-arn")(inputs) || has("ecs-task-id")(inputs) }],
  ],
  "aws:cloudwatch/logGroup:LogGroup": [
    [itself("logs", "log-group:"), "logs:CreateLogGroup logs:PutRetentionPolicy logs:TagResource", "logs:ListTagsForResource", "logs:AssociateKmsKey logs:DeleteRetentionPolicy logs:DisassociateKmsKey logs:PutRetentionPolicy logs:TagResource logs:UntagResource", "logs:DeleteLogGroup"],
    [ANYTHING, "", "logs:DescribeLogGroups", "", ""],
  ],
  "aws:cloudwatch/logStream:LogStream": [
    [logGroup("logGroupName"), "logs:CreateLogStream", "logs:DescribeLogStreams", "", "logs:DeleteLogStream"],
  ],
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": [
    [logGroup("logGroup"), "logs:PutSubscriptionFilter", "logs:DescribeSubscriptionFilters", "logs:PutSubscriptionFilter", "logs:DeleteSubscriptionFilter"],
  ],
  [DESTINATION]: [
    [itself("logs", "destination:"), "logs:PutDestination logs:TagResource", "logs:ListTagsForResource", "logs:PutDestination logs:TagResource logs:UntagResource", "logs:DeleteDestination"],
    [ANYTHING, "", "logs:DescribeDestinations", "", ""],
  ],
  "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy": [
    [named("destinationName", DESTINATION, "logs", "destination:"), "logs:PutDestinationPolicy", "", "logs:PutDestinationPolicy", ""],
    [ANYTHING, "", "logs:DescribeDestinations", "", ""],
  ],
  "aws:iam/role:Role": [
    [role, "iam:CreateRole iam:TagRole", "iam:GetRole iam:GetRolePolicy iam:ListAttachedRolePolicies iam:ListRolePolicies", "iam:TagRole iam:UntagRole iam:UpdateAssumeRolePolicy", "iam:DeleteRole iam:ListInstanceProfilesForRole"],
  ],
  "aws:iam/rolePolicy:RolePolicy": [
    [role, "iam:PutRolePolicy", "iam:GetRolePolicy", "iam:PutRolePolicy", "iam:DeleteRolePolicy"],
  ],
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": [
    [itself("firehose", "deliverystream/"), "firehose:CreateDeliveryStream firehose:StartDeliveryStreamEncryption firehose:TagDeliveryStream", "firehose:DescribeDeliveryStream firehose:ListTagsForDeliveryStream", "firehose:StartDeliveryStreamEncryption firehose:StopDeliveryStreamEncryption firehose:TagDeliveryStream firehose:UntagDeliveryStream firehose:UpdateDestination", "firehose:DeleteDeliveryStream"],
    [key(({ serverSideEncryption }) => serverSideEncryption?.keyArn), "kms:CreateGrant kms:DescribeKey", "", "kms:CreateGrant kms:DescribeKey kms:RevokeGrant", "kms:DescribeKey kms:RevokeGrant", { through: "firehose" }],
  ],
  // GetFunction returns tags only to callers with lambda:ListTags (Lambda API). AWS:
  // lambda/latest/dg/configuration-envvars-encryption.html.
  [FUNCTION]: [
    [itself("lambda", "function:"), "lambda:CreateFunction lambda:TagResource", "lambda:GetFunction lambda:GetFunctionCodeSigningConfig lambda:ListTags lambda:ListVersionsByFunction", "lambda:TagResource lambda:UntagResource lambda:UpdateFunctionCode lambda:UpdateFunctionConfiguration", "lambda:DeleteFunction"],
    [key(({ kmsKeyArn }) => kmsKeyArn), "kms:CreateGrant kms:DescribeKey kms:Encrypt kms:GenerateDataKey", "kms:Decrypt", "kms:CreateGrant kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey", "", { if: ({ kmsKeyArn }) => kmsKeyArn !== undefined, through: "lambda" }],
  ],
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": [
    [functionOf("functionName"), "lambda:PutFunctionEventInvokeConfig", "lambda:GetFunctionEventInvokeConfig", "lambda:PutFunctionEventInvokeConfig lambda:UpdateFunctionEventInvokeConfig", "lambda:DeleteFunctionEventInvokeConfig"],
  ],
  "aws:lambda/permission:Permission": [
    [functionOf("function"), "lambda:AddPermission", "lambda:GetPolicy", "", "lambda:RemovePermission"],
  ],
};
