import type { Ingestion } from "../../components/arguments";
import type { Context } from "./evaluator";
import { type RoleCall, TOPIC, type World } from "./world";

/**
 * Calls that are alike: each of the actions, on each resource that a template stands for or, in a list, on all of them at
 * once. The owner of a resource is the stack's account, if it is not said.
 */
export type Row = [
  actions: string,
  on: string | string[],
  why: string,
  how?: { context?: Context; owner?: string },
];

export const THROUGH_S3 = { context: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } };
export const CATALOG = "arn:aws:glue:us-east-1:123456789012:catalog";
/** Glue asks for what holds a table, too. */
export const TABLE = [CATALOG, "{flows-database}", "{flows-table}"];
/** What Athena reads a view by, for each view that there is. */
const VIEWS = ["distinct", "readable"].map((name) => [
  CATALOG,
  "{flows-database}",
  `{flows-view-flow-logs-${name}?}`,
]);
const ROWS = "{flows-lake}/flow-logs/year=2026/month=10/day=05/hour=07/rows.parquet";
const ERRORS = "{flows-lake}/errors/format-conversion-failed/year=2026/month=10/day=05/hour=07/rows";
const FAILED = "{flows-lake}/aws/lambda/async/flows-etl/2026/10/05/2026-10-05T07.00.00-0f3b1f5e";
const RESULT = "{flows-lake}/results/0f3b1f5e.csv";
const HOUR = { context: { "s3:prefix": "flow-logs/year=2026/month=10/day=05/hour=07/" } };
const RESULTS = { context: { "s3:prefix": "results/" } };
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

const SAVED =
  "athena:BatchGetNamedQuery athena:BatchGetPreparedStatement athena:GetNamedQuery athena:GetPreparedStatement athena:ListNamedQueries athena:ListPreparedStatements";
const RUN =
  "athena:BatchGetQueryExecution athena:GetQueryExecution athena:GetQueryResults athena:GetQueryResultsStream athena:GetQueryRuntimeStatistics athena:GetWorkGroup athena:ListQueryExecutions athena:ListTagsForResource athena:StartQueryExecution athena:StopQueryExecution";
const BROWSE =
  "athena:GetDataCatalog athena:GetDatabase athena:GetTableMetadata athena:ListDatabases athena:ListTableMetadata";
/** What tools list before they show a form. */
const LIST = "athena:ListDataCatalogs athena:ListEngineVersions athena:ListWorkGroups";
const SEE =
  "glue:BatchGetPartition glue:GetPartition glue:GetPartitions glue:GetTable glue:GetTableVersion glue:GetTableVersions glue:GetTables";
const GLUE_DATABASES = "arn:aws:glue:us-east-1:123456789012:database";
const MULTIPART = "s3:AbortMultipartUpload s3:ListMultipartUploadParts";

/** What AWS and the makers of tools publish (published.ts), but what NOT_GIVEN has there; athena/latest/ug/s3-permissions.html. */
// biome-ignore format: a table, one row a line
export const ASKING: Row[] = [
  [SAVED, "{flows-workgroup}", "finds what others ask"],
  [RUN, "{flows-workgroup}", "asks, and reads the answers"],
  [BROWSE, "arn:aws:athena:us-east-1:123456789012:datacatalog/AwsDataCatalog", "shows what there is to ask"],
  [LIST, "*", "offers what there is to choose from"],
  ["glue:GetCatalog glue:GetCatalogs", CATALOG, "finds the catalog"],
  ["glue:GetDatabases", [CATALOG, `${GLUE_DATABASES}/others`], "lists the databases, which goes for all or none"],
  ["glue:GetDatabase", [CATALOG, "{flows-database}"], "finds the database"],
  ["glue:GetDatabase", [CATALOG, `${GLUE_DATABASES}/default`], "finds the default database, as Athena does in any case"],
  [SEE, TABLE, "reads the columns"],
  ...VIEWS.map((view): Row => ["glue:GetTable", view, "reads what a view means"]),
  ["s3:GetBucketLocation s3:ListBucketMultipartUploads", "{flows-lake}", "finds the bucket, and uploads that were not finished"],
  ["s3:ListBucket", "{flows-lake}", "finds the rows of an hour", HOUR],
  ["s3:ListBucket", "{flows-lake}", "finds results", RESULTS],
  ["s3:GetObject", ROWS, "reads rows"],
  [`${MULTIPART} s3:GetObject s3:PutObject`, RESULT, "writes and reads results"],
  ["kms:Decrypt kms:GenerateDataKey", "{flows-key}", "decrypts and encrypts, as S3 asks in its name", THROUGH_S3],
];

const FINDING = "{flows-lake}/findings/detection=top-pairs/run=2026-10-05T07/0f3b1f5e-0/0.gz";
const FINDINGS = { context: { "s3:prefix": "findings/detection=top-pairs/run=2026-10-05T07/0f3b1f5e-0/" } };
const FOUND = [CATALOG, "{flows-database}", "{flows-findings}"];

/** The same, and what detections found. */
// biome-ignore format: a table, one row a line
const ASKING_OF_FINDINGS: Row[] = [
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
const DETECTING: Row[] = [
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
const STARTING: Row[] = [
  ["states:StartExecution", "{flows-detection}", "starts a run"],
  ["kms:Decrypt", "{flows-key}", "reads its input, as Scheduler asks in its name", THROUGH_SCHEDULER],
  ["sqs:SendMessage", "{flows-detections-unstarted}", "keeps the input of a run that it could not start"],
  ["kms:Decrypt kms:GenerateDataKey", "{flows-key}", "encrypts a message, as SQS asks in its name", THROUGH_SQS],
];

/** Every call of the pipeline, by who makes it: roles, and those whom an output gives a policy. */
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

/** The calls that rows stand for in this stack. */
export const callsOf = (world: World, who: string, rows: Row[]): RoleCall[] =>
  rows.flatMap(([actions, on, why, { context = {}, owner } = {}]) => {
    const targets = Array.isArray(on) ? [on.flatMap(world.arnsOf)] : world.arnsOf(on).map((arn) => [arn]);
    const filled = Object.entries(context).map(([key, value]) => [key, world.arnsOf(value)[0]]);
    return actions.split(" ").flatMap((action) =>
      targets.map((resources) => ({
        who,
        why,
        action,
        resources,
        owner,
        context: Object.fromEntries(filled),
      })),
    );
  });
