import { Ingestion } from "../arguments";
import { PREFIX } from "../lifecycle";
import type { Alarm } from "./alarm";
import { AGE, type AlarmRow, COUNT, SHARE, SUSTAINED, silent } from "./rules";
import {
  type Concerned,
  concernedIn,
  type Limits,
  limitsOf,
  type MonitorSettings,
  type Receiver,
  type Watched,
} from "./watched";

// biome-ignore format: a table, one alarm after the other
const always = (limits: Limits): AlarmRow[] => [
  ["freshness", "DeliveryToS3.DataFreshness", { ...AGE, threshold: limits.freshnessSeconds },
    `The oldest row in the stream has waited for more than ${limits.freshnessSeconds} s: rows are late, and lost if Firehose cannot deliver them within 24 hours; read the stream's log group.`],
  ["delivery", "DeliveryToS3.Success", SHARE,
    "Firehose failed to write to the bucket: rows are late while it tries again, and lost after 24 hours; check its role, the bucket's policy and the key, and read the stream's log group."],
  ["conversion", "FailedConversion.Records", COUNT,
    `Firehose could not convert records to Parquet: their rows are missing from the table but kept in the bucket under ${PREFIX.errors}format-conversion-failed/; read the ErrorMessage there and compare with the table's columns.`],
  ["throttled", "ThrottledRecords", SUSTAINED,
    "The stream turned records away for 15 minutes: rows are late while their sender tries again, and missing once it gives up; ask AWS for a higher limit of the stream's throughput."],
];

/** Alarm on a stream's invocations of the function. */
const calls: AlarmRow = [
  "processing",
  "ExecuteProcessing.Success",
  SHARE,
  `Firehose's calls of the ETL failed: lines are late while it tries again, and then missing from the table but kept in the bucket under ${PREFIX.errors}processing-failed/; look for the function's errors, throttles and timeouts.`,
];

/** Place of the lines that did not come, and the first thing to check. */
const UNREACHED: Record<Ingestion, string> = {
  LAMBDA:
    "lines are missing from the table, those that came in are in their log group until its retention ends; if the function is not silent, read its log group.",
  SUBSCRIPTION:
    "lines are missing from the table, those that came in are in their log group until its retention ends; if a log group is not silent, check its subscription and the subscription's role.",
  DIRECT:
    "lines are missing, and no other place has them; see the status of the flow logs, the stream's tag LogDeliveryEnabled and its key.",
};

const unreached = (ingestion: Ingestion, minutes: number): AlarmRow => [
  "silence",
  "IncomingRecords",
  silent(minutes),
  `Nothing reached the stream for ${minutes} minutes: ${UNREACHED[ingestion]}`,
];

const alarmOf = (
  { key, name }: Receiver,
  [what, metricName, rule, says]: AlarmRow,
  concerned: Concerned[],
): Alarm => ({
  what: `${key}-${what}`,
  section: `stream-${what}`,
  rule: { namespace: "AWS/Firehose", dimensions: { DeliveryStreamName: name }, metricName, ...rule },
  says,
  concerned: [{ what: "Stream", page: "stream", name }, ...concerned],
});

/** Returns the alarms of each stream. */
export const streamAlarms = (settings: MonitorSettings, watched: Watched): Alarm[] => {
  const { ingestion, alarmSilenceInMinutes: minutes } = settings;
  const rows = [...always(limitsOf(settings, watched)), ...(ingestion === Ingestion.LAMBDA ? [] : [calls])];
  const { streamLogs, bucket, logGroups } = concernedIn(watched);
  return watched.streams.flatMap((stream) => {
    const rests = minutes === 0 || !stream.isWritten;
    return [
      ...rows.map((row) => alarmOf(stream, row, [streamLogs, bucket])),
      ...(rests ? [] : [alarmOf(stream, unreached(ingestion, minutes), logGroups)]),
    ];
  });
};
