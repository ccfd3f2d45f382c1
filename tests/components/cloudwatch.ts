/** Settings of an alarm on a count. */
export interface MetricAlarm {
  comparisonOperator: string;
  threshold: number;
  /** In seconds. */
  period: number;
  evaluationPeriods: number;
  datapointsToAlarm?: number;
  treatMissingData: string;
  warmUpConfiguration?: { warmUpPeriodDurationInMinutes: number };
}

export type State = "OK" | "ALARM" | "INSUFFICIENT_DATA";

/** CloudWatch looks at two periods more than it evaluates, as in the tables of its user guide. */
export const MORE_PERIODS = 2;

/** Returns true if a data point breaches. */
const breaches = ({ comparisonOperator, threshold }: MetricAlarm, value: number) =>
  comparisonOperator === "LessThanThreshold" ? value < threshold : value > threshold;

/**
 * The state that CloudWatch gives an alarm for its data points, the newest last; undefined is a missing one. Real ones
 * count before missing ones: see "Configuring how CloudWatch alarms treat missing data" in its user guide.
 */
export const evaluate = (
  alarm: MetricAlarm,
  points: (number | undefined)[],
  previous: State = "INSUFFICIENT_DATA",
): State => {
  const { evaluationPeriods: periods, datapointsToAlarm = periods, treatMissingData } = alarm;
  const range = points.slice(-(periods + MORE_PERIODS));
  const real = range.filter((point): point is number => point !== undefined).slice(-periods);
  const missing = periods - real.length;
  const breaching = real.filter((point) => breaches(alarm, point)).length;
  const state = (count: number): State => (count >= datapointsToAlarm ? "ALARM" : "OK");
  if (missing === 0 || treatMissingData === "notBreaching") return state(breaching);
  if (treatMissingData === "breaching") return state(breaching + missing);
  if (real.length === 0) return treatMissingData === "ignore" ? previous : "INSUFFICIENT_DATA";
  throw new Error("not needed here, and the guide's tables do not agree on it");
};

/** Step of the simulation, in minutes. */
export const STEP = 5;

/**
 * The states of an alarm that was created at minute 0, every five minutes, of a metric of which each number of `minutes`
 * has a data point. No data is older than the alarm.
 */
export const states = (
  alarm: MetricAlarm,
  hasData: (minute: number) => boolean,
  minutes: number,
): State[] => {
  const length = alarm.period / 60;
  const before = [0];
  for (let minute = 1; minute <= minutes; minute++) before.push(before[minute - 1] + Number(hasData(minute)));
  const until = (minute: number) => before[Math.max(minute, 0)];
  /** Returns the sum of the period that ends then. CloudWatch has no data point for a period without values. */
  const point = (end: number) => until(end) - until(end - length) || undefined;
  const warmUp = alarm.warmUpConfiguration?.warmUpPeriodDurationInMinutes ?? 0;
  const found: State[] = [];
  for (let minute = STEP; minute <= minutes; minute += STEP) {
    const range = Array.from({ length: alarm.evaluationPeriods + MORE_PERIODS }, (_, n) =>
      point(minute - n * length),
    ).reverse();
    found.push(minute <= warmUp ? "INSUFFICIENT_DATA" : evaluate(alarm, range, found.at(-1)));
  }
  return found;
};
