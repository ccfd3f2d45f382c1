import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as iam from "@pulumi/aws/iam";
import type * as kinesis from "@pulumi/aws/kinesis";
import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import type { Etl } from "./etl";
import { arnIn, createRole, type Place, puttingInto, type Sources } from "./iam";
import type { Lake } from "./lake";
import type { Settings } from "./settings";

/** A log group to read. */
export interface ReadGroup {
  /** Part of the names of the resources that read it. */
  key: string;
  name: pulumi.Input<string>;
  arn: pulumi.Input<string>;
  /** True if flow logs write to it now. */
  isWritten: boolean;
}

/** Creates the subscription filter for all events of a log group. */
type Subscribe = (group: ReadGroup) => cloudwatch.LogSubscriptionFilter;

/** Creates the role with which CloudWatch Logs puts the events of these accounts' log groups into the stream. */
export const createWriterRole = (
  name: string,
  args: {
    place: Place;
    lake: Lake;
    stream: kinesis.FirehoseDeliveryStream;
    sources: Sources;
    accounts?: pulumi.Input<string>[];
  },
  opts: pulumi.CustomResourceOptions,
): { role: iam.Role; policy: iam.RolePolicy } => {
  const { stream, lake, ...rest } = args;
  const statements = puttingInto({
    Action: ["firehose:PutRecord", "firehose:PutRecordBatch"],
    streamArn: stream.arn,
    place: args.place,
    keyArns: lake.keyArns,
  });
  return createRole(name, { ...rest, service: "logs", statements }, opts);
};

/** Returns the logical name of the permission with which a log group invokes the function. */
export const permissionName = (name: string, key: string): string => `${name}-subscription-permission-${key}`;

/** Subscribes log groups to the function. Only these log groups of this account may invoke it. */
export const subscribeFunction =
  (
    name: string,
    args: { settings: Settings; place: Place; etl: Etl; functionName: pulumi.Input<string> },
    opts: pulumi.CustomResourceOptions,
  ): Subscribe =>
  (group) => {
    const { settings, place, etl, functionName } = args;
    const permission = new lambda.Permission(
      permissionName(name, group.key),
      {
        function: functionName,
        action: "lambda:InvokeFunction",
        principal: "logs.amazonaws.com",
        sourceArn: pulumi.interpolate`${group.arn}:*`,
        sourceAccount: place.accountId,
      },
      opts,
    );
    return new cloudwatch.LogSubscriptionFilter(
      `${name}-subscription-${group.key}`,
      {
        logGroup: group.name,
        destinationArn: etl.function.arn,
        filterPattern: settings.filterPattern,
      },
      // An event that arrives before the retries and the failure destination are set could be lost.
      { ...opts, dependsOn: [permission, ...(etl.failures ? [etl.failures] : [])] },
    );
  };

/** Subscribes log groups to the stream. */
export const subscribeStream = (
  name: string,
  args: { settings: Settings; place: Place; lake: Lake; stream: kinesis.FirehoseDeliveryStream },
  opts: pulumi.CustomResourceOptions,
): Subscribe => {
  const { settings, place, lake, stream } = args;
  const sources = [arnIn(place, "logs", "*")];
  const { role, policy } = createWriterRole(`${name}-subscribe`, { place, lake, stream, sources }, opts);
  return (group) =>
    new cloudwatch.LogSubscriptionFilter(
      `${name}-stream-subscription-${group.key}`,
      {
        logGroup: group.name,
        destinationArn: stream.arn,
        roleArn: role.arn,
        filterPattern: settings.filterPattern,
      },
      { ...opts, dependsOn: policy },
    );
};
