import { readFileSync } from "node:fs";
import { join } from "node:path";
import { named, type Shape } from "./shape";
import type { JudgedCall } from "./stack-calls";
import { bucketRows } from "./template-bucket";
import { type Properties, parsed, type Row } from "./template-row";

const all = (parameters: Properties) => parameters;

/** Calls that make one resource have one `id`, the parameter that names it. */
const ROWS: Record<string, Row> = {
  ...bucketRows,
  "athena.CreateNamedQuery": ["AWS::Athena::NamedQuery", all],
  "athena.CreatePreparedStatement": ["AWS::Athena::PreparedStatement", all],
  "athena.CreateWorkGroup": [
    "AWS::Athena::WorkGroup",
    ({ Configuration, ...rest }) => ({ ...rest, WorkGroupConfiguration: Configuration }),
  ],
  "cloudwatch.PutDashboard": ["AWS::CloudWatch::Dashboard", all],
  "cloudwatch.PutMetricAlarm": ["AWS::CloudWatch::Alarm", all],
  "ec2.CreateFlowLogs": [
    "AWS::EC2::FlowLog",
    ({ ResourceIds, TagSpecifications, ...rest }) => ({
      ...rest,
      ResourceId: ResourceIds[0],
      Tags: TagSpecifications?.[0].Tags,
    }),
  ],
  "firehose.CreateDeliveryStream": ["AWS::KinesisFirehose::DeliveryStream", all],
  "glue.CreateDatabase": [
    "AWS::Glue::Database",
    // CloudFormation has no tags of databases.
    ({ DatabaseInput }) => ({ CatalogId: "123456789012", DatabaseInput }),
  ],
  "glue.CreateTable": ["AWS::Glue::Table", (table) => ({ CatalogId: "123456789012", ...table })],
  "iam.CreateRole": [
    "AWS::IAM::Role",
    ({ AssumeRolePolicyDocument: document, ...rest }) => ({
      ...rest,
      AssumeRolePolicyDocument: parsed(document),
    }),
  ],
  "iam.PutRolePolicy": [
    "AWS::IAM::RolePolicy",
    ({ PolicyDocument, ...rest }) => ({ ...rest, PolicyDocument: parsed(PolicyDocument) }),
  ],
  "kms.CreateKey": [
    "AWS::KMS::Key",
    ({ Policy, Tags, ...rest }) => ({
      ...rest,
      KeyPolicy: parsed(Policy),
      Tags: Tags?.map(({ TagKey, TagValue }: Properties) => ({ Key: TagKey, Value: TagValue })),
    }),
  ],
  "lambda.AddPermission": ["AWS::Lambda::Permission", ({ StatementId, ...rest }) => rest],
  "lambda.CreateFunction": [
    "AWS::Lambda::Function",
    (rest) => ({ ...rest, Code: { ZipFile: "exports.handler = () => {};" } }),
  ],
  "lambda.PutFunctionEventInvokeConfig": [
    "AWS::Lambda::EventInvokeConfig",
    (rest) => ({ Qualifier: "$LATEST", ...rest }),
  ],
  "logs.CreateLogGroup": ["AWS::Logs::LogGroup", all, "logGroupName"],
  "logs.CreateLogStream": ["AWS::Logs::LogStream", all],
  "logs.PutDestination": ["AWS::Logs::Destination", all, "destinationName"],
  "logs.PutDestinationPolicy": [
    "AWS::Logs::Destination",
    ({ destinationName, accessPolicy }) => ({ destinationName, DestinationPolicy: accessPolicy }),
    "destinationName",
  ],
  "logs.PutRetentionPolicy": ["AWS::Logs::LogGroup", all, "logGroupName"],
  "logs.PutSubscriptionFilter": ["AWS::Logs::SubscriptionFilter", all],
  "scheduler.CreateSchedule": ["AWS::Scheduler::Schedule", all],
  "scheduler.CreateScheduleGroup": ["AWS::Scheduler::ScheduleGroup", all],
  "sqs.CreateQueue": [
    "AWS::SQS::Queue",
    ({ QueueName, Attributes: { MessageRetentionPeriod: seconds, ...rest }, tags }) => ({
      QueueName,
      ...rest,
      MessageRetentionPeriod: Number(seconds),
      Tags: tags,
    }),
  ],
  "sqs.SetQueueAttributes": [
    "AWS::SQS::QueuePolicy",
    ({ QueueUrl, Attributes }) => ({ Queues: [QueueUrl], PolicyDocument: parsed(Attributes.Policy) }),
  ],
  "stepfunctions.CreateStateMachine": [
    "AWS::StepFunctions::StateMachine",
    ({ name, definition, type, ...rest }) => ({
      StateMachineName: name,
      StateMachineType: type,
      DefinitionString: definition,
      ...rest,
    }),
  ],
};

/** A part of a schema of CloudFormation's. */
interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  definitions?: Record<string, Schema>;
}

/** The form of a resource type's properties, in the schemas of an installed cfn-lint. */
const typeShape = (cfnlint: string, type: string): Shape => {
  const schemas = join(cfnlint, "data/schemas");
  const { [type]: file } = JSON.parse(readFileSync(join(schemas, "providers/us-east-1.json"), "utf8"));
  const root: Schema = JSON.parse(readFileSync(join(schemas, `resources/${file}.json`), "utf8"));
  const shapeOf = ({ $ref, properties, items }: Schema): Shape => {
    if ($ref) return shapeOf(root.definitions?.[$ref.slice("#/definitions/".length)] ?? {});
    const members =
      properties &&
      Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, () => shapeOf(inner)]));
    return { members, item: items && (() => shapeOf(items)) };
  };
  return shapeOf(root);
};

/** The calls of a stack as a template of CloudFormation's. */
export const templateOf = (calls: JudgedCall[], cfnlint: string): object => {
  const resources = new Map<string, { Type: string; Properties: Properties }>();
  for (const { operation, parameters, resource } of calls) {
    // A property of the key's in CloudFormation.
    if (operation === "kms.EnableKeyRotation") continue;
    const [type, properties, id] = ROWS[operation] ?? [];
    if (!type) throw new Error(`no resource type of CloudFormation's is known for ${operation}`);
    const key = `${type} ${id ? parameters[id] : resource}`.replaceAll(/[^A-Za-z0-9]/g, "");
    const before = resources.get(key)?.Properties;
    const added = named(properties(parameters), typeShape(cfnlint, type)) as Properties;
    resources.set(key, { Type: type, Properties: { ...before, ...added } });
  }
  return { AWSTemplateFormatVersion: "2010-09-09", Resources: Object.fromEntries(resources) };
};
