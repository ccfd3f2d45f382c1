import type { Pieces } from "./fragments";

/**
 * The window of a scheduled run: what was stored in the hours since the run before. Each object of the lake was stored at
 * one moment, so exactly one run looks at each row, however late Firehose delivered it.
 */

/** EventBridge Scheduler replaces this with the time for which it scheduled the run. */
export const SCHEDULED_TIME = "<aws.scheduler.scheduled-time>";

/** The hour in which the run is due. The scheduled time is some minutes later, the run itself up to half an hour. */
const DUE = `date_trunc('hour', from_iso8601_timestamp('${SCHEDULED_TIME}'))`;

const hours = (count: number) => `INTERVAL '${count}' HOUR`;

/**
 * When the run before was due. Runs are due at hour 0 and every so many hours from then, so that the last of a day may
 * be shorter.
 */
const before = (everyHours: number) => {
  const last = 24 % everyHours;
  if (last === 0) return `${DUE} - ${hours(everyHours)}`;
  return `${DUE} - CASE WHEN hour(${DUE}) = 0 THEN ${hours(last)} ELSE ${hours(everyHours)} END`;
};

/**
 * Returns true if Firehose stored the object in its hour of arrival or in the next. It does, unless it had to try again. Late
 * objects are left to the run at hour 0, because a run that looked for them would have to read a day of partitions.
 */
const ON_TIME = `year || month || day || hour >= date_format(("$file_modified_time" - ${hours(1)}) AT TIME ZONE 'UTC', '%Y%m%d%H')`;

/** From the moment on at which the run before stopped looking. */
const recent = (everyHours: number) =>
  `"$file_modified_time" >= CASE WHEN ${ON_TIME} THEN ${before(everyHours)} ELSE date_trunc('day', ${DUE} - ${hours(1)}) END`;

/** Up to the moment at which the next run starts to look. */
const known = `"$file_modified_time" < CASE WHEN ${ON_TIME} THEN ${DUE} ELSE date_trunc('day', ${DUE}) END`;

/**
 * Partitions that hold what was stored since the run before, and for the run at hour 0 since the day before, after 26
 * hours at most.
 */
const first = (everyHours: number) =>
  `CASE WHEN hour(${DUE}) = 0 THEN ${DUE} - ${hours(24 + 26)} ELSE ${before(everyHours)} - ${hours(1)} END`;

const partitions = (from: string) => `year BETWEEN date_format(${from}, '%Y') AND date_format(${DUE}, '%Y')
  AND year || month || day || hour BETWEEN date_format(${from}, '%Y%m%d%H') AND date_format(${DUE}, '%Y%m%d%H')`;

/** The pieces of a query that runs every so many hours, and what its window's parameters stand for. */
export const scheduledPieces = (everyHours: number): { pieces: Pieces; from: string; to: string } => {
  const arrival = `${partitions(first(everyHours))}
  AND ${recent(everyHours)}
  AND ${known}`;
  return {
    from: `to_unixtime(${before(everyHours)})`,
    to: `to_unixtime(${DUE})`,
    pieces: {
      arrival,
      window: `start IS NOT NULL
  AND ${arrival}`,
      history: `start IS NOT NULL
  AND ${partitions(`${first(everyHours)} - :days * INTERVAL '1' DAY`)}
  AND ${known}`,
      recent: `(${recent(everyHours)})`,
    },
  };
};
