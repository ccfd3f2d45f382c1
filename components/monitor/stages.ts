import * as pulumi from "@pulumi/pulumi";
import { Ingestion } from "../arguments";
import { ofEach, ofOne, type Stage, search } from "./graphs";
import type { Limits, Watched, WatchedDetections } from "./watched";

/** Graphs of a function that CloudWatch Logs invokes, through Lambda's queue, and that sends to the stream. */
const QUEUED = {
  ends: ["AsyncEventsDropped", "DestinationDeliveryFailures"],
  bytes: ["rawBytes", "sentBytes", "billedBytes"],
  steps: ["decodeMilliseconds", "transformMilliseconds", "deliverMilliseconds"],
  records: ["retries"],
  tries: ["DeliveryToS3.Success"],
};

/** Graphs of a function that the stream invokes. */
const CALLED = {
  ends: [],
  bytes: ["rawBytes", "sentBytes"],
  steps: ["transformMilliseconds"],
  records: ["failedRecords"],
  tries: ["DeliveryToS3.Success", "ExecuteProcessing.Success"],
};

type Shown = typeof QUEUED | typeof CALLED;

const own = ({ functionName }: Watched, ...names: string[]) =>
  ofOne("FlowLogAnalytics", "FunctionName", functionName, names);
const ofStreams = ({ streams }: Watched, ...names: string[]) =>
  ofEach("AWS/Firehose", "DeliveryStreamName", streams, names);

const capture = ({ logGroups }: Watched): Stage => {
  const groups = (...names: string[]) => ofEach("AWS/Logs", "LogGroupName", logGroups, names);
  const handedOn = logGroups.map(({ name }, n) =>
    search(
      `group${n}`,
      "AWS/Logs,DestinationType,FilterName,LogGroupName",
      pulumi.interpolate`LogGroupName="${name}" MetricName=("ForwardedLogEvents" OR "DeliveryErrors" OR "DeliveryThrottling")`,
      "Sum",
    ),
  );
  // biome-ignore format: a table, one graph a line
  return { title: "capture", says: "Flow logs as they reach CloudWatch Logs, and what it hands on.", rows: [[
    { title: "Lines", metrics: groups("IncomingLogEvents") },
    { title: "Bytes", metrics: groups("IncomingBytes") },
    { title: "Lines handed on, refused, held up", metrics: handedOn },
  ]] };
};

const etl = (watched: Watched, limits: Limits, shown: Shown): Stage => {
  const lambda = (...names: string[]) => ofOne("AWS/Lambda", "FunctionName", watched.functionName, names);
  const unparsed = [
    [{ id: "share", label: "unparsed", expression: "100 * unparsed / lines" }],
    ...["unparsed", "lines"].map((id) => [...own(watched, id)[0], { id, visible: false }]),
  ];
  // biome-ignore format: a table, one graph a line
  return { title: "etl", says: "The Lambda function, which makes rows of lines.", rows: [[
    { title: "Lines", metrics: own(watched, "lines", "rows", "dropped", "unparsed", "shortened") },
    { title: "Unparsed lines, %", metrics: unparsed, limit: limits.unparsedPercent },
    { title: "Bytes", metrics: own(watched, ...shown.bytes) },
  ], [
    { title: "Invocations", metrics: lambda("Invocations", "Errors", "Throttles", ...shown.ends) },
    { title: "Longest invocation, ms", metrics: lambda("Duration"), stat: "Maximum", limit: limits.durationMilliseconds },
    { title: "Time by step, ms", metrics: own(watched, ...shown.steps), stat: "Average", stacked: true },
  ]] };
};

const firehose = (watched: Watched, limits: Limits, shown: Shown): Stage => {
  const stream = (...names: string[]) => ofStreams(watched, ...names);
  const records = [...stream("IncomingRecords", "ThrottledRecords"), ...own(watched, ...shown.records)];
  // biome-ignore format: a table, one graph a line
  return { title: "firehose", says: "The delivery stream, which gathers records and converts them to Parquet.", rows: [[
    { title: "Records", metrics: records },
    { title: "Conversion, records", metrics: stream("SucceedConversion.Records", "FailedConversion.Records") },
    { title: "Share of tries that succeed", metrics: stream(...shown.tries), stat: "Average" },
    { title: "Age of the oldest row, s", metrics: stream("DeliveryToS3.DataFreshness"), stat: "Maximum", limit: limits.freshnessSeconds },
  ]] };
};

const lake = (watched: Watched): Stage => {
  const stored = (name: string, ...kinds: string[]) =>
    kinds.map((kind) => ["AWS/S3", name, "BucketName", watched.bucketName, "StorageType", kind]);
  // S3 publishes these metrics once a day.
  const daily = { stat: "Average", period: 86_400 };
  // biome-ignore format: a table, one graph a line
  return { title: "lake", says: "What arrives in the bucket, and what is in it.", rows: [[
    { title: "Bytes delivered", metrics: ofStreams(watched, "DeliveryToS3.Bytes") },
    { title: "Bytes stored", metrics: stored("BucketSizeBytes", "StandardStorage", "StandardIAStorage"), stacked: true, ...daily },
    { title: "Objects stored", metrics: stored("NumberOfObjects", "AllStorageTypes"), ...daily },
  ]] };
};

const query = ({ workgroupName }: Watched): Stage => {
  const queries = (name: string, stat: string) => [
    search(
      "queries",
      "AWS/Athena,QueryState,QueryType,WorkGroup",
      pulumi.interpolate`WorkGroup="${workgroupName}" MetricName="${name}"`,
      stat,
    ),
  ];
  // biome-ignore format: a table, one graph a line
  return { title: "query", says: "What is asked in the Athena workgroup, by kind and outcome.", rows: [[
    { title: "Queries", metrics: queries("TotalExecutionTime", "SampleCount") },
    { title: "Bytes scanned", metrics: queries("ProcessedBytes", "Sum") },
    { title: "Longest query, ms", metrics: queries("TotalExecutionTime", "Maximum") },
  ]] };
};

const detect = ({ machineArn, scheduleGroup, queueName }: WatchedDetections): Stage => {
  const schedules = (...names: string[]) => ofOne("AWS/Scheduler", "ScheduleGroup", scheduleGroup, names);
  const runs = (...names: string[]) => ofOne("AWS/States", "StateMachineArn", machineArn, names);
  const waiting = ofOne("AWS/SQS", "QueueName", queueName, ["ApproximateNumberOfMessagesVisible"]);
  // biome-ignore format: a table, one graph a line
  return { title: "detect", says: "Saved queries on a schedule, which look for attacks in what was stored.", rows: [[
    { title: "Starts of runs", metrics: schedules("InvocationAttemptCount", "TargetErrorCount", "TargetErrorThrottledCount", "InvocationThrottleCount", "InvocationDroppedCount") },
    { title: "Runs", metrics: runs("ExecutionsStarted", "ExecutionsSucceeded", "ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted") },
    { title: "Longest run, ms", metrics: runs("ExecutionTime"), stat: "Maximum" },
    { title: "Inputs that could not be started", metrics: waiting, stat: "Maximum", limit: 0 },
  ]] };
};

/** Returns the dashboard's parts, in the order of the flow. */
export const stagesOf = (watched: Watched, limits: Limits, ingestion: Ingestion): Stage[] => {
  const shown = ingestion === Ingestion.LAMBDA ? QUEUED : CALLED;
  return [
    capture(watched),
    etl(watched, limits, shown),
    firehose(watched, limits, shown),
    lake(watched),
    query(watched),
    ...(watched.detections ? [detect(watched.detections)] : []),
  ];
};
