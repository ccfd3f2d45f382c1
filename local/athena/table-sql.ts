import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { duckdbType, type GlueColumn, identifier, quoted } from "../firehose/convert";
import type { TableDefinition } from "./definition";

const hasFiles = (dir: string): boolean =>
  existsSync(dir) && readdirSync(dir, { recursive: true }).some((file) => String(file).endsWith(".parquet"));

const columnList = (columns: GlueColumn[]) =>
  columns.map((c) => `CAST(NULL AS ${duckdbType(c)}) AS ${identifier(c.name)}`).join(", ");

/** Athena's hidden column with the time of a row's file. Here, it is there only for who asks for it. */
const FILE_TIME = identifier("$file_modified_time");

/** Where the files of a table are. */
const globOf = (lake: string, { template }: TableDefinition) =>
  join(lake, template.replaceAll(/\$\{\w+\}/g, "*"), "*.parquet");

const hasAny = (lake: string, { template }: TableDefinition) =>
  hasFiles(join(lake, template.split("$")[0].split("/")[0]));

/** When Firehose began the object: it is in the name that it gives. */
const NAMED = `timezone('UTC', try_strptime(regexp_extract(filename, '-(\\d{4}(-\\d\\d){5})-', 1), '%Y-%m-%d-%H-%M-%S'))`;

/**
 * The table's files with their times. A copy has the time at which it was copied; where that cannot be Firehose's, which
 * tries for a day, the name's stands in for it.
 */
export const filesSql = (lake: string, table: TableDefinition): string => {
  if (!hasAny(lake, table))
    return `SELECT NULL::VARCHAR AS filename, NULL::TIMESTAMPTZ AS ${FILE_TIME} WHERE false`;
  const time = `CASE WHEN last_modified > ${NAMED} + INTERVAL 26 HOUR THEN ${NAMED} ELSE last_modified END`;
  return `SELECT filename, ${time} AS ${FILE_TIME} FROM read_blob(${quoted(globOf(lake, table))})`;
};

/**
 * The table over its files: columns in Glue's order, NULL where an older file has none, and the partition columns.
 * `files`: the view on the files and their times, if the table shall have those.
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
