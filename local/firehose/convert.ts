import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { plainFile } from "../lake/plain-path";

/** A column as Glue declares it. */
export interface GlueColumn {
  name: string;
  type: string;
}

/** Conversion that a stream declares: the table's columns, the JSON key of each, Parquet's compression. */
export interface Conversion {
  columns: GlueColumn[];
  keys: Record<string, string>;
  compression: string;
}

/** DuckDB's names of Glue's types, for the types of flow logs. */
const DUCKDB_TYPES: Record<string, string> = { int: "INTEGER", bigint: "BIGINT", string: "VARCHAR" };

export const duckdbType = ({ name, type }: GlueColumn): string => {
  const found = DUCKDB_TYPES[type];
  if (!found) throw new Error(`column ${name} has the type ${type}, which the local lake does not know`);
  return found;
};

export const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
export const identifier = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Rows of a row group: DuckDB holds a group in memory until it is full. */
const GROUP_ROWS = 30_720;

/**
 * Settings for little memory: one thread, since each holds a row group, and an allocator that frees after each object.
 */
const SMALL = {
  threads: "1",
  allocator_flush_threshold: "1MB",
  allocator_bulk_deallocation_flush_threshold: "1MB",
};

/** Opens the engine that converts. */
export const openConverter = async (): Promise<DuckDBConnection> =>
  (await DuckDBInstance.create(":memory:", SMALL)).connect();

/** Converts files of JSON lines to one of Parquet by the stream's conversion. Returns the number of rows. */
export const toParquet = async (
  db: DuckDBConnection,
  sources: string[],
  target: string,
  { columns, keys, compression }: Conversion,
): Promise<number> => {
  const keyOf = ({ name }: GlueColumn) => keys[name] ?? name;
  const types = columns.map((column) => `${quoted(keyOf(column))}: ${quoted(duckdbType(column))}`).join(", ");
  const names = columns
    .map((column) => `${identifier(keyOf(column))} AS ${identifier(column.name)}`)
    .join(", ");
  const from = sources.map((source) => quoted(plainFile(source))).join(", ");
  const result = await db.run(`
    COPY (
      SELECT ${names}
      FROM read_json([${from}], format = 'newline_delimited', columns = {${types}})
    ) TO ${quoted(plainFile(target))} (FORMAT parquet, CODEC ${quoted(compression)}, ROW_GROUP_SIZE ${GROUP_ROWS})`);
  return result.rowsChanged;
};

const isWhole = (value: unknown) => /^-?\d+$/.test(String(value));

/** Returns the reason why Firehose could not convert a row; undefined if it could. */
const misfit = (line: string, { columns, keys }: Conversion): string | undefined => {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch {
    return "the record is not valid JSON";
  }
  if (typeof row !== "object" || row === null || Array.isArray(row)) return "the record is not a JSON object";
  const values = row as Record<string, unknown>;
  for (const column of columns) {
    const value = values[keys[column.name] ?? column.name];
    if (value === undefined || value === null) continue;
    if (column.type !== "string" && !isWhole(value))
      return `column ${column.name} is not of type ${column.type}`;
  }
  return undefined;
};

/** Passes on the convertible rows of a file, and gives Firehose's error records of the others to `reject`. */
async function* convertible(source: string, conversion: Conversion, reject: (record: string) => void) {
  const lines = createInterface({ input: createReadStream(source), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    const why = misfit(line, conversion);
    if (why === undefined) yield `${line}\n`;
    else {
      const rawData = Buffer.from(line).toString("base64");
      const ErrorCode = "DataFormatConversion.InvalidData";
      reject(`${JSON.stringify({ rawData, ErrorCode, ErrorMessage: why })}\n`);
    }
  }
}

/**
 * Splits files whose conversion failed. Convertible rows go to the returned files, one for each source, and Firehose's
 * error records of the others to `bad`.
 */
export const sortOut = async (sources: string[], bad: string, conversion: Conversion) => {
  let failed = 0;
  const rejects = createWriteStream(bad);
  const reject = (record: string) => {
    failed++;
    rejects.write(record);
  };
  const good = sources.map((source) => `${source}.good`);
  for (const [n, source] of sources.entries())
    await pipeline(convertible(source, conversion, reject), createWriteStream(good[n]));
  await new Promise<void>((done) => rejects.end(done));
  return { good, failed };
};
