import type { DuckDBConnection, DuckDBPreparedStatement, DuckDBResult } from "@duckdb/node-api";
import { type AnswerStream, distinct } from "./answer";
import { asQueryError, QueryError } from "./query-error";

/**
 * A query with a last row that says so, in a column of its own. DuckDB's client ends a stream alike whether all rows
 * were read or finding one failed (1.5.5), so only a row behind the others tells that none is missing.
 */
const withLastRow = (sql: string, columns: number) =>
  `SELECT *, false FROM (${sql.trim().replace(/;+$/, "")}\n) UNION ALL SELECT ${"NULL, ".repeat(columns)}true`;

/** The statement with a last row; nothing for what cannot stand in another query, such as EXPLAIN. */
const marked = async (db: DuckDBConnection, sql: string, columns: number) => {
  const statements = await db.extractStatements(withLastRow(sql, columns)).catch(() => undefined);
  return statements?.count === 1 ? statements.prepare(0).catch(() => undefined) : undefined;
};

/** Rows up to the last one. @throws QueryError if that does not come, with the words that DuckDB has for it. */
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
  throw new QueryError("the rows ended before the last of them, and DuckDB does not say why");
}

/** Runs a query whose rows are read as DuckDB finds them. */
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
