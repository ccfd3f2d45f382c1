/** The query or the lake is invalid. */
export class QueryError extends Error {}

/** Before the reason of a refusal that comes out of an expression: the text that cannot be cast. */
export const REFUSED = "refused: ";

const REFUSAL = new RegExp(`Could not convert string '${REFUSED}(.*?)' to `);

/** Makes a QueryError of DuckDB's error, with its message. */
export const asQueryError = (error: unknown): QueryError => {
  if (error instanceof QueryError) return error;
  const { message } = error as Error;
  return new QueryError(REFUSAL.exec(message)?.[1] ?? message.replace(/^Failed to extract statements: /, ""));
};

/** Gives the error that says that a statement of this kind may not run. */
export const refusal = (what: string) =>
  new QueryError(`Permission Error: only SELECT may run on a lake; ${what} was refused`);
