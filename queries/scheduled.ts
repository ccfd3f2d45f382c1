import type { Pieces } from "./fragments";

/**
 * Window of a scheduled run: the objects that were stored since the run before. Each object is stored at one moment, so
 * exactly one run reads each row, however late Firehose delivered it.
 */

/** EventBridge Scheduler replaces this with the time for which it scheduled the run. */
export const SCHEDULED_TIME = "<aws.scheduler.scheduled-time>";

/** The hour in which the run is due. The scheduled time is some minutes later, the run itself up to half an hour. */
const DUE = `date_trunc('hour', from_iso8601_timestamp('${SCHEDULED_TIME}'))`;

const hours = (count: number) => `INTERVAL '${count}' HOUR`;

/**
 * Returns SQL for the hour in which the run before was due. Runs are due at hour 0 and every so many hours after it, so the
 * last interval of a day may be shorter.
 */
const before = (everyHours: number) => {
  const last = 24 % everyHours;
  if (last === 0) return `${DUE} - ${hours(everyHours)}`;
  return `${DUE} - CASE WHEN hour(${DUE}) = 0 THEN ${hours(last)} ELSE ${hours(everyHours)} END`;
};

/**
 * True if Firehose stored the object in its hour of arrival or in the next, which it does unless it had to retry. Only the
 * run at hour 0 reads late objects, because reading them takes a day of partitions.
 */
const ON_TIME = `year || month || day || hour >= date_format(("$file_modified_time" - ${hours(1)}) AT TIME ZONE 'UTC', '%Y%m%d%H')`;

/** Returns the lower bound on the time of objects: the end of the run before. */
const recent = (everyHours: number) =>
  `"$file_modified_time" >= CASE WHEN ${ON_TIME} THEN ${before(everyHours)} ELSE date_trunc('day', ${DUE} - ${hours(1)}) END`;

/** Upper bound on the time of objects: the start of the next run. */
const known = `"$file_modified_time" < CASE WHEN ${ON_TIME} THEN ${DUE} ELSE date_trunc('day', ${DUE}) END`;

/**
 * Returns the first partition to read: that of the run before, or for the run at hour 0 that of the day before, minus 26
 * hours, the longest delay of an object.
 */
const first = (everyHours: number) =>
  `CASE WHEN hour(${DUE}) = 0 THEN ${DUE} - ${hours(24 + 26)} ELSE ${before(everyHours)} - ${hours(1)} END`;

const partitions = (from: string) => `year BETWEEN date_format(${from}, '%Y') AND date_format(${DUE}, '%Y')
  AND year || month || day || hour BETWEEN date_format(${from}, '%Y%m%d%H') AND date_format(${DUE}, '%Y%m%d%H')`;

/** Returns the fragments and the window's parameters of a query that runs every so many hours. */
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
