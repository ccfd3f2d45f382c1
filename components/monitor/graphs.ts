import * as pulumi from "@pulumi/pulumi";
import type { Named } from "./watched";

/** A line of a graph, as CloudWatch writes it: namespace, metric, dimensions and options, or an expression alone. */
export type Metric = (pulumi.Input<string> | Record<string, pulumi.Input<string> | boolean>)[];

export interface Graph {
  title: string;
  metrics: Metric[];
  /** Sum, if absent. */
  stat?: string;
  /** In seconds; five minutes, if absent. */
  period?: number;
  stacked?: boolean;
  /** The alarm's threshold, drawn as a line. */
  limit?: number;
}

/** A part of the pipeline: a heading, and graphs from left to right, up to four to a row. */
export interface Stage {
  title: string;
  says: string;
  rows: Graph[][];
}

/** Returns the same metrics of each resource, labelled by key if there are several. */
export const ofEach = (namespace: string, dimension: string, all: Named[], names: string[]): Metric[] =>
  all.flatMap(({ key, name }) =>
    names.map((metric) => {
      const label = all.length > 1 ? `${key} ${metric}` : metric;
      return [namespace, metric, dimension, name, { label }];
    }),
  );

/** Metrics with a dimension that is known when there are some: whatever is found, a line each. */
export const search = (id: string, schema: string, terms: pulumi.Input<string>, stat: string): Metric => [
  { id, expression: pulumi.interpolate`SEARCH('{${schema}} ${terms}', '${stat}', 300)` },
];

/** Metrics of one resource. */
export const ofOne = (
  namespace: string,
  dimension: string,
  name: pulumi.Input<string>,
  names: string[],
): Metric[] => names.map((metric) => [namespace, metric, dimension, name]);
