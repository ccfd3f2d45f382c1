import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as pulumi from "@pulumi/pulumi";
import { Ingestion } from "./arguments";
import { createDashboard } from "./dashboard";
import type { Place } from "./iam";
import { PREFIX } from "./lifecycle";

/** A resource to watch: its name in AWS, and the word that tells it from others of its kind. */
export interface Named {
  key: string;
  name: pulumi.Input<string>;
}

/** What is watched, in the order of the flow, by the names that AWS gives. */
export interface Watched {
  /** The log groups that are read; none with DIRECT. */
  logGroups: Named[];
  functionName: pulumi.Input<string>;
  /** The function's timeout, in seconds. */
  functionTimeout: number;
  /** The delivery streams. A key, such as `stream`, begins the names of its alarms. */
  streams: Named[];
  bucketName: pulumi.Input<string>;
  workgroupName: pulumi.Input<string>;
}

/** The settings that monitoring follows. */
interface MonitorSettings {
  alarmTopic?: pulumi.Input<string>;
  ingestion: Ingestion;
  bufferingInterval: number;
}

/** Above this there is an alarm; the dashboard draws the same lines. */
export interface Limits {
  durationMilliseconds: number;
  unparsedPercent: number;
  freshnessSeconds: number;
}

const limitsOf = (settings: MonitorSettings, watched: Watched): Limits => ({
  durationMilliseconds: watched.functionTimeout * 1000 * 0.8,
  // One odd line among thousands is nobody's concern.
  unparsedPercent: 1,
  // Ten minutes for converting, writing and a few tries: AWS's advice, 15 minutes, at the default interval.
  freshnessSeconds: settings.bufferingInterval + 600,
});

/** Without traffic there is nothing to count, and nothing is wrong. */
const ABOVE = {
  comparisonOperator: "GreaterThanThreshold",
  evaluationPeriods: 1,
  treatMissingData: "notBreaching",
};
/** Any at all in five minutes. */
const COUNT = { ...ABOVE, statistic: "Sum", threshold: 0, period: 300 };
/** In each five minutes of fifteen: what ends sooner was made good by trying again. */
const SUSTAINED = { ...COUNT, evaluationPeriods: 3 };
/** The most in five minutes. */
const MOST = { ...ABOVE, statistic: "Maximum", period: 300 };
/** An age. One that is not told anew is not a young one, so the last state stands. */
const AGE = { ...MOST, treatMissingData: "ignore" };
/** A share, 1 if every try succeeded, in 15 minutes, the longest buffering interval; without a try the last state stands. */
const SHARE = {
  comparisonOperator: "LessThanThreshold",
  evaluationPeriods: 1,
  treatMissingData: "ignore",
  statistic: "Average",
  threshold: 1,
  period: 900,
};

/** How the alarm's name ends, the metric, when, and what it means. */
type Row = [what: string, metricName: string, rule: Partial<cloudwatch.MetricAlarmArgs>, says: string];

// biome-ignore format: a table, one alarm after the other
const functionRows = (kept: string, limits: Limits): Row[] => [
  ["etl-errors", "Errors", COUNT,
    `The ETL failed: its lines are late while they are tried again, and in the end kept in the bucket under ${kept}; read the error in the function's log group.`],
  ["etl-throttles", "Throttles", SUSTAINED,
    `Lambda had no concurrency left for the ETL for 15 minutes: lines are late while they are tried again, and in the end kept in the bucket under ${kept}; raise the account's concurrency or free what other functions reserve.`],
  ["etl-duration", "Duration", { ...MOST, threshold: limits.durationMilliseconds },
    "An invocation took more than 80 % of the function's timeout: nothing is missing yet, but one that takes longer fails and is tried again as a whole; see which step takes the time and whether the stream throttles."],
];

/** Of the events that Lambda queues for the function: those it gave up on, and those it could not even keep. */
// biome-ignore format: a table, one alarm after the other
const queueRows = (kept: string): Row[] => [
  ["etl-failed-events", "AsyncEventsDropped", COUNT,
    `Lambda gave up on an event: its lines are missing from the table but kept in the bucket under ${kept}; remove the cause, then invoke the function with each object's requestPayload.`],
  ["etl-lost-events", "DestinationDeliveryFailures", COUNT,
    "Lambda could not keep a failed event in the bucket: its lines are lost, but for the flow logs' log group, which has them until its retention ends; check the function's access to the bucket and its key."],
];

// biome-ignore format: a table, one alarm after the other
const streamRows = (limits: Limits): Row[] => [
  ["freshness", "DeliveryToS3.DataFreshness", { ...AGE, threshold: limits.freshnessSeconds },
    `The oldest row in the stream has waited for more than ${limits.freshnessSeconds} s: rows are late, and lost if Firehose cannot deliver them within 24 hours; read the stream's log group.`],
  ["delivery", "DeliveryToS3.Success", SHARE,
    "Firehose failed to write to the bucket: rows are late while it tries again, and lost after 24 hours; check its role, the bucket's policy and the key, and read the stream's log group."],
  ["conversion", "FailedConversion.Records", COUNT,
    `Firehose could not convert records to Parquet: their rows are missing from the table but kept in the bucket under ${PREFIX.errors}format-conversion-failed/; read the ErrorMessage there and compare with the table's columns.`],
  ["throttled", "ThrottledRecords", SUSTAINED,
    "The stream turned records away for 15 minutes: rows are late while their sender tries again, and missing once it gives up; ask AWS for a higher limit of the stream's throughput."],
];

/** Of records that a stream has the function parse: one that it could not is no error of the invocation. */
// biome-ignore format: a table, one alarm after the other
const recordRows = (kept: string): Row[] => [
  ["etl-failed-records", "failedRecords", { ...COUNT, namespace: "FlowLogAnalytics" },
    `The ETL could not read a record, or its rows did not fit into the answer: its lines are missing from the table but kept in the bucket under ${kept}; read the reason, why, in the function's log group.`],
];

/** Of a stream that calls the function. */
// biome-ignore format: a table, one alarm after the other
const callRows = (kept: string): Row[] => [
  ["processing", "ExecuteProcessing.Success", SHARE,
    `Firehose's calls of the ETL failed: lines are late while it tries again, and then missing from the table but kept in the bucket under ${kept}; look for the function's errors, throttles and timeouts.`],
];

/** Of the lines, by the ETL's own count. */
const unparsedShare = (watched: Watched, limits: Limits) => ({
  ...ABOVE,
  threshold: limits.unparsedPercent,
  metricQueries: [
    { id: "share", expression: "100 * unparsed / lines", label: "unparsed, percent", returnData: true },
    ...["unparsed", "lines"].map((metricName) => {
      const dimensions = { FunctionName: watched.functionName };
      const metric = { namespace: "FlowLogAnalytics", metricName, dimensions, stat: "Sum", period: 900 };
      return { id: metricName, metric };
    }),
  ],
  alarmDescription: `More than ${limits.unparsedPercent} % of the lines in 15 minutes do not fit the format: none is lost, each is in the table's column unparsed, whole; compare some with the fields that the flow log writes.`,
});

/** Monitor: an alarm for all that makes rows late or lost, and a dashboard that reads like the pipeline. */
export const createMonitor = (
  name: string,
  args: { settings: MonitorSettings; place: Place; watched: Watched },
  opts: pulumi.CustomResourceOptions,
) => {
  const { settings, place, watched } = args;
  const { alarmTopic, ingestion } = settings;
  const limits = limitsOf(settings, watched);
  const actions = alarmTopic === undefined ? [] : [alarmTopic];
  const alarm = (what: string, rule: cloudwatch.MetricAlarmArgs) =>
    new cloudwatch.MetricAlarm(
      `${name}-alarm-${what}`,
      { ...rule, alarmActions: actions, okActions: actions },
      opts,
    );
  const each = (rows: Row[], of: cloudwatch.MetricAlarmArgs, prefix = "") =>
    rows.map(([what, metricName, rule, alarmDescription]) =>
      alarm(`${prefix}${what}`, { ...of, metricName, ...rule, alarmDescription }),
    );
  // Who calls the function decides who tries again, and where a line ends that it fails on for good.
  const isQueued = ingestion === Ingestion.LAMBDA;
  const kept = isQueued ? PREFIX.failedEvents : `${PREFIX.errors}processing-failed/`;
  const ofEtl = [...functionRows(kept, limits), ...(isQueued ? queueRows : recordRows)(kept)];
  const ofStream = [...streamRows(limits), ...(isQueued ? [] : callRows(kept))];

  const alarms = [
    ...each(ofEtl, { namespace: "AWS/Lambda", dimensions: { FunctionName: watched.functionName } }),
    alarm("etl-unparsed", unparsedShare(watched, limits)),
    ...watched.streams.flatMap((stream) => {
      const of = { namespace: "AWS/Firehose", dimensions: { DeliveryStreamName: stream.name } };
      return each(ofStream, of, `${stream.key}-`);
    }),
  ];
  return { alarms, dashboard: createDashboard(name, { place, watched, limits, ingestion, alarms }, opts) };
};
