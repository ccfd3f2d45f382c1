import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "./arguments";
import type { Etl } from "./etl";
import { arnIn, createRole, type Place } from "./iam";
import type { Lake } from "./lake";

/** The log group's one subscriber: the ETL, which only this group of this account may call. */
const subscribe = (
  name: string,
  args: { place: Place; etl: Etl; logGroup: cloudwatch.LogGroup },
  opts: pulumi.CustomResourceOptions,
) => {
  const { place, etl, logGroup } = args;
  const permission = new lambda.Permission(
    `${name}-subscription-permission`,
    {
      function: etl.function.name,
      action: "lambda:InvokeFunction",
      principal: "logs.amazonaws.com",
      sourceArn: pulumi.interpolate`${logGroup.arn}:*`,
      sourceAccount: place.accountId,
    },
    opts,
  );
  return new cloudwatch.LogSubscriptionFilter(
    `${name}-subscription`,
    {
      logGroup: logGroup.name,
      destinationArn: etl.function.arn,
      // Everything. A pattern that names fields would make CloudWatch Logs send each line several times over.
      filterPattern: "",
    },
    // An event that came before its retries and destination were set could be lost.
    { ...opts, dependsOn: [permission, etl.failures] },
  );
};

/** Capture: the VPCs' flow logs, in the configured format, into a log group that hands them to the ETL. */
export const createCapture = (
  name: string,
  args: { settings: Settings; place: Place; lake: Lake; etl: Etl },
  opts: pulumi.CustomResourceOptions,
) => {
  const { settings, place, lake, etl } = args;
  const logGroup = new cloudwatch.LogGroup(
    `${name}-flow-logs`,
    { kmsKeyId: lake.key.arn, retentionInDays: settings.logRetentionInDays },
    opts,
  );
  const subscription = subscribe(name, { place, etl, logGroup }, opts);
  const { role, policy } = createRole(
    `${name}-flow-logs`,
    {
      place,
      service: "vpc-flow-logs",
      source: arnIn(place, "ec2", "vpc-flow-log/*"),
      statements: [
        {
          Sid: "WriteTheLogs",
          Effect: "Allow",
          Action: [
            "logs:CreateLogStream",
            "logs:DescribeLogGroups",
            "logs:DescribeLogStreams",
            "logs:PutLogEvents",
          ],
          Resource: [logGroup.arn, pulumi.interpolate`${logGroup.arn}:*`],
        },
      ],
    },
    opts,
  );
  const flowLogs = Object.entries(settings.vpcs).map(
    ([key, vpcId]) =>
      new ec2.FlowLog(
        `${name}-flow-log-${key}`,
        {
          vpcId,
          trafficType: "ALL",
          maxAggregationInterval: settings.maxAggregationInterval,
          logFormat: settings.layout.format,
          logDestinationType: "cloud-watch-logs",
          logDestination: logGroup.arn,
          iamRoleArn: role.arn,
        },
        // A line that came before the subscription would never reach the lake.
        { ...opts, dependsOn: [policy, subscription] },
      ),
  );
  return { logGroup, flowLogs };
};
