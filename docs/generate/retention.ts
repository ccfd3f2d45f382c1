import { lifecycleRules, PREFIX } from "../../components/lifecycle";
import { runProgram } from "../../local/program";
import { defaults } from "./defaults";
import { table } from "./markdown";
import { LINE_BYTES, RATIOS } from "./prices";

/** The least object that S3 moves to Standard-IA, unless a rule says otherwise (S3 user guide, lifecycle transitions). */
const LEAST_MOVED = 128 * 1024;
const QUEUE = "aws:sqs/queue:Queue";

const ARGUMENTS: [prefix: keyof typeof PREFIX, what: string, argument: string][] = [
  ["data", "flow logs, as Parquet", "dataExpirationInDays"],
  ["results", "results of Athena queries", "resultsExpirationInDays"],
  ["errors", "records that Firehose could not convert or deliver", "errorsExpirationInDays"],
  ["failedEvents", "events that the function failed on", "failedEventsExpirationInDays"],
  ["findings", "findings of detections", "findingsExpirationInDays"],
];

const days = (count: number | undefined) => (count === undefined ? "no expiry" : `${count} days`);

/** Lines a day below which no object of a stack with the defaults is large enough for Standard-IA, in round numbers. */
export const linesForStandardIa = (): number => {
  const { bufferingInterval } = defaults();
  const objectsPerDay = 86_400 / bufferingInterval;
  const lines = (LEAST_MOVED / (LINE_BYTES * RATIOS.parquet.value)) * objectsPerDay;
  return Number(lines.toPrecision(1));
};

/** The days that SQS keeps the inputs of runs that could not be started, as a stack with detections declares them. */
const queueDays = async () => {
  const { resources } = await runProgram("dev", { detections: { queries: ["horizontal-scan"] } });
  const seconds = resources.find(({ type }) => type === QUEUE)?.inputs.messageRetentionSeconds;
  return seconds / 86_400;
};

/** Prints how long a stack with the defaults keeps everything, for docs/retention.md. */
export const retentionDefaults = async (): Promise<string> => {
  const { storage, logRetentionInDays } = defaults();
  const rules = lifecycleRules(storage);
  const expiry = (prefix: string) =>
    rules.find(({ filter, ...rule }) => filter.prefix === prefix && "expiration" in rule) as
      | { expiration?: { days: number } }
      | undefined;
  const old = lifecycleRules({ ...storage, versioning: true }).find(({ id }) => id === "old-versions");
  const { noncurrentDays } = (old as unknown as { noncurrentVersionExpiration: { noncurrentDays: number } })
    .noncurrentVersionExpiration;
  const inBucket = ARGUMENTS.map(([name, what, argument]) => [
    what,
    `the bucket, \`${PREFIX[name]}\``,
    days(expiry(PREFIX[name])?.expiration?.days),
    `\`retention.${argument}\``,
  ]);
  return table(
    ["what", "where", "kept by default", "argument"],
    [
      ...inBucket,
      [
        "replaced and deleted objects",
        "the bucket",
        `none; with \`versioning\` ${days(noncurrentDays)}`,
        "`versioning`",
      ],
      [
        "lines, and logs of the function and the stream",
        "log groups",
        days(logRetentionInDays),
        "`logRetentionInDays`",
      ],
      ["inputs of detections that could not be started", "the queue", days(await queueDays()), ""],
    ],
  );
};
