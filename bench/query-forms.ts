import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { MACROS } from "../local/athena/dialect/macros";
import { duckdbType, identifier, quoted } from "../local/firehose/convert";
import type { Layout } from "../schema/layout";

const list = (files: string[]) => `[${files.map(quoted).join(", ")}]`;

/** Lines in text: columns by position, with a hyphen for NULL. */
export const textSource = (files: string[], { fields }: Layout): string => {
  const types = fields.map(
    (f) => `${quoted(f.column)}: ${quoted(duckdbType({ name: f.column, type: f.type }))}`,
  );
  const options = "delim = ' ', header = true, nullstr = '-', auto_detect = false";
  return `read_csv(${list(files)}, ${options}, columns = {${types.join(", ")}})`;
};

/** Lines as JSON objects, with the table's columns as keys. */
export const jsonSource = (files: string[], { columns }: Layout): string => {
  const types = columns.map((c) => `${quoted(c.name)}: ${quoted(duckdbType(c))}`);
  return `read_json(${list(files)}, format = 'newline_delimited', columns = {${types.join(", ")}})`;
};

/**
 * DuckDB over files of another form, with a table for the saved queries. Its partition columns are constants, so a window
 * over everything costs nothing.
 */
export const openForm = async (source: string, { columns }: Layout): Promise<DuckDBConnection> => {
  const db = await (await DuckDBInstance.create()).connect();
  await db.run("SET TimeZone = 'UTC'");
  for (const definition of MACROS) await db.run(`CREATE MACRO ${definition}`);
  const described = await db.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`);
  const present = new Set(described.getRows().map(([name]) => name));
  const select = columns.map((c) =>
    present.has(c.name) ? identifier(c.name) : `CAST(NULL AS ${duckdbType(c)}) AS ${identifier(c.name)}`,
  );
  const hour = "'2026' AS year, '01' AS month, '15' AS day, '00' AS hour";
  await db.run(`CREATE VIEW flow_logs AS SELECT ${select.join(", ")}, ${hour} FROM ${source}`);
  return db;
};
