import { CATALOG, type Row, TABLE, THROUGH_S3 } from "./call-rows";
import { ENVIRONMENT, THROUGH_FIREHOSE } from "./calls";
import { THROUGH_SNS, THROUGH_SQS } from "./calls-detecting";
import { STRANGER } from "./evaluator";
import { type RoleCall, TOPIC } from "./world";

const GLUE_TABLES = "arn:aws:glue:us-east-1:123456789012:table";
const OTHER_TABLE = [CATALOG, "{flows-database}", `${GLUE_TABLES}/flow_log_analytics_dev_flows/others`];
const OTHER_STREAM = "arn:aws:firehose:us-east-1:123456789012:deliverystream/others";
const OTHER_DATABASE = [CATALOG, "arn:aws:glue:us-east-1:123456789012:database/others"];
const PRIMARY = "arn:aws:athena:us-east-1:123456789012:workgroup/primary";
const EXISTING = "arn:aws:logs:us-east-1:123456789012:log-group:/vpc/flow-logs:log-stream:eni-0123-all";
const ROLES = ["stream", "etl", "flow-logs", "subscribe", "producers"].map((name) => `{flows-${name}-role?}`);
const GROUPS = ["{flows-stream-logs}", "{flows-etl-logs}", "{flows-flow-logs?}"];
const PREFIXES = ["flow-logs", "errors", "results", "aws/lambda/async"];
const prefix = (text: string) => ({ context: { "s3:prefix": text } });

/** Calls that every role must be denied. */
// biome-ignore format: a table, one row a line
const NOBODY: Row[] = [
  ...PREFIXES.map((prefix): Row => ["s3:DeleteObject s3:DeleteObjectVersion s3:PutObjectAcl", `{flows-lake}/${prefix}/a`, "deletes or shares"]),
  ["s3:GetObject s3:PutObject", "{flows-lake}/elsewhere/a", "uses the rest of the bucket"],
  ["s3:DeleteBucket s3:ListBucketVersions s3:PutBucketPolicy s3:PutLifecycleConfiguration", "{flows-lake}", "changes the bucket"],
  ["s3:ListAllMyBuckets firehose:ListDeliveryStreams iam:ListRoles lambda:ListFunctions logs:DescribeLogGroups", "*", "lists everything"],
  ["kms:CreateGrant kms:Encrypt", "{flows-key}", "uses the key for more, through S3", THROUGH_S3],
  ["kms:CreateGrant kms:Encrypt", "{flows-key}", "uses the key for more, through Firehose", THROUGH_FIREHOSE],
  ["kms:CreateGrant kms:Encrypt", "{flows-key}", "uses the key for more, through SNS", THROUGH_SNS],
  ["kms:CreateGrant kms:Encrypt", "{flows-key}", "uses the key for more, through SQS", THROUGH_SQS],
  ["kms:CreateGrant kms:PutKeyPolicy kms:ScheduleKeyDeletion", "{flows-key}", "gives the key away, or takes it"],
  ["glue:CreateTable glue:DeleteTable glue:UpdateTable", TABLE, "changes the table"],
  ["glue:GetPartition glue:GetPartitions glue:GetTable", OTHER_TABLE, "reads other tables"],
  ...GROUPS.map((group): Row => ["logs:DeleteLogStream logs:GetLogEvents", `${group}:log-stream:a`, "deletes or reads logs"]),
  ...GROUPS.map((group): Row => ["logs:DeleteLogGroup logs:FilterLogEvents logs:PutSubscriptionFilter", group, "deletes, reads or leads away logs"]),
  ["logs:DeleteLogStream logs:GetLogEvents", "{flows-stream-log}", "deletes or reads logs"],
  ["logs:PutLogEvents", EXISTING, "writes to a log group that is only read"],
  ["firehose:DeleteDeliveryStream firehose:DescribeDeliveryStream firehose:UpdateDestination", "{stream}", "changes the stream"],
  ["firehose:PutRecord firehose:PutRecordBatch", OTHER_STREAM, "writes to other streams"],
  ["lambda:AddPermission lambda:UpdateFunctionCode lambda:UpdateFunctionConfiguration", "{flows-etl}", "changes the function"],
  ["lambda:GetFunction lambda:InvokeFunction", "{flows-etl}:1", "uses another version"],
  ["lambda:GetFunction", "{flows-etl}:$LATEST", "reads the code"],
  ["athena:CreateNamedQuery athena:DeleteNamedQuery athena:DeleteWorkGroup athena:UpdateWorkGroup", "{flows-workgroup}", "changes the workgroup"],
  ["athena:StartQueryExecution", PRIMARY, "asks without the workgroup's bounds"],
  ...ROLES.map((role): Row => ["iam:PassRole iam:PutRolePolicy iam:UpdateAssumeRolePolicy sts:AssumeRole", role, "takes or gives a role"]),
];

/** Calls that only some roles make, and all others must be denied. */
const ASKS: Row = ["athena:StartQueryExecution", "{flows-workgroup}", "asks"];
const READS: Row = ["s3:GetObject", "{flows-lake}/flow-logs/a", "reads rows"];
const WRITES: Row = ["s3:PutObject", "{flows-lake}/flow-logs/a", "writes rows"];
const SENDS: Row = ["firehose:PutRecord firehose:PutRecordBatch", "{stream}", "writes to the stream"];
const INVOKES: Row = ["lambda:InvokeFunction", "{flows-etl}", "calls the function"];
const DECRYPTS: Row = ["kms:Decrypt kms:GenerateDataKey", "{flows-key}", "uses the key by itself"];
const through = (service: string): Row => {
  const context = { "kms:ViaService": `${service}.amazonaws.com` };
  return [
    "kms:Decrypt kms:GenerateDataKey",
    "{flows-key}",
    "uses the key through another service",
    { context },
  ];
};
const OTHER_SERVICES = ["s3.eu-west-1", "firehose.eu-west-1", "secretsmanager.us-east-1"].map(through);
const FIREHOSE = through("firehose.us-east-1");
const S3 = through("s3.us-east-1");
const [SNS, SQS, SCHEDULER] = ["sns", "sqs", "scheduler"].map((service) => through(`${service}.us-east-1`));
const OTHER_MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:flows-other";
const FINDINGS_TABLE = [CATALOG, "{flows-database}", "{flows-findings}"];
const uses = (...prefixes: string[]) =>
  prefixes.map(
    (prefix): Row => ["s3:GetObject s3:PutObject", `{flows-lake}/${prefix}/a`, "uses what is others'"],
  );

/** Calls that each role may never make. */
// biome-ignore format: tables, one row a line
export const NEVER: Record<string, Row[]> = {
  "flows-stream": [
    ...NOBODY, ASKS, SENDS, DECRYPTS, FIREHOSE, ...OTHER_SERVICES, ...uses("results", "aws/lambda/async"),
    ["logs:PutLogEvents", "{flows-stream-logs}:log-stream:other", "writes to another stream of its log group"],
    ["logs:CreateLogStream", "{flows-stream-log}", "makes a stream in its log group"],
  ],
  "flows-etl": [
    ...NOBODY, ASKS, READS, WRITES, INVOKES, DECRYPTS, ...OTHER_SERVICES, ...uses("results", "errors"),
    ["s3:GetObject", "{flows-lake}/aws/lambda/async/a", "reads failed events"],
    ["s3:PutObject", "{flows-lake}/aws/lambda/async/a", "stores where a stranger took the bucket's name", { owner: STRANGER }],
    ["s3:ListBucket", "{flows-lake}", "looks where a stranger took the bucket's name", { owner: STRANGER }],
    ["kms:CreateGrant kms:Encrypt", "{flows-key}", "uses the key for more, through Lambda", ENVIRONMENT],
    ["firehose:PutRecord", "{stream}", "sends rows one by one"],
    ["logs:CreateLogStream logs:PutLogEvents", "{flows-flow-logs?}:log-stream:a", "writes to what it reads"],
    ["logs:CreateLogGroup", "{flows-etl-logs}", "makes a log group"],
  ],
  "flows-flow-logs": [
    ...NOBODY, ASKS, READS, WRITES, SENDS, INVOKES, DECRYPTS, FIREHOSE, S3, ...OTHER_SERVICES,
    ["logs:CreateLogStream logs:PutLogEvents", "{flows-etl-logs}:log-stream:a", "writes to the function's logs"],
  ],
  "flows-subscribe": [...NOBODY, ASKS, READS, WRITES, INVOKES, DECRYPTS, S3, ...OTHER_SERVICES],
  "flows-producers": [...NOBODY, ASKS, READS, WRITES, INVOKES, DECRYPTS, S3, ...OTHER_SERVICES],
  "flows-detect": [
    ...NOBODY, WRITES, SENDS, INVOKES, DECRYPTS, FIREHOSE, SQS, SCHEDULER, ...OTHER_SERVICES, ...uses("errors", "aws/lambda/async"),
    ["kms:Decrypt kms:GenerateDataKey", "{flows-key}", "reads the executions of others", { context: { "kms:EncryptionContext:aws:states:stateMachineArn": OTHER_MACHINE } }],
    ["kms:CreateGrant kms:Encrypt", "{flows-key}", "uses the key for more, in its executions", { context: { "kms:EncryptionContext:aws:states:stateMachineArn": "{flows-detection}" } }],
    ["glue:BatchCreatePartition glue:DeletePartition glue:GetPartitions glue:UpdatePartition", FINDINGS_TABLE, "changes findings, or reads more of them"],
    ["glue:CreatePartition glue:GetPartition", TABLE, "adds rows to the flow logs"],
    ["s3:GetObject", "{flows-lake}/findings/a", "reads findings"],
    ...["", "errors/", "results/"].map((text): Row => ["s3:ListBucket", "{flows-lake}", "lists the rest of the bucket", prefix(text)]),
    ["s3:ListBucket", "{flows-lake}", "lists everything in the bucket"],
    ["s3:ListBucketVersions", "{flows-lake}", "lists what was deleted", prefix("flow-logs/")],
    ["sns:Publish", "arn:aws:sns:us-east-1:123456789012:others", "tells somebody else"],
    ["sns:Subscribe", TOPIC, "listens in"],
  ],
  "flows-schedule": [
    ...NOBODY, ASKS, READS, WRITES, SENDS, INVOKES, DECRYPTS, FIREHOSE, S3, SNS, ...OTHER_SERVICES,
    ["kms:Encrypt kms:GenerateDataKey", "{flows-key}", "writes an input", { context: { "kms:ViaService": "scheduler.us-east-1.amazonaws.com" } }],
    ["states:DeleteStateMachine states:StartSyncExecution states:UpdateStateMachine", "{flows-detection}", "changes what a run does"],
    ["states:StartExecution", OTHER_MACHINE, "starts others"],
    ["sqs:DeleteMessage sqs:PurgeQueue sqs:ReceiveMessage sqs:SetQueueAttributes", "{flows-detections-unstarted}", "reads or deletes inputs"],
    ["sqs:SendMessage", "arn:aws:sqs:us-east-1:123456789012:others", "writes to other queues"],
  ],
  analyst: [
    ...NOBODY, WRITES, SENDS, INVOKES, DECRYPTS, FIREHOSE, ...OTHER_SERVICES, ...uses("errors", "aws/lambda/async"),
    ...["", "errors/", "aws/lambda/async/"].map((text): Row => ["s3:ListBucket", "{flows-lake}", "lists the rest of the bucket", prefix(text)]),
    ["s3:ListBucket", "{flows-lake}", "lists everything in the bucket"],
    ["s3:ListBucketVersions", "{flows-lake}", "lists what was deleted", prefix("flow-logs/")],
    ["glue:GetDatabase", OTHER_DATABASE, "looks into other databases"],
    ["glue:BatchGetPartition glue:GetTableVersion glue:GetTableVersions glue:GetTables", OTHER_TABLE, "reads more of other tables"],
    ["glue:BatchCreatePartition glue:BatchDeletePartition glue:CreatePartition glue:DeletePartition glue:UpdatePartition", TABLE, "changes partitions"],
    ["glue:CreateDatabase", [CATALOG, "arn:aws:glue:us-east-1:123456789012:database/default"], "makes a database"],
    ["glue:DeleteDatabase glue:UpdateDatabase", OTHER_DATABASE, "changes databases"],
    ["glue:CreateCatalog glue:DeleteCatalog glue:UpdateCatalog", CATALOG, "changes catalogs"],
    ["athena:GetQueryExecution athena:GetQueryResults athena:GetQueryRuntimeStatistics athena:ListQueryExecutions", PRIMARY, "reads what others asked elsewhere"],
    ["athena:CreatePreparedStatement athena:DeletePreparedStatement athena:TagResource athena:UpdateNamedQuery athena:UpdatePreparedStatement", "{flows-workgroup}", "changes what is saved"],
    ["athena:DeleteDataCatalog athena:UpdateDataCatalog", "arn:aws:athena:us-east-1:123456789012:datacatalog/AwsDataCatalog", "changes the catalog"],
  ],
  producer: [
    ...NOBODY, ASKS, READS, WRITES, INVOKES, DECRYPTS, S3, ...OTHER_SERVICES,
    ["firehose:PutRecord firehose:PutRecordBatch", "{other-stream?}", "writes lines of another format"],
  ],
};

/** Names, regions and accounts beside the stack's: of another component, in another region, of somebody else. */
const BESIDE: [pattern: RegExp, other: string][] = [
  [/flows/, "edge"],
  [/us-east-1/, "eu-west-1"],
  [/123456789012/, STRANGER],
];

/** Returns the call with one resource at a time outside the stack. */
export const elsewhere = (call: RoleCall): RoleCall[] =>
  call.resources.flatMap((resource, n) =>
    BESIDE.filter(([pattern]) => pattern.test(resource)).map(([pattern, other]) => ({
      ...call,
      why: `${call.why}, elsewhere`,
      resources: call.resources.with(n, resource.replace(pattern, other)),
    })),
  );
