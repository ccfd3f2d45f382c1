import type { DuckDBConnection, DuckDBPreparedStatement, DuckDBResult } from "@duckdb/node-api";
import { type AnswerStream, distinct } from "./answer";
import { asQueryError, QueryError } from "./query-error";

/**
 * Returns the query with a marker row at the end. DuckDB's client (1.5.5) ends a stream in the same way after the last row
 * and after a failure, so only a marker proves that no row is missing.
 */
const withLastRow = (sql: string, columns: number) =>
  `SELECT *, false FROM (${sql.trim().replace(/;+$/, "")}\n) UNION ALL SELECT ${"NULL, ".repeat(columns)}true`;

/** Returns the statement with a marker row; undefined if it cannot be a subquery, such as EXPLAIN. */
const marked = async (db: DuckDBConnection, sql: string, columns: number) => {
  const statements = await db.extractStatements(withLastRow(sql, columns)).catch(() => undefined);
  return statements?.count === 1 ? statements.prepare(0).catch(() => undefined) : undefined;
};

/** Yields the rows before the marker. @throws QueryError if the marker is missing, with DuckDB's reason. */
async function* checked(
  result: DuckDBResult,
  statement: DuckDBPreparedStatement,
): AsyncGenerator<unknown[][]> {
  for await (const rows of result.yieldRows()) {
    const isLast = rows.at(-1)?.at(-1) === true;
    yield (isLast ? rows.slice(0, -1) : rows).map((row) => row.slice(0, -1));
    if (isLast) return;
  }
  await statement.run().catch((error) => {
    throw asQueryError(error);
  });
  throw new QueryError("the answer ended before its last row, and DuckDB gives no reason");
}

/** Runs a query, and streams its rows. */
export const streamFrom = async (
  db: DuckDBConnection,
  sql: string,
  statement: DuckDBPreparedStatement,
): Promise<AnswerStream> => {
  const whole = await marked(db, sql, statement.columnCount);
  const result = await (whole ? whole.stream() : statement.run());
  const columns = Array.from({ length: statement.columnCount }, (_, i) => statement.columnName(i));
  const types = columns.map((_, i) => String(result.columnType(i)));
  const batches = whole ? checked(result, statement) : result.yieldRows();
  return { columns: distinct(columns), types, batches };
};
