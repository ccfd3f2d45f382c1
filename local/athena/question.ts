import { type DuckDBConnection, type DuckDBPreparedStatement, StatementType } from "@duckdb/node-api";
import { checkCalls } from "./allowed";
import { QueryError, refusal } from "./query-error";

const COMMENTS = /--.*|\/\*[\s\S]*?\*\//g;

/** First words of a statement that may be prepared. DuckDB creates the folder of an EXPORT when it prepares it. */
const QUESTION =
  /^\s*(?:explain\s+(?:\([^)]*\)\s*)?)?[(\s]*(?:select|with|from|values|table|show|describe|desc|summarize|unpivot)\b/i;

/** Returns true if a statement only reads. EXPLAIN ANALYZE runs the statement that it explains. */
const onlyReads = (type: StatementType, sql: string) =>
  type === StatementType.SELECT || (type === StatementType.EXPLAIN && !/\banalyze\b/i.test(sql));

/**
 * Prepares the single SELECT in a text.
 * @throws QueryError for another statement, several, or none.
 */
export const questionIn = async (db: DuckDBConnection, sql: string): Promise<DuckDBPreparedStatement> => {
  const text = sql.replaceAll(COMMENTS, " ").replaceAll(/^[\s;]+/g, "");
  if (text === "") throw new QueryError("there is no statement");
  if (!QUESTION.test(text)) throw refusal(/^\w*/.exec(text)?.[0].toUpperCase() || "this");
  const statements = await db.extractStatements(sql);
  if (statements.count !== 1) throw new QueryError(`give one statement instead of ${statements.count}`);
  // Before the statement is prepared, since that runs some functions already.
  await checkCalls(db, sql);
  const statement = await statements.prepare(0);
  if (onlyReads(statement.statementType, sql)) return statement;
  throw refusal(StatementType[statement.statementType]);
};
