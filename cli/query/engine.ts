import type { AnswerStream } from "../../local/athena/answer";
import type { Layout } from "../../schema/layout";
import type { FlowWindow, LeftOut } from "./late";
import type { Question } from "./question";
import type { Latest, Window } from "./window";

/** Bytes that a query would read. The query is not run. */
export interface Explanation {
  sql: string;
  /** Hours of arrival that it reads. */
  partitions?: { read: number; of?: number; first?: string; last?: string };
  /** True if the bytes are measured, not estimated. */
  files?: { read: number; bytes: number; columns: string[]; columnBytes: number };
  note: string;
}

/** The user stopped the query. */
export class Stopped extends Error {}

/** A table's definition in its catalog. */
export interface Definition {
  layout: Layout;
  /** CIDR blocks that are inside, beside private ones. */
  inside: string[];
}

/** An engine that answers queries. */
export interface Engine {
  table: string;
  /** Reads the table's definition from its catalog; undefined for a caller without permission. */
  definition(): Promise<Definition | undefined>;
  /** Returns the default end of a window. */
  latest(): Promise<Latest>;
  /** Returns the end of the last hour with arrivals, if known. */
  arrivals?: number;
  /** Returns the rows of a window that arrived too late to be read, if that costs nothing. */
  leftOut?(window: FlowWindow): Promise<LeftOut | undefined>;
  stream(sql: string): Promise<AnswerStream>;
  /** Estimates the reading of SQL. */
  explain(sql: string, question: Question, window: Window): Promise<Explanation>;
  /** Writes the answer as Parquet to a file. Returns the number of rows. */
  save(sql: string, file: string): Promise<number>;
  close(): void;
}

/** Formats an hour, in UTC. */
export const hourText = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().slice(0, 13).replace("T", " ")}:00`;

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 1)} MB`;

/** Prints an explanation. */
export const explanationText = ({ sql, partitions, files, note }: Explanation): string => {
  const { read, of, first, last } = partitions ?? {};
  const span = first === undefined ? "" : `, ${first} to ${last} UTC`;
  return [
    sql.trimEnd(),
    "",
    ...(partitions ? [`partitions  ${read}${of === undefined ? "" : ` of ${of}`}${span}`] : []),
    ...(files
      ? [
          `files       ${files.read}, ${megabytes(files.bytes)}`,
          `columns     ${files.columns.join(", ") || "none"}: ${megabytes(files.columnBytes)} of that`,
        ]
      : []),
    `note        ${note}`,
    "",
  ].join("\n");
};
