/** Rows of an answer, values as DuckDB gives them. */
export interface Answer {
  columns: string[];
  /** DuckDB's type of each column. */
  types: string[];
  rows: unknown[][];
}

/** An answer as a stream of chunks of rows, since it may be larger than memory. */
export interface AnswerStream {
  columns: string[];
  types: string[];
  batches: AsyncIterable<unknown[][]>;
}

/** Makes column names unique, as keys of an object must be: a second `n` becomes `n:1`. */
export const distinct = (names: string[]): string[] =>
  names.map((name, i) => {
    const before = names.slice(0, i).filter((other) => other === name).length;
    return before === 0 ? name : `${name}:${before}`;
  });

/** Turns an answer in memory into a stream. */
export const streamOf = ({ columns, types, rows }: Answer): AnswerStream => ({
  columns,
  types,
  batches: (async function* () {
    yield rows;
  })(),
});
