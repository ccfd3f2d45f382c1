import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { Ingestion } from "./arguments";
import type { Etl } from "./etl";
import type { Firehose } from "./firehose";
import { withRoomFor } from "./function-policy";
import { arnIn, createRole, type Place } from "./iam";
import type { Lake } from "./lake";
import { createDestinations } from "./producers";
import { createLogGroups, type FormatGroup, readGroups } from "./read-groups";
import type { Settings } from "./settings";
import { formatOf, logGroupPrefix, writtenFormats } from "./settings/formats";
import type { Source } from "./settings/source";
import { permissionName, type ReadGroup, subscribeFunction, subscribeStream } from "./subscription";

/** The resources that flow logs are connected to. */
interface CaptureArgs {
  settings: Settings;
  place: Place;
  lake: Lake;
  firehose: Firehose;
  etl: Etl;
}

/**
 * Declares the flow log of one source. AWS cannot change a flow log, so a change replaces it: the new one is made
 * first.
 */
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
      // EC2 takes no other interval for a transit gateway (EC2 API).
      maxAggregationInterval: isTransit ? 60 : settings.maxAggregationInterval,
      logFormat: formatOf(settings.formats, source).layout.format,
      ...to,
    },
    opts,
  );
};

/** Creates the role with which flow logs write to the log groups. */
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

/** Creates the flow logs of all sources. Each writes to the log group of its format. */
const flowLogsToGroups = (
  name: string,
  args: { settings: Settings; place: Place; groups: FormatGroup[]; subscriptions: pulumi.Resource[] },
  opts: pulumi.CustomResourceOptions,
) => {
  const { settings, place, groups, subscriptions } = args;
  if (settings.sources.length === 0) return [];
  const { role, policy } = createLoggerRole(
    name,
    place,
    groups.map(({ group }) => group),
    opts,
  );
  // The subscription delivers only lines that arrive after its creation.
  const waiting = { ...opts, dependsOn: [policy, ...subscriptions] };
  return settings.sources.map((source) => {
    const { digest } = formatOf(settings.formats, source);
    const written = groups.find((group) => group.digest === digest);
    const to = {
      logDestinationType: "cloud-watch-logs",
      logDestination: written?.group.arn,
      iamRoleArn: role.arn,
    };
    return createFlowLog(name, { settings, source, to }, waiting);
  });
};

/** Returns the function's name after a check that its policy has room for a statement of each log group. */
const invoked = (name: string, { settings, place, etl }: CaptureArgs, existing: ReadGroup[]) => {
  // The AWS provider adds 26 digits to a prefix.
  const own = writtenFormats(settings.formats, settings.sources).map(({ digest }) => ({
    permission: permissionName(name, digest),
    name: `${logGroupPrefix(name, digest)}${"0".repeat(26)}`,
  }));
  const others = existing.map(({ key, name: group }) => ({
    permission: permissionName(name, key),
    name: group,
  }));
  return withRoomFor(place, etl.function.name, own, others);
};

/** Captures through CloudWatch Logs: flow logs write to log groups, and subscriptions read those and existing ones. */
const captureLogs = (name: string, args: CaptureArgs, opts: pulumi.CustomResourceOptions) => {
  const { settings, place, lake, firehose, etl } = args;
  const groups = createLogGroups(name, args, opts);
  const all = readGroups(args, groups);
  const existing = all.slice(groups.length);
  const subscribe =
    settings.ingestion === Ingestion.LAMBDA
      ? subscribeFunction(name, { settings, place, etl, functionName: invoked(name, args, existing) }, opts)
      : subscribeStream(name, { settings, place, lake, stream: firehose.stream }, opts);
  const read = all.map((group) => ({ ...group, subscription: subscribe(group) }));
  const subscriptions = read.map(({ subscription }) => subscription);
  return {
    logGroups: groups,
    read,
    flowLogs: flowLogsToGroups(name, { settings, place, groups, subscriptions }, opts),
  };
};

/** Captures without CloudWatch Logs: flow logs write to their format's stream. */
const captureDirectly = (name: string, args: CaptureArgs, opts: pulumi.CustomResourceOptions) => {
  const { settings, firehose } = args;
  const flowLogs = settings.sources.map((source) => {
    const { digest } = formatOf(settings.formats, source);
    const stream = firehose.streams.find((candidate) => candidate.digest === digest);
    const to = { logDestinationType: "kinesis-data-firehose", logDestination: stream?.stream.arn };
    return createFlowLog(name, { settings, source, to }, opts);
  });
  return { logGroups: [], read: [], flowLogs };
};

/** Creates the flow logs of all sources, and the path of their lines to the ETL. */
export const createCapture = (name: string, args: CaptureArgs, opts: pulumi.CustomResourceOptions) => {
  const { settings, place, lake, firehose } = args;
  const capture = settings.ingestion === Ingestion.DIRECT ? captureDirectly : captureLogs;
  return {
    ...capture(name, args, opts),
    destinations: createDestinations(name, { settings, place, lake, stream: firehose.stream }, opts),
  };
};

export type Capture = ReturnType<typeof createCapture>;
