import { alarmCostOf, isAlarm, metricsOf, PRICES } from "../../cli/plan/alarms";
import { type DeclaredResource, runProgram } from "../../local/program";
import { table } from "./markdown";

const WAYS = ["LAMBDA", "SUBSCRIPTION", "DIRECT"];

/** Returns the alarm's heading in docs/alarms.md: its name without the part for one stream or log group. */
export const sectionOf = (name: string): string =>
  name
    .replace(/^flows-alarm-/, "")
    .replace(/^(logs|stream)-(existing-[a-z0-9-]+|f[0-9a-f]{7})-(?=[a-z]+$)/, "$1-");

const minutes = (seconds: number) => (seconds % 3600 === 0 ? `${seconds / 3600} h` : `${seconds / 60} min`);

/** Returns the condition of an alarm, such as `sum > 0 in 3 × 5 min`. */
const when = ({ metricQueries = [], ...rule }: DeclaredResource["inputs"]): string => {
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

/**
 * Returns the resources of a stack with this `ingestion`, optionally with a detection. The program runs once for each.
 */
export const stackWith = (ingestion: string, detects = false): Promise<DeclaredResource[]> => {
  const key = `${ingestion} ${detects}`;
  const detections = detects ? { detections: { queries: ["horizontal-scan"] } } : {};
  const found =
    known.get(key) ?? runProgram("dev", { ingestion, ...detections }).then(({ resources }) => resources);
  known.set(key, found);
  return found;
};

/** Returns the alarms by section, each with the values of `ingestion` that have it. */
const byWay = async (detects: boolean) => {
  const rows = new Map<string, { ways: string[]; inputs: DeclaredResource["inputs"] }>();
  for (const way of WAYS)
    for (const { name, inputs } of (await stackWith(way, detects)).filter(isAlarm)) {
      const row = rows.get(sectionOf(name)) ?? { ways: [], inputs };
      rows.set(sectionOf(name), { ...row, ways: [...row.ways, way] });
    }
  return rows;
};

/** Prints all alarms that a stack may have, for docs/alarms.md. */
export const alarms = async (): Promise<string> => {
  const always = await byWay(false);
  return table(
    ["alarm", "with", "watches", "goes off at", "missing data is"],
    [...(await byWay(true))].map(([section, { ways, inputs }]) => [
      `[${section}](#${section})`,
      always.has(section) ? (ways.length === WAYS.length ? "all" : ways.join(", ")) : "detections",
      metricsOf(inputs).join(", "),
      when(inputs),
      MISSING[inputs.treatMissingData],
    ]),
  );
};

const SOURCE =
  "infracost, the expected output of its tests `cloudwatch_metric_alarm` and `cloudwatch_dashboard`, as it was on 2026-11-28";

/** Computes the cost of alarms and dashboard with one VPC, for docs/alarms.md. */
export const alarmCosts = async (): Promise<string> => {
  const rows: string[][] = [];
  for (const detects of [false, true])
    for (const way of WAYS) {
      const { alarms: count, metrics, usdPerMonth } = alarmCostOf(await stackWith(way, detects));
      const stack = detects ? `${way}, detections` : way;
      rows.push([stack, String(count), String(metrics), usdPerMonth.toFixed(2)]);
    }
  return [
    table(["stack", "alarms", "metrics in them", "US dollars a month, with the dashboard"], rows),
    `An alarm is billed by the metrics that it watches: ${PRICES.metric.toFixed(2)} each, and ${PRICES.dashboard.toFixed(2)} for the dashboard (us-east-1;\n${SOURCE}). \`flowlogs plan\` says what those of your stack come to.`,
  ].join("\n\n");
};
