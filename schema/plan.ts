import { UNPARSED } from "./fields";
import type { Layout } from "./layout";
import type { PackedNetworks } from "./networks";
import { MOST_LAG, type Values, valuesOf } from "./values";

/** Instructions for the transform. Plain data, small, captured by value in the Lambda archive. */
export interface Plan {
  /** For each token of a line: the text before its value (`"d":`) and the values that it can have. */
  fields: ({ prefix: string } & Values)[];
  /** Positions of `start` and `end`, if the format has both, and the seconds by which the end may be before the start. */
  window?: { start: number; end: number; lag: number };
  /** The text before the value of a line that does not fit. */
  unparsed: string;
  /** Lines to leave out: those whose token at `field` is `token`. */
  drops: { field: number; token: string }[];
  /** Columns that name the network of the address at `field`. */
  labels: { field: number; prefix: string }[];
  /** The networks that the labels name. */
  networks?: PackedNetworks;
}

/** Options of a plan beside the format. */
export interface PlanOptions {
  drops?: { name: string; token: string }[];
  networks?: PackedNetworks;
}

const prefix = (key: string) => `${JSON.stringify(key)}:`;

const planOf = (
  layout: Layout,
  keyOf: (column: { key: string; column: string }) => string,
  options: PlanOptions,
): Plan => {
  const positionOf = (name: string) => layout.fields.findIndex((f) => f.name === name);
  const [start, end] = [positionOf("start"), positionOf("end")];
  return {
    fields: layout.fields.map((f) => ({ prefix: prefix(keyOf(f)), ...valuesOf(f) })),
    ...(start >= 0 && end >= 0 ? { window: { start, end, lag: MOST_LAG } } : {}),
    unparsed: prefix(keyOf(UNPARSED)),
    drops: (options.drops ?? []).map(({ name, token }) => ({ field: positionOf(name), token })),
    labels: layout.labels.map((label) => ({ field: positionOf(label.of), prefix: prefix(keyOf(label)) })),
    ...(options.networks ? { networks: options.networks } : {}),
  };
};

/** The plan for Firehose: rows under their short wire keys. */
export const wirePlan = (layout: Layout, options: PlanOptions = {}): Plan =>
  planOf(layout, (c) => c.key, options);

/** The plan for people: rows under their full column names. */
export const columnPlan = (layout: Layout, options: PlanOptions = {}): Plan =>
  planOf(layout, (c) => c.column, options);

/** Plans of the ETL. It chooses one by the digest in the name of the log group or stream that lines come from. */
export interface Plans {
  /** The plans, by the digest of their format. */
  byDigest: Record<string, Plan>;
  /** Digest of the format of all sources without a digest in their name. */
  others: string;
}
