import type * as cloudwatch from "@pulumi/aws/cloudwatch";

/** Condition of an alarm. */
export type Rule = cloudwatch.MetricAlarmArgs;

/** CloudWatch has no data for these metrics without traffic, which is no fault. */
export const ABOVE = {
  comparisonOperator: "GreaterThanThreshold",
  evaluationPeriods: 1,
  treatMissingData: "notBreaching",
};
/** Goes off at one in five minutes. */
export const COUNT = { ...ABOVE, statistic: "Sum", threshold: 0, period: 300 };
/** Goes off if each of three five-minute periods has one: shorter faults are repaired by retries. */
export const SUSTAINED = { ...COUNT, evaluationPeriods: 3 };
/** Goes off at more than two in an hour. Scheduler's retries back off, so five-minute periods may have none. */
export const REPEATED = { ...COUNT, threshold: 2, period: 3600 };
/** Compares the maximum of five minutes. */
export const MOST = { ...ABOVE, statistic: "Maximum", period: 300 };
/** Age metrics: no new data point does not mean fresh data, so keep the previous state. */
export const AGE = { ...MOST, treatMissingData: "ignore" };
/**
 * Goes off at a message in a queue. SQS stops publishing metrics after six hours without calls, also with messages in
 * the queue.
 */
export const WAITING = { ...AGE, threshold: 0 };
/**
 * Success rate in 15 minutes, the longest buffering interval; 1 if all tries succeeded. Without a try the alarm keeps
 * its state.
 */
export const SHARE = {
  comparisonOperator: "LessThanThreshold",
  evaluationPeriods: 1,
  treatMissingData: "ignore",
  statistic: "Average",
  threshold: 1,
  period: 900,
};

/** CloudWatch evaluates one day of periods that are shorter than an hour, and seven days of longer ones. */
const DAY = 1440;
/**
 * Minutes that a new alarm waits for its first data: an hour for the first lines, and two days at most (CloudWatch
 * API).
 */
const WARM_UP = { least: 60, most: 2880 };

/**
 * Goes off if there is none for so many minutes. CloudWatch publishes no zeros for these metrics, so missing data breaches.
 * The periods are short, because CloudWatch also looks at a few periods before those that it evaluates: with one long
 * period, a last data point would delay the alarm by several times its length.
 */
export const silent = (minutes: number): Rule => {
  const period = minutes <= DAY ? 300 : 3600;
  return {
    comparisonOperator: "LessThanThreshold",
    statistic: "Sum",
    threshold: 1,
    period,
    evaluationPeriods: (minutes * 60) / period,
    treatMissingData: "breaching",
    // Without a warm-up, an alarm on a metric without data goes off within minutes of its creation.
    warmUpConfiguration: {
      warmUpPeriodDurationInMinutes: Math.min(Math.max(minutes, WARM_UP.least), WARM_UP.most),
    },
  };
};

/** A row of a table of alarms: suffix of its name, metric, condition, description. */
export type AlarmRow = [what: string, metricName: string, rule: Rule, says: string];
