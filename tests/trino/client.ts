/** Catalog and database of a statement, and its prepared statements. */
export interface Session {
  catalog: string;
  schema: string;
  /** Statements that are prepared, by name. */
  prepared: Record<string, string>;
}

/** Rows with the values that Trino's protocol has for them. */
export interface Answer {
  columns: { name: string; type: string }[];
  rows: unknown[][];
}

/** A page of an answer, as Trino's protocol has it. */
interface Page {
  columns?: Answer["columns"];
  data?: unknown[][];
  nextUri?: string;
  error?: { errorName: string; message: string };
}

/** Trino refuses a statement, or fails at it. */
export class TrinoError extends Error {}

const headersOf = ({ catalog, schema, prepared }: Session): Record<string, string> => ({
  "x-trino-user": "test",
  "x-trino-catalog": catalog,
  "x-trino-schema": schema,
  "x-trino-time-zone": "UTC",
  // Otherwise `timestamp(3)` is called `timestamp`.
  "x-trino-client-capabilities": "PARAMETRIC_DATETIME",
  ...(Object.keys(prepared).length === 0
    ? {}
    : {
        "x-trino-prepared-statement": Object.entries(prepared)
          .map(([name, sql]) => `${name}=${encodeURIComponent(sql)}`)
          .join(","),
      }),
});

/** Runs one statement to its end. */
export const ask = async (url: string, sql: string, session: Session): Promise<Answer> => {
  const headers = headersOf(session);
  const answer: Answer = { columns: [], rows: [] };
  let response = await fetch(`${url}/v1/statement`, { method: "POST", body: sql, headers });
  for (;;) {
    if (!response.ok) throw new Error(`Trino answers ${response.status}: ${await response.text()}`);
    const { columns, data, nextUri, error } = (await response.json()) as Page;
    if (error) throw new TrinoError(`${error.errorName}: ${error.message}`);
    answer.columns = columns ?? answer.columns;
    answer.rows.push(...(data ?? []));
    if (nextUri === undefined) return answer;
    response = await fetch(nextUri, { headers });
  }
};

/** Returns why something is refused. */
export const refusalOf = async (work: Promise<unknown>): Promise<string> => {
  const refusal = await work.then(
    () => undefined,
    (error: Error) => error.message,
  );
  if (refusal === undefined) throw new Error("it is taken");
  return refusal.trim().split("\n")[0];
};
