import type { DeclaredResource } from "../../local/program";

/** US dollars a month in us-east-1: for each metric that an alarm watches, and for each dashboard. */
export const PRICES = { metric: 0.1, dashboard: 3 };

const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";

export const isAlarm = ({ type }: DeclaredResource) => type === "aws:cloudwatch/metricAlarm:MetricAlarm";

type Inputs = DeclaredResource["inputs"];

/** Returns the metrics that an alarm watches, with their namespaces. CloudWatch bills an alarm by metric. */
export const metricsOf = ({ metricName, namespace, metricQueries = [] }: Inputs): string[] => [
  ...(metricName ? [`${namespace} \`${metricName}\``] : []),
  ...metricQueries.flatMap(({ metric, expression }: Inputs) => {
    if (metric) return [`${metric.namespace} \`${metric.metricName}\``];
    const [, name, from] = /^SELECT SUM\((\w+)\) FROM "([\w/]+)"/.exec(expression) ?? [];
    return name ? [`${from} \`${name}\``] : [];
  }),
];

/** Returns the monthly price of a program's alarms and dashboards. */
export const alarmCostOf = (resources: DeclaredResource[]) => {
  const alarms = resources.filter(isAlarm);
  const metrics = alarms.flatMap(({ inputs }) => metricsOf(inputs)).length;
  const dashboards = resources.filter(({ type }) => type === DASHBOARD).length;
  const usdPerMonth = metrics * PRICES.metric + dashboards * PRICES.dashboard;
  return { alarms: alarms.length, metrics, usdPerMonth };
};

/** Returns a sentence with the number of alarms and their price, with the dashboard. */
export const alarmLine = (resources: DeclaredResource[]): string => {
  const { alarms, metrics, usdPerMonth } = alarmCostOf(resources);
  return `${alarms} alarms on ${metrics} metrics and the dashboard: ${usdPerMonth.toFixed(2)} USD a month in us-east-1, before AWS's free tier`;
};
