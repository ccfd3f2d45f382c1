import type { FlowLogAnalyticsArgs } from "./arguments";
import { type Problem, show } from "./settings/problems";
import type { Source } from "./settings/source";

/** A first line may take 20 minutes: a window of ten, and ten until AWS publishes it. */
const LEAST = 30;
/** CloudWatch evaluates one day in periods of five minutes, and a week in periods of an hour. */
const DAY = 1440;
const WEEK = 10_080;

const isEvaluated = (minutes: unknown): minutes is number => {
  if (!Number.isInteger(minutes)) return false;
  const whole = minutes as number;
  return whole <= DAY ? whole >= LEAST && whole % 5 === 0 : whole <= WEEK && whole % 60 === 0;
};

/** True if a healthy stack without traffic sends nothing: flow logs write NODATA lines, but the ETL may drop them. */
const mayRest = ({ trafficType, filterPattern, dropNoData, keepAction }: Partial<FlowLogAnalyticsArgs>) =>
  (trafficType ?? "ALL") !== "ALL" ||
  Boolean(filterPattern) ||
  Boolean(dropNoData) ||
  keepAction !== undefined;

/** Checks `alarmSilenceInMinutes` and fills in the default. 0 stands for no alarm. */
export const silenceOf = (
  given: Partial<FlowLogAnalyticsArgs>,
  sources: Source[],
  problems: Problem[],
): number => {
  const { alarmSilenceInMinutes: minutes } = given;
  if (minutes === undefined) return sources.length === 0 || mayRest(given) ? 0 : 60;
  if (minutes === 0 || isEvaluated(minutes)) return minutes;
  const reason = `must be 0 for no alarm, ${LEAST} to ${DAY} minutes in steps of 5, or up to ${WEEK} in steps of 60; got ${show(minutes)}`;
  problems.push({ propertyPath: "alarmSilenceInMinutes", reason });
  return 0;
};
