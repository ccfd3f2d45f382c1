import type * as cloudwatch from "@pulumi/aws/cloudwatch";

/** When an alarm goes off. */
export type Rule = cloudwatch.MetricAlarmArgs;

/** Without traffic there is nothing to count, and nothing is wrong. */
export const ABOVE = {
  comparisonOperator: "GreaterThanThreshold",
  evaluationPeriods: 1,
  treatMissingData: "notBreaching",
};
/** Any at all in five minutes. */
export const COUNT = { ...ABOVE, statistic: "Sum", threshold: 0, period: 300 };
/** In each five minutes of fifteen: what ends sooner was made good by trying again. */
export const SUSTAINED = { ...COUNT, evaluationPeriods: 3 };
/** More than two in an hour. Scheduler waits longer from try to try, so that not every five minutes have one. */
export const REPEATED = { ...COUNT, threshold: 2, period: 3600 };
/** The most in five minutes. */
export const MOST = { ...ABOVE, statistic: "Maximum", period: 300 };
/** Age metrics: no new data point does not mean fresh data, so keep the previous state. */
export const AGE = { ...MOST, treatMissingData: "ignore" };
/** Anything that waits in a queue. SQS stops publishing for a queue that nobody calls for six hours, with messages in it or not. */
export const WAITING = { ...AGE, threshold: 0 };
/** A share, 1 if every try succeeded, in 15 minutes, the longest buffering interval; without a try the last state stands. */
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
/** Minutes that a new alarm waits for its first data: an hour for the first lines, and two days at most (CloudWatch API). */
const WARM_UP = { least: 60, most: 2880 };

/**
 * None at all for so many minutes. CloudWatch publishes no zeros for these metrics, so missing data is the alarm. The
 * periods are short because CloudWatch looks at some more of them than it evaluates: with one long period a last data
 * point would put the alarm off for several times its length.
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
    // Without it, an alarm on a metric that has no data yet goes off within minutes of its creation.
    warmUpConfiguration: {
      warmUpPeriodDurationInMinutes: Math.min(Math.max(minutes, WARM_UP.least), WARM_UP.most),
    },
  };
};

/** An alarm: how its name ends, the metric, when it goes off, and its description. */
export type AlarmRow = [what: string, metricName: string, rule: Rule, says: string];
