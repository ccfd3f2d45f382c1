import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import { makeEtl as importedEtl } from "../functions/etl";
import { wirePlan } from "../schema/plan";
import { everyDependency } from "./archive";
import type { Settings } from "./arguments";
import type { Firehose } from "./firehose";
import { arnIn, createRole, type Place, type Statement } from "./iam";
import { type Lake, PREFIX } from "./lake";

// Captured by value, as in functions/etl.ts.
const makeEtl = importedEtl;

/** What the function does: send to the stream, log, and keep an event that it failed on. */
const statements = (
  place: Place,
  lake: Lake,
  { stream }: Firehose,
  logGroup: cloudwatch.LogGroup,
): Statement[] => [
  { Sid: "Deliver", Effect: "Allow", Action: ["firehose:PutRecordBatch"], Resource: stream.arn },
  {
    Sid: "Log",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: pulumi.interpolate`${logGroup.arn}:*`,
  },
  {
    Sid: "KeepFailedEvents",
    Effect: "Allow",
    Action: ["s3:PutObject"],
    Resource: pulumi.interpolate`${lake.bucket.arn}/${PREFIX.failedEvents}*`,
    Condition: { StringEquals: { "s3:ResourceAccount": place.accountId } },
  },
  {
    Sid: "FindTheBucket",
    Effect: "Allow",
    Action: ["s3:ListBucket"],
    Resource: lake.bucket.arn,
    Condition: { StringEquals: { "s3:ResourceAccount": place.accountId } },
  },
  {
    // For the environment, and for failed events through S3.
    Sid: "UseTheKey",
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: lake.key.arn,
  },
];

/** The ETL: the inline callback, alone in its archive, with a role, a log group and a place for failed events. */
export const createEtl = (
  name: string,
  args: { settings: Settings; place: Place; lake: Lake; firehose: Firehose },
  opts: pulumi.CustomResourceOptions,
) => {
  const { settings, place, lake, firehose } = args;
  const logGroup = new cloudwatch.LogGroup(
    `${name}-etl-logs`,
    { kmsKeyId: lake.key.arn, retentionInDays: settings.logRetentionInDays },
    opts,
  );
  const { role, policy } = createRole(
    `${name}-etl`,
    {
      place,
      service: "lambda",
      source: arnIn(place, "lambda", `function:${name}-etl-*`),
      statements: statements(place, lake, firehose, logGroup),
    },
    opts,
  );
  const plan = wirePlan(settings.layout, settings.plan);
  const etl = new lambda.CallbackFunction(
    `${name}-etl`,
    {
      description: "VPC flow logs: CloudWatch Logs subscription to Firehose",
      callbackFactory: () => makeEtl(plan),
      codePathOptions: { extraExcludePackages: everyDependency() },
      role,
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      memorySize: 512,
      timeout: 60,
      kmsKeyArn: lake.key.arn,
      environment: { variables: { DELIVERY_STREAM_NAME: firehose.stream.name } },
      loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
    },
    { ...opts, dependsOn: policy },
  );
  const failures = new lambda.FunctionEventInvokeConfig(
    `${name}-etl-failures`,
    {
      functionName: etl.name,
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: 21_600,
      destinationConfig: { onFailure: { destination: lake.bucket.arn } },
    },
    opts,
  );
  return { function: etl, logGroup, failures };
};

export type Etl = ReturnType<typeof createEtl>;
