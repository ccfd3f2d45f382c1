/** Counts of lines that a function logs. */
export interface LineFigures {
  lines: number;
  rows: number;
  /** Lines dropped by `dropNoData` or `keepAction`. */
  dropped: number;
  unparsed: number;
  rawBytes: number;
  /** Reasons for records that did not become rows. */
  why?: string;
}

export const noFigures = (): LineFigures => ({ lines: 0, rows: 0, dropped: 0, unparsed: 0, rawBytes: 0 });

/** Adds figures to others. */
export const addFigures = (to: LineFigures, more: LineFigures): void => {
  for (const name of ["lines", "rows", "dropped", "unparsed", "rawBytes"] as const) to[name] += more[name];
  to.why ??= more.why;
};

/** Reads the figures from a function's log, as CloudWatch does: lines in the embedded metric format. */
export const loggedFigures = (log: string): LineFigures => {
  const sum = noFigures();
  for (const line of log.split("\n")) {
    if (line.startsWith('{"_aws":')) addFigures(sum, JSON.parse(line));
  }
  return sum;
};
