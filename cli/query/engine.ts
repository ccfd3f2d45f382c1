import type { AnswerStream } from "../../local/athena/answer";
import type { Layout } from "../../schema/layout";
import type { FlowWindow, LeftOut } from "./late";
import type { Question } from "./question";
import type { Latest, Window } from "./window";

/** Bytes that a query would read, found without running it. */
export interface Explanation {
  sql: string;
  /** Hours of arrival that it reads. */
  partitions?: { read: number; of?: number; first?: string; last?: string };
  /** Measured, not estimated. */
  files?: { read: number; bytes: number; columns: string[]; columnBytes: number };
  note: string;
}

/** A query that was stopped by whoever asked it. */
export class Stopped extends Error {}

/** A table as its catalog has it. */
export interface Definition {
  layout: Layout;
  /** CIDR blocks that are inside, beside private ones. */
  inside: string[];
}

/** An engine that answers queries. */
export interface Engine {
  table: string;
  /** Reads the table's definition from its catalog. Gives undefined to a caller that may not read the catalog. */
  definition(): Promise<Definition | undefined>;
  /** Where a window ends that nobody named. */
  latest(): Promise<Latest>;
  /** The end of the last hour in which anything arrived, where that is known. */
  arrivals?: number;
  /** The rows of a window that arrived too late to be read, where that costs nothing to know. */
  leftOut?(window: FlowWindow): Promise<LeftOut | undefined>;
  stream(sql: string): Promise<AnswerStream>;
  /** Explains SQL that a question became. */
  explain(sql: string, question: Question, window: Window): Promise<Explanation>;
  /** Writes the answer to a file, as Parquet. Gives the number of rows. */
  save(sql: string, file: string): Promise<number>;
  close(): void;
}

/** An hour as people write it, UTC. */
export const hourText = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().slice(0, 13).replace("T", " ")}:00`;

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 1)} MB`;

/** An explanation for people. */
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
