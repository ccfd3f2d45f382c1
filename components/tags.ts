import type * as pulumi from "@pulumi/pulumi";

/** Types of children that accept tags. */
export const TAGGABLE: ReadonlySet<string> = new Set([
  "aws:athena/workgroup:Workgroup",
  "aws:cloudwatch/logDestination:LogDestination",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  "aws:ec2/flowLog:FlowLog",
  "aws:glue/catalogDatabase:CatalogDatabase",
  "aws:iam/role:Role",
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  "aws:kms/key:Key",
  "aws:lambda/function:Function",
  "aws:s3/bucket:Bucket",
  "aws:scheduler/scheduleGroup:ScheduleGroup",
  "aws:sfn/stateMachine:StateMachine",
  "aws:sqs/queue:Queue",
]);

/** Adds these tags to every child that accepts tags. */
export const tagging =
  (tags: Record<string, pulumi.Input<string>> | undefined): pulumi.ResourceTransformation =>
  ({ type, props, opts }) =>
    tags && TAGGABLE.has(type) ? { props: { ...props, tags: { ...tags, ...props.tags } }, opts } : undefined;
