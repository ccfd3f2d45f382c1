import { type DeclaredResource, runProgram } from "../local/program";
import { table } from "./markdown";

const WAYS = ["LAMBDA", "SUBSCRIPTION", "DIRECT"];

/** The alarm's heading in docs/alarms.md: its name without what tells one stream or log group from another. */
export const sectionOf = (name: string): string =>
  name
    .replace(/^flows-alarm-/, "")
    .replace(/^(logs|stream)-(existing-[a-z0-9-]+|f[0-9a-f]{7})-(?=[a-z]+$)/, "$1-");

export const isAlarm = ({ type }: DeclaredResource) => type === "aws:cloudwatch/metricAlarm:MetricAlarm";

type Inputs = DeclaredResource["inputs"];

/** The metrics that an alarm watches, each of which is billed. */
const metricsOf = ({ metricName, namespace, metricQueries = [] }: Inputs): string[] => [
  ...(metricName ? [`${namespace} \`${metricName}\``] : []),
  ...metricQueries.flatMap(({ metric, expression }: Inputs) => {
    if (metric) return [`${metric.namespace} \`${metric.metricName}\``];
    const [, name, from] = /^SELECT SUM\((\w+)\) FROM "([\w/]+)"/.exec(expression) ?? [];
    return name ? [`${from} \`${name}\``] : [];
  }),
];

const minutes = (seconds: number) => (seconds % 3600 === 0 ? `${seconds / 3600} h` : `${seconds / 60} min`);

/** When an alarm goes off, such as `sum > 0 in 3 × 5 min`. */
const when = ({ metricQueries = [], ...rule }: Inputs): string => {
  const [first = {}, ...more] = metricQueries;
  const expression = more.length > 0 ? `\`${first.expression}\`` : "";
  const statistic = expression || (rule.statistic ?? "Sum").toLowerCase();
  const period = rule.period ?? first.period ?? more[0]?.metric.period;
  const sign = rule.comparisonOperator === "GreaterThanThreshold" ? ">" : "<";
  const times = rule.evaluationPeriods === 1 ? "" : `${rule.evaluationPeriods} × `;
  return `${statistic} ${sign} ${rule.threshold} in ${times}${minutes(period)}`;
};

const MISSING: Record<string, string> = {
  breaching: "the alarm",
  notBreaching: "no alarm",
  ignore: "as before",
};

const known = new Map<string, Promise<DeclaredResource[]>>();

/** The alarms of a stack with this way in. The program runs once for each. */
export const alarmsWith = (ingestion: string): Promise<DeclaredResource[]> => {
  const found =
    known.get(ingestion) ??
    runProgram("dev", { ingestion }).then(({ resources }) => resources.filter(isAlarm));
  known.set(ingestion, found);
  return found;
};

/** Every alarm that a stack has in any of the ways in, for docs/alarms.md. */
export const alarms = async (): Promise<string> => {
  const rows = new Map<string, { ways: string[]; inputs: Inputs }>();
  for (const way of WAYS)
    for (const { name, inputs } of await alarmsWith(way)) {
      const row = rows.get(sectionOf(name)) ?? { ways: [], inputs };
      rows.set(sectionOf(name), { ...row, ways: [...row.ways, way] });
    }
  return table(
    ["alarm", "with", "watches", "goes off at", "missing data is"],
    [...rows].map(([section, { ways, inputs }]) => [
      `[${section}](#${section})`,
      ways.length === WAYS.length ? "all" : ways.join(", "),
      metricsOf(inputs).join(", "),
      when(inputs),
      MISSING[inputs.treatMissingData],
    ]),
  );
};

/** US dollars a month in us-east-1. */
export const PRICES = { metric: 0.1, dashboard: 3 };
const SOURCE =
  "infracost, the expected output of its tests `cloudwatch_metric_alarm` and `cloudwatch_dashboard`, as it was on 2026-11-28";

/** Computes the cost of alarms and dashboard with one VPC, for docs/alarms.md. */
export const alarmCosts = async (): Promise<string> => {
  const rows: string[][] = [];
  for (const way of WAYS) {
    const all = await alarmsWith(way);
    const metrics = all.flatMap(({ inputs }) => metricsOf(inputs)).length;
    const dollars = metrics * PRICES.metric + PRICES.dashboard;
    rows.push([way, String(all.length), String(metrics), dollars.toFixed(2)]);
  }
  return [
    table(["way in", "alarms", "metrics in them", "US dollars a month, with the dashboard"], rows),
    `An alarm is billed by the metrics that it watches: ${PRICES.metric.toFixed(2)} each, and ${PRICES.dashboard.toFixed(2)} for the dashboard (us-east-1;\n${SOURCE}).`,
  ].join("\n\n");
};
