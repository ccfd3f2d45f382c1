import type { Ingestion } from "../../components/arguments";
import { ROWS, type Row, TABLE, THROUGH_S3 } from "./call-rows";
import { ASKING } from "./calls-asking";
import { ASKING_OF_FINDINGS, DETECTING, STARTING } from "./calls-detecting";

const ERRORS = "{flows-lake}/errors/format-conversion-failed/year=2026/month=10/day=05/hour=07/rows";
const FAILED = "{flows-lake}/aws/lambda/async/flows-etl/2026/10/05/2026-10-05T07.00.00-0f3b1f5e";
export const ENVIRONMENT = {
  context: {
    "kms:ViaService": "lambda.us-east-1.amazonaws.com",
    "kms:EncryptionContext:aws:lambda:FunctionArn": "{flows-etl}",
  },
};

/** AWS: firehose/latest/dev/controlling-access.html. */
// biome-ignore format: a table, one row a line
const STORING: Row[] = [
  ["glue:GetTable glue:GetTableVersion glue:GetTableVersions", TABLE, "reads the columns to convert to"],
  ["s3:GetBucketLocation s3:ListBucket s3:ListBucketMultipartUploads", "{flows-lake}", "finds the bucket"],
  ["s3:AbortMultipartUpload s3:GetObject s3:PutObject", ROWS, "stores rows"],
  ["s3:AbortMultipartUpload s3:GetObject s3:PutObject", ERRORS, "stores what it could not convert"],
  ["kms:Decrypt kms:GenerateDataKey", "{flows-key}", "encrypts objects, as S3 asks in its name", THROUGH_S3],
  ["logs:PutLogEvents", "{flows-stream-log}", "says what went wrong"],
];
/**
 * Putting a record into a stream under a customer key, since 20 April 2026: AWS's notice to callers of PutRecord and
 * PutRecordBatch; and the managed policy AWSServiceRoleForLogDeliveryPolicy, version 5, which got the same two actions.
 */
export const THROUGH_FIREHOSE = { context: { "kms:ViaService": "firehose.us-east-1.amazonaws.com" } };
const ENCRYPTING_RECORDS: Row = [
  "kms:Decrypt kms:GenerateDataKey",
  "{flows-key}",
  "encrypts records, as Firehose asks in its name",
  THROUGH_FIREHOSE,
];

const CALLED = "{flows-etl}:$LATEST";
const TRANSFORMING: Row[] = [
  ...STORING,
  [
    "lambda:GetFunctionConfiguration lambda:InvokeFunction",
    CALLED,
    "has the function parse what it received",
  ],
];

/** AWS: lambda/latest/dg/monitoring-cloudwatchlogs.html; the log group is there already. */
const LOG_STREAM = "{flows-etl-logs}:log-stream:2026/10/05/[$LATEST]0f3b1f5e";
const LOGGING: Row[] = [["logs:CreateLogStream logs:PutLogEvents", LOG_STREAM, "logs"]];

/** AWS: lambda/latest/dg/invocation-async-retain-records.html and configuration-envvars-encryption.html. */
// biome-ignore format: a table, one row a line
const DELIVERING: Row[] = [
  ...LOGGING,
  ["firehose:PutRecordBatch", "{flows-stream}", "sends rows"],
  ENCRYPTING_RECORDS,
  ["s3:PutObject", FAILED, "keeps an event that it failed on"],
  ["s3:ListBucket", "{flows-lake}", "looks whether the bucket for those is there"],
  ["kms:GenerateDataKey", "{flows-key}", "encrypts the event, as S3 asks in its name", THROUGH_S3],
  // Lambda makes a grant for it as well; that one goes with the role, if the role is ever replaced.
  ["kms:Decrypt", "{flows-key}", "reads its environment, as Lambda asks in its name", ENVIRONMENT],
];

/** AWS: vpc/latest/userguide/flow-logs-iam-role.html; what CloudWatch Logs asks for is covered by `<group>:*`. */
const WRITING: Row[] = [
  ["logs:CreateLogStream logs:PutLogEvents", "{flows-flow-logs}:log-stream:eni-0123-all", "writes lines"],
  ["logs:DescribeLogStreams", "{flows-flow-logs}:log-stream:", "looks for an interface's stream"],
];

/** AWS: AmazonCloudWatch/latest/logs/SubscriptionFilters.html, example 3, and CreateFirehoseStreamDestination.html. */
const SUBSCRIBING: Row[] = [
  ["firehose:PutRecord", "{stream}", "hands over what a log group received"],
  ENCRYPTING_RECORDS,
];

/** AWS: firehose/latest/dev/controlling-access.html#access-to-firehose. */
const PRODUCING: Row[] = [
  ["firehose:PutRecord firehose:PutRecordBatch", "{stream}", "writes lines"],
  ENCRYPTING_RECORDS,
];

/** Every call of the pipeline by its caller: a role, or a user of a policy from an output. */
export const CALLS: Record<Ingestion, Record<string, Row[]>> = {
  LAMBDA: {
    "flows-stream": STORING,
    "flows-etl": DELIVERING,
    "flows-flow-logs": WRITING,
    "flows-detect": DETECTING,
    "flows-schedule": STARTING,
    analyst: ASKING_OF_FINDINGS,
  },
  SUBSCRIPTION: {
    "flows-stream": TRANSFORMING,
    "flows-etl": LOGGING,
    "flows-flow-logs": WRITING,
    "flows-subscribe": SUBSCRIBING,
    "flows-producers": SUBSCRIBING,
    analyst: ASKING,
  },
  DIRECT: { "flows-stream": TRANSFORMING, "flows-etl": LOGGING, analyst: ASKING, producer: PRODUCING },
};
