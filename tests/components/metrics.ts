import assert from "node:assert/strict";
import published from "./published-metrics.json";

/** A metric of an alarm or a graph. */
export interface NamedMetric {
  namespace: string;
  metricName: string;
  /** Names of the dimensions, in alphabetical order. */
  dimensions: string[];
  /** A query finds it by some of its dimensions. */
  isPartial: boolean;
}

type Source = Record<string, { published: { dimensions: string[]; metrics: string[] }[] }>;

/** Metrics that services publish, by AWS's documents. */
export const PUBLISHED: Source = published.namespaces;

/** Returns true if a service publishes the metric with these dimensions together. */
export const isPublished = (metric: NamedMetric, source: Source = PUBLISHED): boolean => {
  const { namespace, metricName, dimensions, isPartial } = metric;
  return (source[namespace]?.published ?? []).some(
    (set) =>
      set.metrics.includes(metricName) &&
      dimensions.every((name) => set.dimensions.includes(name)) &&
      (isPartial || dimensions.length === set.dimensions.length),
  );
};

/** The metrics of a Metrics Insights query, a search expression, or none of an expression of other metrics. */
const inExpression = (expression: string): NamedMetric[] => {
  const query = /^SELECT \w+\(([\w.]+)\) FROM "([\w/]+)" WHERE (.+)$/.exec(expression);
  if (query) {
    const [, metricName, namespace, where] = query;
    const dimensions = where.split(" AND ").map((term) => (/^(\w+) = '[^']+'$/.exec(term) ?? ["", term])[1]);
    return [{ namespace, metricName, dimensions: dimensions.sort(), isPartial: true }];
  }
  const search = /^SEARCH\('\{([\w/]+),([\w,]+)\} (.+)', '\w+', \d+\)$/.exec(expression);
  if (search) {
    const [, namespace, schema, terms] = search;
    const dimensions = schema.split(",").sort();
    for (const [, name] of terms.matchAll(/(\w+)="/g))
      assert.ok(name === "MetricName" || dimensions.includes(name), `${expression} has no ${name}`);
    const [, names] = /MetricName=(\S.*)$/.exec(terms) ?? assert.fail(expression);
    const metrics = [...names.matchAll(/"([\w.]+)"/g)].map(([, name]) => name);
    assert.ok(metrics.length > 0, expression);
    return metrics.map((metricName) => ({ namespace, metricName, dimensions, isPartial: false }));
  }
  assert.match(expression, /^[\w\s*/+().-]+$/);
  return [];
};

// biome-ignore lint/suspicious/noExplicitAny: the inputs of an alarm and the metrics of a widget
type Any = any;

/** Every metric that an alarm watches. */
export const inAlarm = ({ namespace, metricName, dimensions, metricQueries = [] }: Any): NamedMetric[] => {
  const named = (of: Any): NamedMetric => ({
    ...{ namespace: of.namespace, metricName: of.metricName, isPartial: false },
    dimensions: Object.keys(of.dimensions).sort(),
  });
  const queried = metricQueries.flatMap(({ expression, metric }: Any) =>
    metric ? [named(metric)] : inExpression(expression),
  );
  return [...(metricName ? [named({ namespace, metricName, dimensions })] : []), ...queried];
};

/** Every metric that a line of a graph shows. */
export const inGraph = (line: Any[]): NamedMetric[] => {
  if (typeof line[0] !== "string") return inExpression(line[0].expression);
  const [namespace, metricName, ...rest] = line.filter((part) => typeof part === "string");
  return [{ namespace, metricName, dimensions: rest.filter((_, n) => n % 2 === 0).sort(), isPartial: false }];
};
