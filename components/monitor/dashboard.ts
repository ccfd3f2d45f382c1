import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import type { Ingestion } from "../arguments";
import type { Place } from "../iam";
import { dashboardName } from "../names";
import type { Graph } from "./graphs";
import { stagesOf } from "./stages";
import type { Limits, Watched } from "./watched";

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

/** Creates the dashboard: the state of every alarm, and below it the stages in the order of the flow. */
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
    [{ type: "alarm", height: 5, properties: states }],
    ...stagesOf(args.watched, args.limits, args.ingestion).flatMap(({ title, says, rows }) => [
      [{ type: "text", height: 2, properties: { markdown: `## ${title}\n${says}` } }],
      // CloudWatch refuses a graph without metrics, and a stack without log groups has none for capture.
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
  // Dashboard names are global in an account: a second stack's PutDashboard would overwrite the first's.
  return new cloudwatch.Dashboard(
    `${name}-dashboard`,
    {
      dashboardName: pulumi.interpolate`${dashboardName(name)}-${region}`,
      dashboardBody: pulumi.jsonStringify({ widgets }),
    },
    opts,
  );
};
