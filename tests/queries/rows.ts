import type { DuckDBConnection } from "@duckdb/node-api";
import { duckdbType, identifier, quoted } from "../../local/firehose/convert";
import { type ParameterValue, savedQueries, tableOf } from "../../queries";
import { FIELDS, LABELS } from "../../schema/fields";
import { layoutOfColumns } from "../../schema/layout";
import { TRANSIT_FIELDS } from "../../schema/transit";

/** The window of the rows that tests write, an hour of a day of its own. */
export const HOUR = Date.UTC(2026, 2, 4, 10) / 1000;

/** Columns of a row that are not NULL. */
export type Written = Record<string, string | number | boolean>;

const TYPED = [...new Map([...FIELDS, ...TRANSIT_FIELDS].map((f) => [f.column, f])).values()];
const COLUMNS = [
  ...TYPED.map(({ column, type }) => ({ name: column, type })),
  ...LABELS.map(({ column, type }) => ({ name: column, type })),
  ...["year", "month", "day", "hour"].map((name) => ({ name, type: "string" as const })),
];

/** An accepted TCP packet, by default. */
const USUAL: Written = {
  interface_id: "eni-1",
  protocol: 6,
  action: "ACCEPT",
  packets: 1,
  bytes: 100,
  log_status: "OK",
};

const partitionOf = (start: number): Written => {
  const [year, month, day, hour] = new Date(start * 1000).toISOString().split(/[-T:]/);
  return { year, month, day, hour };
};

/** Makes a table of these rows, with every field: each arrived in the hour in which its flow began. */
export const write = async (db: DuckDBConnection, rows: Written[]): Promise<void> => {
  const declared = COLUMNS.map((column) => `${identifier(column.name)} ${duckdbType(column)}`);
  await db.run(`CREATE OR REPLACE TABLE flow_logs (${declared.join(", ")})`);
  for (const row of rows) {
    const start = Number(row.start ?? HOUR);
    const packet = { pkt_srcaddr: row.srcaddr, pkt_dstaddr: row.dstaddr };
    const all = { ...USUAL, start, end: start + 30, ...packet, ...partitionOf(start), ...row };
    const said = Object.entries(all).filter(([, value]) => value !== undefined && value !== "NULL");
    const names = said.map(([name]) => identifier(name)).join(", ");
    await db.run(
      `INSERT INTO flow_logs (${names}) VALUES (${said.map(([, value]) => quoted(String(value))).join(", ")})`,
    );
  }
};

/** Returns a saved query's rows for the hour, each with its values as text. */
export const rowsOf = async (
  db: DuckDBConnection,
  name: string,
  values: Record<string, ParameterValue> = {},
  without: string[] = [],
): Promise<string[][]> => {
  const layout = layoutOfColumns(
    COLUMNS.map((column) => column.name).filter((each) => !without.includes(each)),
  );
  const query = savedQueries(tableOf(layout)).find((each) => each.name === name);
  if (!query) throw new Error(`there is no query ${name}`);
  const reader = await db.runAndReadAll(query.withValues({ from: HOUR, to: HOUR + 3600, ...values }));
  return reader.getRows().map((row) => row.map((value) => (value === null ? "-" : String(value))));
};
