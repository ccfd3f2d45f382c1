import { SCAN } from "../../queries/cost";

/** A price in US dollars, and its source. */
interface Price {
  what: string;
  usd: number;
  per: string;
  region: string;
  source: string;
}

/** The day on which the prices were taken from their sources, which are copies of AWS's price lists. */
export const NOTED = "2026-11-22";

const GOLDEN = "infracost, the expected output of its test";
const FUNCTION = `${GOLDEN} \`lambda_function\``;
const STREAM = `${GOLDEN} \`kinesis_firehose_delivery_stream\``;
const TIPS = "aws-samples cfm-tips, `cloudwatch_service_vended_log.py`";

const price = (usd: number, per: string, what: string, source: string, region = "us-east-1"): Price => ({
  what,
  usd,
  per,
  region,
  source,
});

/** First tiers. */
export const PRICES = {
  logs: price(0.5, "GB", "CloudWatch Logs, flow logs taken in, first 10 TB a month", TIPS),
  delivery: price(0.25, "GB", "Delivery of flow logs to Firehose, first 10 TB a month", TIPS),
  ingestion: price(0.029, "GB", "Firehose, ingestion, each record rounded up to 5 KB", TIPS),
  conversion: price(
    0.021,
    "GB",
    "Firehose, format conversion, each record rounded up to 5 KB",
    STREAM,
    "eu-west-2",
  ),
  request: price(0.2, "million", "Lambda, requests", FUNCTION),
  compute: price(0.0000133334, "GB-second", "Lambda, arm64", FUNCTION),
  storage: price(0.023, "GB and month", "S3 Standard", TIPS),
};

/** Prices of queries. */
export const SCAN_PRICE = price(
  SCAN.usdPerTb,
  "TB",
  "Athena, bytes read, 10 MB at least a query",
  "athena.guide",
);

/** Prices of what a month costs beside the ways in. */
export const MONTHLY = {
  key: price(1, "key and month", "KMS, a key of the account", `${GOLDEN} \`kms_key\``),
  kept: price(0.03, "GB and month", "CloudWatch Logs, storage", `${GOLDEN} \`cloudwatch_log_group\``),
  metric: price(
    0.3,
    "metric and month",
    "CloudWatch, custom metrics, the first 10,000, by the hours in which they have data",
    'c3x.dev, "CloudWatch custom metrics cost"',
  ),
  states: price(
    0.025,
    "thousand",
    "Step Functions, transitions of a state machine",
    `${GOLDEN} \`sfn_state_machine\``,
  ),
};

/** A figure that the costs rest on. */
interface Ratio {
  value: number;
  what: string;
  how: string;
}

const ratio = (value: number, what: string, how: string): Ratio => ({ value, what, how });

const DAY = "measured: the made-up day in AWS's default format";
const EVENTS = `${DAY}, 1,000 lines an event`;

/** Bytes for each raw byte, which is one of a line without what is around it. A test measures again what can be. */
export const RATIOS = {
  rows: ratio(1.64, "rows in JSON, in records rounded up to 5 KB", EVENTS),
  envelope: ratio(0.28, "gzipped envelopes", "assumed, between the next two: real ids are neither"),
  leastEnvelope: ratio(0.19, "gzipped envelopes whose ids count up", EVENTS),
  mostEnvelope: ratio(0.43, "gzipped envelopes whose ids are random digits", EVENTS),
  wrapped: ratio(1.12, 'lines as `{"message":"…"}`', DAY),
  parquet: ratio(0.17, "Parquet", `${DAY}, \`flowlogs run\``),
} satisfies Record<string, Ratio>;

/** Bytes of a line of the made-up day in AWS's default format. */
export const LINE_BYTES = 113.5;

/**
 * Milliseconds of CPU time for each raw MB, at least and at most. No test measures them: they are the machine's too.
 */
export const CPU = {
  LAMBDA: {
    least: 2.7,
    most: 12,
    how: "`npm run bench`: `transform v2 1000`, and `handler` with its requests",
  },
  SUBSCRIPTION: { least: 6.5, most: 6.5, how: "the deployed function, 1,000 lines an envelope" },
  DIRECT: { least: 15, most: 57, how: "the deployed function, 100 lines a record, or a line a record" },
};

/** Settings that components/etl.ts and components/firehose.ts declare. */
export const DECLARED = { memoryMb: 512, callMb: 0.2 };
