import { UNPARSED } from "./fields";
import type { Layout } from "./layout";

/** What the transform needs of a layout: plain data, small, captured by value in the Lambda archive. */
export interface Plan {
  /** For each token of a line: the text before its value (`"d":`) and its type. */
  fields: { prefix: string; type: "int" | "bigint" | "string" }[];
  /** The text before the value of a line that does not fit. */
  unparsed: string;
}

const prefix = (key: string) => `${JSON.stringify(key)}:`;

/** The plan for Firehose: rows under their short wire keys. */
export const wirePlan = (layout: Layout): Plan => ({
  fields: layout.fields.map((f) => ({ prefix: prefix(f.key), type: f.type })),
  unparsed: prefix(UNPARSED.key),
});

/** The plan for people: rows under their full column names. */
export const columnPlan = (layout: Layout): Plan => ({
  fields: layout.fields.map((f) => ({ prefix: prefix(f.column), type: f.type })),
  unparsed: prefix(UNPARSED.column),
});
