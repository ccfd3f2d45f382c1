import type { DuckDBConnection } from "@duckdb/node-api";
import { quoted } from "../firehose/convert";

/** SQL as DuckDB's parser gives it. */
export interface Parsed {
  /** The statements' trees. Absent if the SQL does not parse, or has statements other than SELECT. */
  statements?: unknown;
}

/** Parses SQL without binding it, so that no function in it runs. */
export const parsed = async (db: DuckDBConnection, sql: string): Promise<Parsed> => {
  const options = "skip_null := true, skip_empty := true, skip_default := true";
  const reader = await db.runAndReadAll(`SELECT json_serialize_sql(${quoted(sql)}, ${options})`);
  return JSON.parse(String(reader.getRows()[0][0]));
};

/** EXPLAIN before a statement, which the parser gives no tree for, and comments before that. */
export const EXPLAIN = /^(?:\s|;|--.*\n|\/\*[\s\S]*?\*\/)*explain\s+(?:\([^)]*\)\s*)?(?:analyze\s+)?/i;
