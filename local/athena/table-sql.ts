import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { duckdbType, type GlueColumn, identifier, quoted } from "../firehose/convert";
import type { TableDefinition } from "./definition";

const hasFiles = (dir: string): boolean =>
  existsSync(dir) && readdirSync(dir, { recursive: true }).some((file) => String(file).endsWith(".parquet"));

const columnList = (columns: GlueColumn[]) =>
  columns.map((c) => `CAST(NULL AS ${duckdbType(c)}) AS ${identifier(c.name)}`).join(", ");

/** Athena's hidden column with the time of a row's file. Locally it exists only with `fileTimes`. */
const FILE_TIME = identifier("$file_modified_time");

/** Returns the pattern of a table's files. */
const globOf = (lake: string, { template }: TableDefinition) =>
  join(lake, template.replaceAll(/\$\{\w+\}/g, "*"), "*.parquet");

const hasAny = (lake: string, { template }: TableDefinition) =>
  hasFiles(join(lake, template.split("$")[0].split("/")[0]));

/** SQL for the time at which Firehose began an object, from the object's name. */
const NAMED = `timezone('UTC', try_strptime(regexp_extract(filename, '-(\\d{4}(-\\d\\d){5})-', 1), '%Y-%m-%d-%H-%M-%S'))`;

/**
 * Returns SQL for the table's files with their times. A copied file has the time of the copy. Firehose retries for a day, so
 * a time more than 26 hours after the one in the file's name is that of a copy, and the name's is used.
 */
export const filesSql = (lake: string, table: TableDefinition): string => {
  if (!hasAny(lake, table))
    return `SELECT NULL::VARCHAR AS filename, NULL::TIMESTAMPTZ AS ${FILE_TIME} WHERE false`;
  const time = `CASE WHEN last_modified > ${NAMED} + INTERVAL 26 HOUR THEN ${NAMED} ELSE last_modified END`;
  return `SELECT filename, ${time} AS ${FILE_TIME} FROM read_blob(${quoted(globOf(lake, table))})`;
};

/**
 * Returns SQL for the table over its files: columns in Glue's order, NULL for columns that an older file lacks, and the
 * partition columns. `files` is the view on the files and their times, if the table needs the times.
 */
export const tableSql = async (
  db: DuckDBConnection,
  lake: string,
  table: TableDefinition,
  files?: string,
): Promise<string> => {
  const all = [...table.columns, ...table.partitionKeys];
  const time = files === undefined ? "" : `, ${FILE_TIME}`;
  if (!hasAny(lake, table)) {
    const none = `SELECT ${columnList(all)}`;
    return files === undefined ? `${none} WHERE false` : `${none}${time} FROM ${files} WHERE false`;
  }
  const types = table.partitionKeys.map((c) => `${identifier(c.name)}: ${duckdbType(c)}`).join(", ");
  const options = `hive_partitioning = true, hive_types = {${types}}, union_by_name = true`;
  const name = files === undefined ? "" : ", filename = true";
  const rows = `read_parquet(${quoted(globOf(lake, table))}, ${options}${name})`;
  const present = new Set(
    (await db.runAndReadAll(`DESCRIBE SELECT * FROM ${rows}`)).getRows().map(([name]) => name),
  );
  const select = all.map((c) => (present.has(c.name) ? identifier(c.name) : columnList([c])));
  const from = files === undefined ? rows : `${rows} JOIN ${files} USING (filename)`;
  return `SELECT ${select.join(", ")}${time} FROM ${from}`;
};
