import { CATALOG, HOUR, MULTIPART, RESULT, ROWS, type Row, TABLE, THROUGH_S3 } from "./call-rows";
import { ASKING } from "./calls-asking";
import { TOPIC } from "./world";

const FINDING = "{flows-lake}/findings/detection=top-pairs/run=2026-10-05T07/0f3b1f5e-0/0.gz";
const FINDINGS = { context: { "s3:prefix": "findings/detection=top-pairs/run=2026-10-05T07/0f3b1f5e-0/" } };
const FOUND = [CATALOG, "{flows-database}", "{flows-findings}"];

/** The same tables, and the findings of detections. */
// biome-ignore format: a table, one row a line
export const ASKING_OF_FINDINGS: Row[] = [
  ...ASKING,
  ["glue:GetPartitions glue:GetTable", FOUND, "reads what a finding is, and which runs found any"],
  ["s3:ListBucket", "{flows-lake}", "finds findings", FINDINGS],
  ["s3:GetObject", FINDING, "reads findings"],
];

/**
 * Through Step Functions, as AWS's guide "Data at rest encryption in Step Functions" has it: the execution role uses the
 * key itself, in the context of its state machine. Through SNS: sns/latest/dg/sns-key-management.html.
 */
const EXECUTION = { context: { "kms:EncryptionContext:aws:states:stateMachineArn": "{flows-detection}" } };
export const THROUGH_SNS = { context: { "kms:ViaService": "sns.us-east-1.amazonaws.com" } };

/** AWS: step-functions/latest/dg/connect-athena.html and connect-sns.html, athena/latest/ug/unload.html. */
// biome-ignore format: a table, one row a line
export const DETECTING: Row[] = [
  ["athena:GetQueryExecution athena:StartQueryExecution athena:StopQueryExecution", "{flows-workgroup}", "asks, and waits"],
  ["glue:GetDatabase", [CATALOG, "{flows-database}"], "finds the database"],
  ["glue:GetTable", TABLE, "reads the columns"],
  ["s3:GetBucketLocation", "{flows-lake}", "finds the bucket"],
  ["s3:ListBucket", "{flows-lake}", "finds the rows of an hour", HOUR],
  ["s3:ListBucket", "{flows-lake}", "looks whether it found anything", FINDINGS],
  ["s3:GetObject", ROWS, "reads rows"],
  [`${MULTIPART} s3:PutObject`, FINDING, "writes findings"],
  [`${MULTIPART} s3:PutObject`, RESULT, "writes the list of what it wrote"],
  ["glue:CreatePartition glue:GetPartition", FOUND, "registers findings, and reads whose are registered"],
  ["kms:Decrypt kms:GenerateDataKey", "{flows-key}", "decrypts and encrypts, as S3 asks in its name", THROUGH_S3],
  ["kms:Decrypt kms:GenerateDataKey", "{flows-key}", "encrypts and reads its execution", EXECUTION],
  ["kms:Decrypt kms:GenerateDataKey", "{flows-key}", "encrypts a message, as SNS asks in its name", THROUGH_SNS],
  ["sns:Publish", TOPIC, "tells of what it found"],
];

/**
 * A schedule's input is decrypted in the name of its role: scheduler/latest/UserGuide/encryption-rest.html, and
 * aws/aws-cdk#31923, where somebody tried that Decrypt is enough. StartExecution needs nothing of the machine's key (Step
 * Functions' guide, "Required permissions for API callers").
 */
const THROUGH_SCHEDULER = { context: { "kms:ViaService": "scheduler.us-east-1.amazonaws.com" } };
/** Sending to a queue under a key: AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html. */
export const THROUGH_SQS = { context: { "kms:ViaService": "sqs.us-east-1.amazonaws.com" } };

/** AWS: scheduler/latest/UserGuide/managing-targets-templated.html and configuring-schedule-dlq.html. */
// biome-ignore format: a table, one row a line
export const STARTING: Row[] = [
  ["states:StartExecution", "{flows-detection}", "starts a run"],
  ["kms:Decrypt", "{flows-key}", "reads its input, as Scheduler asks in its name", THROUGH_SCHEDULER],
  ["sqs:SendMessage", "{flows-detections-unstarted}", "keeps the input of a run that it could not start"],
  ["kms:Decrypt kms:GenerateDataKey", "{flows-key}", "encrypts a message, as SQS asks in its name", THROUGH_SQS],
];
