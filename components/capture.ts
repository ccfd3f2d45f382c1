import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { Ingestion } from "./arguments";
import type { Etl } from "./etl";
import type { Firehose } from "./firehose";
import { type Format, logGroupPrefix, writtenFormats } from "./formats";
import { arnIn, createRole, type Place } from "./iam";
import type { Lake } from "./lake";
import { besideOwn } from "./log-groups";
import { createDestinations } from "./producers";
import type { Settings } from "./settings";
import type { Source } from "./sources";
import { type ReadGroup, subscribeFunction, subscribeStream } from "./subscription";

/** What capture is connected to. */
interface CaptureArgs {
  settings: Settings;
  place: Place;
  lake: Lake;
  firehose: Firehose;
  etl: Etl;
}

const formatOf = ({ formats }: Settings, { property }: Source): Format =>
  (property === "transitGatewayId" ? formats.transit : undefined) ?? formats.vpc;

/** The flow log of one source. Nothing of it can be changed: a change makes a new one and then removes the old. */
const createFlowLog = (
  name: string,
  args: { settings: Settings; source: Source; to: Partial<ec2.FlowLogArgs> },
  opts: pulumi.CustomResourceOptions,
) => {
  const { settings, source, to } = args;
  const isTransit = source.property === "transitGatewayId";
  const ofVpc = {
    trafficType: settings.trafficType,
    ...(settings.tagFields.length > 0 ? { tagFieldSpecifications: settings.tagFields } : {}),
  };
  return new ec2.FlowLog(
    `${name}-flow-log-${source.key}`,
    {
      [source.property]: source.id,
      ...(isTransit ? {} : ofVpc),
      // A transit gateway knows no other interval (EC2 API).
      maxAggregationInterval: isTransit ? 60 : settings.maxAggregationInterval,
      logFormat: formatOf(settings, source).layout.format,
      ...to,
    },
    opts,
  );
};

/** The log group of each format, whose name says which. It stays behind with its logs unless they may be deleted. */
const createLogGroups = (name: string, { settings, lake }: CaptureArgs, opts: pulumi.CustomResourceOptions) =>
  writtenFormats(settings.formats, settings.sources).map(({ digest }) => {
    const group = new cloudwatch.LogGroup(
      `${name}-flow-logs-${digest}`,
      {
        namePrefix: logGroupPrefix(name, digest),
        kmsKeyId: lake.keyArn,
        retentionInDays: settings.logRetentionInDays,
      },
      { ...opts, retainOnDelete: !settings.forceDestroy },
    );
    return { digest, group };
  });

/** A role for flow logs to write to the log groups. */
const createLoggerRole = (
  name: string,
  place: Place,
  groups: cloudwatch.LogGroup[],
  opts: pulumi.CustomResourceOptions,
) =>
  createRole(
    `${name}-flow-logs`,
    {
      place,
      service: "vpc-flow-logs",
      sources: [arnIn(place, "ec2", "vpc-flow-log/*")],
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
          Resource: groups.map(({ arn }) => pulumi.interpolate`${arn}:*`),
        },
      ],
    },
    opts,
  );

/** Through CloudWatch Logs: flow logs write to log groups, and those and others are read. */
const captureLogs = (name: string, args: CaptureArgs, opts: pulumi.CustomResourceOptions) => {
  const { settings, place, lake, firehose, etl } = args;
  const groups = createLogGroups(name, args, opts);
  const subscribe =
    settings.ingestion === Ingestion.LAMBDA
      ? subscribeFunction(name, { settings, place, etl }, opts)
      : subscribeStream(name, { settings, place, lake, stream: firehose.stream }, opts);
  const names = groups.map(({ group }) => group.name);
  const existing: ReadGroup[] = settings.existingLogGroups.map((entry) => {
    const name = besideOwn(entry, names);
    const arn = arnIn(place, "logs", pulumi.interpolate`log-group:${name}`);
    return { key: `existing-${entry[0]}`, name, arn };
  });
  const own: ReadGroup[] = groups.map(({ digest, group }) => ({
    key: digest,
    name: group.name,
    arn: group.arn,
  }));
  const subscriptions = [...own, ...existing].map(subscribe);
  if (settings.sources.length === 0) return { logGroups: groups, flowLogs: [] };
  const { role, policy } = createLoggerRole(
    name,
    place,
    groups.map(({ group }) => group),
    opts,
  );
  const flowLogs = settings.sources.map((source) => {
    const { digest } = formatOf(settings, source);
    const written = groups.find((group) => group.digest === digest);
    const to = {
      logDestinationType: "cloud-watch-logs",
      logDestination: written?.group.arn,
      iamRoleArn: role.arn,
    };
    // A line that came before the subscription would never reach the lake.
    return createFlowLog(name, { settings, source, to }, { ...opts, dependsOn: [policy, ...subscriptions] });
  });
  return { logGroups: groups, flowLogs };
};

/** Without CloudWatch Logs: flow logs write to their format's stream. */
const captureDirectly = (name: string, args: CaptureArgs, opts: pulumi.CustomResourceOptions) => {
  const { settings, firehose } = args;
  const flowLogs = settings.sources.map((source) => {
    const { digest } = formatOf(settings, source);
    const stream = firehose.streams.find((candidate) => candidate.digest === digest);
    const to = { logDestinationType: "kinesis-data-firehose", logDestination: stream?.stream.arn };
    return createFlowLog(name, { settings, source, to }, opts);
  });
  return { logGroups: [], flowLogs };
};

/** Capture: the flow logs of every source, in their format, on their way to the ETL. */
export const createCapture = (name: string, args: CaptureArgs, opts: pulumi.CustomResourceOptions) => {
  const { settings, place, lake, firehose } = args;
  const capture = settings.ingestion === Ingestion.DIRECT ? captureDirectly : captureLogs;
  return {
    ...capture(name, args, opts),
    destinations: createDestinations(name, { settings, place, lake, stream: firehose.stream }, opts),
  };
};

export type Capture = ReturnType<typeof createCapture>;
