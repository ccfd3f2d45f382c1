import * as pulumi from "@pulumi/pulumi";
import { Ingestion } from "../arguments";
import type { Alarm } from "./alarm";
import { COUNT, type Rule, SUSTAINED, silent } from "./rules";
import { type Concerned, concernedIn, type MonitorSettings, type ReadGroup, type Watched } from "./watched";

/**
 * Returns the query for a count of one subscription filter. Its metric has three dimensions: log group, destination type
 * and filter. AWS does not document the values of the destination type, and an alarm on a metric that does not exist
 * never goes off, so the query names the other two dimensions only.
 */
const ofFilter = (metricName: string, group: ReadGroup, rule: typeof COUNT): Rule => {
  const { statistic, period, ...when } = rule;
  const expression = pulumi.interpolate`SELECT SUM(${metricName}) FROM "AWS/Logs" WHERE LogGroupName = '${group.name}' AND FilterName = '${group.filterName}'`;
  return {
    ...when,
    metricQueries: [{ id: "handed", label: metricName, expression, period, returnData: true }],
  };
};

/** Advice for a log group's subscriber, by the value of `ingestion`. */
const TAKER: Partial<Record<Ingestion, { refused: string; held: string }>> = {
  LAMBDA: {
    refused: "check that the function exists and that its permission names the log group.",
    held: "see whether the function is throttled.",
  },
  SUBSCRIPTION: {
    refused:
      "check that the stream exists and that the subscription's role may put records into it and use its key.",
    held: "see whether the stream is throttled.",
  },
};

const alarmsOf = (group: ReadGroup, settings: MonitorSettings, takers: Concerned[]): Alarm[] => {
  const { ingestion, alarmSilenceInMinutes: minutes } = settings;
  const named = (what: string, ...concerned: Concerned[]) => ({
    what: `logs-${group.key}-${what}`,
    section: `logs-${what}`,
    concerned: [{ what: "Log group", page: "logGroup" as const, name: group.name }, ...concerned],
  });
  const incoming = {
    namespace: "AWS/Logs",
    metricName: "IncomingLogEvents",
    dimensions: { LogGroupName: group.name },
  };
  const quiet: Alarm = {
    ...named("silence"),
    rule: { ...incoming, ...silent(minutes) },
    says: `No line came into the log group for ${minutes} minutes: lines are missing, and no other place has them; see the status of the flow logs that write to it, their role and the key.`,
  };
  return [
    {
      ...named("errors", ...takers),
      rule: ofFilter("DeliveryErrors", group, COUNT),
      says: `CloudWatch Logs could not hand lines on: after an access error it skips those of up to ten minutes, which are missing from the table but in the log group until its retention ends; ${TAKER[ingestion]?.refused}`,
    },
    {
      ...named("throttles", ...takers),
      rule: ofFilter("DeliveryThrottling", group, SUSTAINED),
      says: `CloudWatch Logs was held up for 15 minutes when it handed lines on: they are late while it tries again, and after 24 hours missing from the table but in the log group until its retention ends; ${TAKER[ingestion]?.held}`,
    },
    ...(minutes > 0 && group.isWritten ? [quiet] : []),
  ];
};

/** Returns the alarms of each log group that the stack reads. */
export const groupAlarms = (settings: MonitorSettings, watched: Watched): Alarm[] => {
  const { function: etl, streams } = concernedIn(watched);
  const takers = settings.ingestion === Ingestion.LAMBDA ? [etl] : streams;
  return watched.logGroups.flatMap((group) => alarmsOf(group, settings, takers));
};
