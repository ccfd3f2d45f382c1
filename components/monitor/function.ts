import { Ingestion } from "../arguments";
import { PREFIX } from "../lifecycle";
import type { Alarm } from "./alarm";
import { ABOVE, type AlarmRow, COUNT, MOST, SUSTAINED, silent } from "./rules";
import {
  type Concerned,
  concernedIn,
  type Limits,
  limitsOf,
  type MonitorSettings,
  type Watched,
} from "./watched";

// biome-ignore format: a table, one alarm after the other
const always = (kept: string, limits: Limits): AlarmRow[] => [
  ["errors", "Errors", COUNT,
    `The ETL failed: its lines are late while they are tried again, and in the end kept in the bucket under ${kept}; read the error in the function's log group.`],
  ["throttles", "Throttles", SUSTAINED,
    `Lambda had no concurrency left for the ETL for 15 minutes: lines are late while they are tried again, and in the end kept in the bucket under ${kept}; raise the account's concurrency or free what other functions reserve.`],
  ["duration", "Duration", { ...MOST, threshold: limits.durationMilliseconds },
    "An invocation took more than 80 % of the function's timeout: nothing is missing yet, but one that takes longer fails and is tried again as a whole; see which step takes the time and whether the stream throttles."],
];

/** Alarms on events in Lambda's queue: those that it gave up, and those that it could not write to the bucket. */
// biome-ignore format: a table, one alarm after the other
const ofQueue = (kept: string): AlarmRow[] => [
  ["failed-events", "AsyncEventsDropped", COUNT,
    `Lambda gave up on an event: its lines are missing from the table but kept in the bucket under ${kept}; remove the cause, then invoke the function with each object's requestPayload.`],
  ["lost-events", "DestinationDeliveryFailures", COUNT,
    "Lambda could not keep a failed event in the bucket: its lines are lost, but for the flow logs' log group, which has them until its retention ends; check the function's access to the bucket and its key."],
];

/** Alarm on records that the function could not transform for a stream. The invocation itself succeeds then. */
// biome-ignore format: a table, one alarm after the other
const ofRecords = (kept: string): AlarmRow[] => [
  ["failed-records", "failedRecords", { ...COUNT, namespace: "FlowLogAnalytics" },
    `The ETL could not read a record, or its rows did not fit into the answer: its lines are missing from the table but kept in the bucket under ${kept}; read the reason, why, in the function's log group.`],
];

/** Returns the alarm's text for a function that nothing calls, by its caller. */
const uncalled = (ingestion: Ingestion, minutes: number): AlarmRow => {
  const says =
    ingestion === Ingestion.LAMBDA
      ? `Nothing called the ETL for ${minutes} minutes: lines are missing from the table, those that came in are in their log group until its retention ends; if a log group is not silent, check its subscription and the function's permission.`
      : `Firehose did not call the ETL for ${minutes} minutes: lines are missing from the table, those that came in wait in the stream for 24 hours; if a stream is not silent, check its role and its processing configuration.`;
  return ["silence", "Invocations", silent(minutes), says];
};

/** Returns the alarm on the share of unparsed lines, by the ETL's own metrics. */
const unparsed = (watched: Watched, limits: Limits): AlarmRow => {
  const counts = ["unparsed", "lines"].map((metricName) => {
    const dimensions = { FunctionName: watched.functionName };
    const metric = { namespace: "FlowLogAnalytics", metricName, dimensions, stat: "Sum", period: 900 };
    return { id: metricName, metric };
  });
  const share = {
    id: "share",
    expression: "100 * unparsed / lines",
    label: "unparsed, percent",
    returnData: true,
  };
  const rule = { ...ABOVE, threshold: limits.unparsedPercent, metricQueries: [share, ...counts] };
  const says = `More than ${limits.unparsedPercent} % of the lines in 15 minutes do not fit the format: none is lost, each is in the table's column unparsed, whole; compare some with the fields that the flow log writes.`;
  return ["unparsed", "unparsed", rule, says];
};

/** Completes an alarm of the function with its name and its log group. */
const alarmOf = (
  watched: Watched,
  [what, metricName, rule, says]: AlarmRow,
  concerned: Concerned[],
): Alarm => {
  const of = { namespace: "AWS/Lambda", dimensions: { FunctionName: watched.functionName }, metricName };
  return {
    what: `etl-${what}`,
    section: `etl-${what}`,
    // A rule with metric queries names its metrics itself.
    rule: rule.metricQueries ? rule : { ...of, ...rule },
    says,
    concerned: [concernedIn(watched).function, ...concerned],
  };
};

/**
 * Returns the alarms of the ETL. Its caller decides how often an event is tried again, and where it is kept in the end.
 */
export const functionAlarms = (settings: MonitorSettings, watched: Watched): Alarm[] => {
  const { ingestion, alarmSilenceInMinutes: minutes } = settings;
  const limits = limitsOf(settings, watched);
  const isQueued = ingestion === Ingestion.LAMBDA;
  const kept = isQueued ? PREFIX.failedEvents : `${PREFIX.errors}processing-failed/`;
  const { functionLogs, bucket, logGroups, streams } = concernedIn(watched);
  const rows = [
    ...always(kept, limits),
    ...(isQueued ? ofQueue : ofRecords)(kept),
    unparsed(watched, limits),
  ];
  const silence = minutes > 0 ? [uncalled(ingestion, minutes)] : [];
  return [
    ...rows.map((row) => alarmOf(watched, row, [functionLogs, bucket])),
    ...silence.map((row) => alarmOf(watched, row, [...(isQueued ? [] : streams), ...logGroups])),
  ];
};
