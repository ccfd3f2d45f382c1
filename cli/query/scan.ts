import { DuckDBInstance } from "@duckdb/node-api";
import type { LocalAthena } from "../../local/athena";
import { identifier, quoted } from "../../local/firehose/convert";
import type { Partition } from "./files";

/** One scan of the table in a query's plan. A query may name the table more than once. */
export interface Scan {
  columns: string[];
  partitions: Partition[];
}

/** An operator of DuckDB's plan. */
interface Step {
  extra_info: Record<string, string | string[]>;
  children?: Step[];
}

const stepsOf = (step: Step): Step[] => [step, ...(step.children ?? []).flatMap(stepsOf)];

const list = (info: string | string[] | undefined) => [info ?? []].flat().filter((text) => text !== "");

/** Returns the names in an expression that are not in quotes. */
const namesIn = (expression: string) => expression.replaceAll(/'(?:[^']|'')*'/g, "").match(/\w+/g) ?? [];

/** Splits the plan's conditions, which follow one another without a separator: each ends with its brackets. */
const conditionsIn = (text: string): string[] => {
  const found = [""];
  let depth = 0;
  for (const [piece] of text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[\s\S]/g)) {
    found[found.length - 1] += piece;
    if (piece === "(") depth++;
    if (piece === ")" && --depth === 0) found.push("");
  }
  return found.filter((condition) => condition.trim() !== "");
};

/** Runs SQL with DuckDB's own functions, without the macros for Athena's. */
const asDuckDb = async (sql: string): Promise<unknown[][]> => {
  const db = await (await DuckDBInstance.create()).connect();
  try {
    return (await db.runAndReadAll(sql)).getRows();
  } finally {
    db.closeSync();
  }
};

/** Returns the partitions that pass the plan's file filters. */
const matching = async (athena: LocalAthena, all: Partition[], filters: string[]) => {
  if (filters.length === 0 || all.length === 0) return all;
  const rows = all.map(({ values }, i) => `(${[...values.map(quoted), i].join(", ")})`);
  const names = [...athena.table.partitionKeys.map(({ name }) => identifier(name)), "i"];
  const sql = `SELECT i FROM (VALUES ${rows.join(", ")}) AS t(${names.join(", ")}) WHERE ${filters.join(" AND ")}`;
  const left = new Set((await asDuckDb(sql)).map(([i]) => Number(i)));
  return all.filter((_, i) => left.has(i));
};

/** Estimates the bytes that a query will read, from DuckDB's plan and the files' footers. */
export const scansOf = async (athena: LocalAthena, all: Partition[], sql: string): Promise<Scan[]> => {
  const { rows } = await athena.ask(`EXPLAIN (FORMAT JSON) ${sql}`);
  const steps = (JSON.parse(String(rows[0][1])) as Step[]).flatMap(stepsOf);
  const reads = steps.map(({ extra_info: info }) => info).filter((info) => info?.Function === "READ_PARQUET");
  const stored = athena.table.columns.map(({ name }) => name);
  return Promise.all(
    reads.map(async (info) => {
      // Adds columns of filters, which are missing from the projections.
      const named = new Set([...list(info.Projections), ...list(info.Filters).flatMap(namesIn)]);
      const partitions = await matching(athena, all, list(info["File Filters"]).flatMap(conditionsIn));
      return { columns: stored.filter((name) => named.has(name)), partitions };
    }),
  );
};

/** Bytes of the scanned files, and of the column chunks of the scans' columns. */
export interface Size {
  files: number;
  bytes: number;
  columnBytes: number;
  /** Bytes of the files' footers, which every reader fetches first. */
  footerBytes: number;
}

/** Measures scans by the files' footers: the most that a reader fetches for these columns. */
export const sizeOf = async (scans: Scan[]): Promise<Size> => {
  const total: Size = { files: 0, bytes: 0, columnBytes: 0, footerBytes: 0 };
  for (const { columns, partitions } of scans) {
    const files = partitions.flatMap((partition) => partition.files);
    total.files += files.length;
    total.bytes += files.reduce((sum, { bytes }) => sum + bytes, 0);
    if (files.length === 0) continue;
    const paths = `[${files.map(({ path }) => quoted(path)).join(", ")}]`;
    const names = `[${columns.map(quoted).join(", ")}]::VARCHAR[]`;
    // A question may not call these functions.
    const rows = await asDuckDb(
      `SELECT
        (SELECT sum(total_compressed_size) FROM parquet_metadata(${paths}) WHERE list_contains(${names}, path_in_schema)),
        (SELECT sum(footer_size) FROM parquet_file_metadata(${paths}))`,
    );
    total.columnBytes += Number(rows[0][0] ?? 0);
    total.footerBytes += Number(rows[0][1] ?? 0);
  }
  return total;
};
