/** Pieces of SQL that queries name by these names, such as `:window`; beside them, `:time(seconds)` and those of sides.ts. */
export interface Pieces {
  /** Rows of flows that began in the window. */
  window: string;
  /** The same, and those of the days before that the window is compared with. */
  history: string;
  /** True for a row of the history that is in the window. */
  recent: string;
  /** All rows that arrived in the window, also those without a time of their own. */
  arrival: string;
}

/**
 * The moment as a timestamp without zone, in UTC, with the milliseconds that Hive tables keep. It needs neither the
 * session's time zone nor a cast from `timestamp with time zone`, which Athena has refused and which is not Trino's there.
 */
export const timeOf = (seconds: string) =>
  `date_add('second', ${seconds}, TIMESTAMP '1970-01-01 00:00:00.000')`;

const hourOf = (seconds: string, format: string) =>
  `date_format(from_unixtime(${seconds}, 'UTC'), '${format}')`;

/** The hours of arrival that can hold flows from one moment to another: all that is read of the table. */
const partitions = (from: string, to: string) => {
  const last = `${to} + :late * 3600`;
  // The clause on `year` alone lets Athena leave whole years out before it looks at each hour.
  return `year BETWEEN ${hourOf(from, "%Y")}
    AND ${hourOf(last, "%Y")}
  AND year || month || day || hour BETWEEN ${hourOf(from, "%Y%m%d%H")}
    AND ${hourOf(last, "%Y%m%d%H")}`;
};

const flows = (from: string) => `start >= ${from}
  AND start < :to
  AND ${partitions(from, ":to")}`;

/** The pieces for a window between two moments, `:from` and `:to`. */
const BETWEEN: Pieces = {
  window: flows(":from"),
  history: flows("(:from - :days * 86400)"),
  recent: "(start >= :from)",
  arrival: partitions(":from", ":to"),
};

/** The SQL with each piece of a window and each time in place of its name. */
export const withFragments = (sql: string, pieces: Pieces = BETWEEN): string =>
  sql
    .replaceAll(/:(window|history|recent|arrival)\b/g, (_, name: keyof Pieces) => pieces[name])
    // Brackets within the brackets, one level deep, as of an aggregate.
    .replaceAll(/:time\(((?:[^()]|\([^()]*\))*)\)/g, (_, seconds: string) => timeOf(seconds));
