/**
 * Fragments of SQL that queries include by name, such as `:window`. There are also `:time(seconds)` and those of
 * sides.ts.
 */
export interface Pieces {
  /** Rows of flows that began in the window. */
  window: string;
  /** Rows of flows that began in the window, or in the days before, with which the query compares it. */
  history: string;
  /** True for a row of the history that is in the window. */
  recent: string;
  /** All rows that arrived in the window, also those without a time of their own. */
  arrival: string;
}

/**
 * Returns SQL for a moment as a timestamp in UTC without a zone, with the milliseconds that Hive tables store. It depends
 * neither on the session's time zone nor on a cast from `timestamp with time zone`, which Athena has refused.
 */
export const timeOf = (seconds: string) =>
  `date_add('second', ${seconds}, TIMESTAMP '1970-01-01 00:00:00.000')`;

const hourOf = (seconds: string, format: string) =>
  `date_format(from_unixtime(${seconds}, 'UTC'), '${format}')`;

/** Returns the condition on partitions: the hours of arrival that can hold flows between two moments. */
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

/** Returns the fragments for a window from `:from` to `:to`. */
const BETWEEN: Pieces = {
  window: flows(":from"),
  history: flows("(:from - :days * 86400)"),
  recent: "(start >= :from)",
  arrival: partitions(":from", ":to"),
};

/** Replaces the names of fragments and times in SQL by their SQL. */
export const withFragments = (sql: string, pieces: Pieces = BETWEEN): string =>
  sql
    .replaceAll(/:(window|history|recent|arrival)\b/g, (_, name: keyof Pieces) => pieces[name])
    // Allows one level of inner brackets, such as an aggregate's.
    .replaceAll(/:time\(((?:[^()]|\([^()]*\))*)\)/g, (_, seconds: string) => timeOf(seconds));
