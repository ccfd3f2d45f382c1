import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { Ingestion } from "./arguments";
import type { Place } from "./iam";
import type { Limits, Named, Watched } from "./monitor";
import { dashboardName } from "./names";

/** A line of a graph, as CloudWatch writes it: namespace, metric, dimensions and options, or an expression alone. */
type Metric = (pulumi.Input<string> | Record<string, pulumi.Input<string> | boolean>)[];

interface Graph {
  title: string;
  metrics: Metric[];
  /** Sum, if absent. */
  stat?: string;
  /** In seconds; five minutes, if absent. */
  period?: number;
  stacked?: boolean;
  /** Where the alarm begins. */
  limit?: number;
}

/** A part of the pipeline: a heading, and graphs from left to right, up to four to a row. */
interface Stage {
  title: string;
  says: string;
  rows: Graph[][];
}

/** The same metrics of each resource, told apart by key where there are several. */
const ofEach = (namespace: string, dimension: string, all: Named[], names: string[]): Metric[] =>
  all.flatMap(({ key, name }) =>
    names.map((metric) => {
      const label = all.length > 1 ? `${key} ${metric}` : metric;
      return [namespace, metric, dimension, name, { label }];
    }),
  );

/** Metrics with a dimension that is known when there are some: whatever is found, a line each. */
const search = (id: string, schema: string, terms: pulumi.Input<string>, stat: string): Metric => [
  { id, expression: pulumi.interpolate`SEARCH('{${schema}} ${terms}', '${stat}', 300)` },
];

/** What there is to see of a function whose events Lambda queues, and which sends to the stream. */
const QUEUED = {
  ends: ["AsyncEventsDropped", "DestinationDeliveryFailures"],
  bytes: ["rawBytes", "sentBytes", "billedBytes"],
  steps: ["decodeMilliseconds", "transformMilliseconds", "deliverMilliseconds"],
  records: ["retries"],
  tries: ["DeliveryToS3.Success"],
};

/** And of one that the stream calls. */
const CALLED = {
  ends: [],
  bytes: ["rawBytes", "sentBytes"],
  steps: ["transformMilliseconds"],
  records: ["failedRecords"],
  tries: ["DeliveryToS3.Success", "ExecuteProcessing.Success"],
};

const stagesOf = (watched: Watched, limits: Limits, ingestion: Ingestion): Stage[] => {
  const { logGroups, functionName, streams, bucketName, workgroupName } = watched;
  const way = ingestion === Ingestion.LAMBDA ? QUEUED : CALLED;
  const groups = (...names: string[]) => ofEach("AWS/Logs", "LogGroupName", logGroups, names);
  const handedOn = logGroups.map(({ name }, n) =>
    search(
      `group${n}`,
      "AWS/Logs,DestinationType,FilterName,LogGroupName",
      pulumi.interpolate`LogGroupName="${name}" MetricName=("ForwardedLogEvents" OR "DeliveryErrors" OR "DeliveryThrottling")`,
      "Sum",
    ),
  );
  const own = (...names: string[]) =>
    names.map((name): Metric => ["FlowLogAnalytics", name, "FunctionName", functionName]);
  const lambda = (...names: string[]) =>
    names.map((name): Metric => ["AWS/Lambda", name, "FunctionName", functionName]);
  const unparsed = [
    [{ id: "share", label: "unparsed", expression: "100 * unparsed / lines" }],
    ...["unparsed", "lines"].map((id) => [...own(id)[0], { id, visible: false }]),
  ];
  const stream = (...names: string[]) => ofEach("AWS/Firehose", "DeliveryStreamName", streams, names);
  const stored = (name: string, ...kinds: string[]) =>
    kinds.map((kind): Metric => ["AWS/S3", name, "BucketName", bucketName, "StorageType", kind]);
  // S3 measures once a day.
  const daily = { stat: "Average", period: 86_400 };
  const queries = (name: string, stat: string) => [
    search(
      "queries",
      "AWS/Athena,QueryState,QueryType,WorkGroup",
      pulumi.interpolate`WorkGroup="${workgroupName}" MetricName="${name}"`,
      stat,
    ),
  ];

  // biome-ignore format: a table, one graph a line
  return [
    { title: "capture", says: "Flow logs as they reach CloudWatch Logs, and what it hands on.", rows: [[
      { title: "Lines", metrics: groups("IncomingLogEvents") },
      { title: "Bytes", metrics: groups("IncomingBytes") },
      { title: "Lines handed on, refused, held up", metrics: handedOn },
    ]] },
    { title: "etl", says: "The Lambda function, which makes rows of lines.", rows: [[
      { title: "Lines", metrics: own("lines", "rows", "dropped", "unparsed", "shortened") },
      { title: "Unparsed lines, %", metrics: unparsed, limit: limits.unparsedPercent },
      { title: "Bytes", metrics: own(...way.bytes) },
    ], [
      { title: "Invocations", metrics: lambda("Invocations", "Errors", "Throttles", ...way.ends) },
      { title: "Longest invocation, ms", metrics: lambda("Duration"), stat: "Maximum", limit: limits.durationMilliseconds },
      { title: "Time by step, ms", metrics: own(...way.steps), stat: "Average", stacked: true },
    ]] },
    { title: "firehose", says: "The delivery stream, which gathers records and converts them to Parquet.", rows: [[
      { title: "Records", metrics: [...stream("IncomingRecords", "ThrottledRecords"), ...own(...way.records)] },
      { title: "Conversion, records", metrics: stream("SucceedConversion.Records", "FailedConversion.Records") },
      { title: "Share of tries that succeed", metrics: stream(...way.tries), stat: "Average" },
      { title: "Age of the oldest row, s", metrics: stream("DeliveryToS3.DataFreshness"), stat: "Maximum", limit: limits.freshnessSeconds },
    ]] },
    { title: "lake", says: "What arrives in the bucket, and what is in it.", rows: [[
      { title: "Bytes delivered", metrics: stream("DeliveryToS3.Bytes") },
      { title: "Bytes stored", metrics: stored("BucketSizeBytes", "StandardStorage", "StandardIAStorage"), stacked: true, ...daily },
      { title: "Objects stored", metrics: stored("NumberOfObjects", "AllStorageTypes"), ...daily },
    ]] },
    { title: "query", says: "What is asked in the Athena workgroup, by kind and outcome.", rows: [[
      { title: "Queries", metrics: queries("TotalExecutionTime", "SampleCount") },
      { title: "Bytes scanned", metrics: queries("ProcessedBytes", "Sum") },
      { title: "Longest query, ms", metrics: queries("TotalExecutionTime", "Maximum") },
    ]] },
  ];
};

const graphOf = (graph: Graph, region: pulumi.Input<string>) => {
  const { title, metrics, stat = "Sum", period = 300, stacked = false, limit } = graph;
  const horizontal = limit === undefined ? [] : [{ label: "alarm", value: limit }];
  const yAxis = { left: { min: 0, showUnits: false } };
  const view = "timeSeries";
  const properties = {
    title,
    region,
    view,
    stacked,
    stat,
    period,
    yAxis,
    metrics,
    annotations: { horizontal },
  };
  return { type: "metric", height: 6, properties };
};

/** The dashboard: the state of every alarm, and below it the stages in the order of the flow. */
export const createDashboard = (
  name: string,
  args: {
    place: Place;
    watched: Watched;
    limits: Limits;
    ingestion: Ingestion;
    alarms: cloudwatch.MetricAlarm[];
  },
  opts: pulumi.CustomResourceOptions,
) => {
  const { region } = args.place;
  const states = { title: "Alarms", alarms: args.alarms.map(({ arn }) => arn) };
  const rows = [
    [{ type: "alarm", height: 4, properties: states }],
    ...stagesOf(args.watched, args.limits, args.ingestion).flatMap(({ title, says, rows }) => [
      [{ type: "text", height: 2, properties: { markdown: `## ${title}\n${says}` } }],
      // Nothing is captured in log groups that there are not, and CloudWatch refuses a graph of nothing.
      ...rows.map((row) =>
        row.filter(({ metrics }) => metrics.length > 0).map((graph) => graphOf(graph, region)),
      ),
    ]),
  ];
  let bottom = 0;
  const widgets = rows.flatMap((row) => {
    const y = bottom;
    const width = 24 / row.length;
    bottom += row[0]?.height ?? 0;
    return row.map((widget, n) => ({ ...widget, x: n * width, y, width }));
  });
  // An account's dashboards share their names over all regions, and a second one would replace the first.
  return new cloudwatch.Dashboard(
    `${name}-dashboard`,
    {
      dashboardName: pulumi.interpolate`${dashboardName(name)}-${region}`,
      dashboardBody: pulumi.jsonStringify({ widgets }),
    },
    opts,
  );
};
