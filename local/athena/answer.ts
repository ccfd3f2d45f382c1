/** Rows of an answer, values as DuckDB gives them. */
export interface Answer {
  columns: string[];
  /** DuckDB's type of each column. */
  types: string[];
  rows: unknown[][];
}

/** An answer whose rows are read as they come, some at a time: it may have more than memory holds. */
export interface AnswerStream {
  columns: string[];
  types: string[];
  batches: AsyncIterable<unknown[][]>;
}

/** Names that are all different, as an object's keys have to be: a second `n` is `n:1`. */
export const distinct = (names: string[]): string[] =>
  names.map((name, i) => {
    const before = names.slice(0, i).filter((other) => other === name).length;
    return before === 0 ? name : `${name}:${before}`;
  });

/** Gives an answer that is in memory as a stream. */
export const streamOf = ({ columns, types, rows }: Answer): AnswerStream => ({
  columns,
  types,
  batches: (async function* () {
    yield rows;
  })(),
});
