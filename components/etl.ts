import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as kinesis from "@pulumi/aws/kinesis";
import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import { makeEtl as importedEtl } from "../functions/etl";
import { everyDependency } from "./archive";
import { arnIn, createRole, keyThrough, type Place, puttingInto, type Statement } from "./iam";
import { type Lake, PREFIX } from "./lake";
import { physicalName } from "./names";
import type { Settings } from "./settings";

// Captured by value, as in functions/etl.ts.
const makeEtl = importedEtl;

/** Firehose waits at most 5 minutes for a transformation (Firehose quota). */
export const TIMEOUT_SECONDS = 60;

/** Permissions that the function always has. */
const logging = (logGroup: cloudwatch.LogGroup): Statement => ({
  Sid: "Log",
  Effect: "Allow",
  Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
  Resource: pulumi.interpolate`${logGroup.arn}:*`,
});

/** Further permissions where CloudWatch Logs invokes it: send to the stream, and keep an event that failed. */
const delivering = (place: Place, lake: Lake, stream: kinesis.FirehoseDeliveryStream): Statement[] => [
  ...puttingInto({
    Action: ["firehose:PutRecordBatch"],
    streamArn: stream.arn,
    place,
    keyArns: lake.keyArns,
  }),
  {
    Sid: "KeepFailedEvents",
    Effect: "Allow",
    Action: ["s3:PutObject"],
    Resource: pulumi.interpolate`${lake.bucketArn}/${PREFIX.failedEvents}*`,
    Condition: { StringEquals: { "s3:ResourceAccount": place.accountId } },
  },
  {
    Sid: "FindTheBucket",
    Effect: "Allow",
    Action: ["s3:ListBucket"],
    Resource: lake.bucketArn,
    Condition: { StringEquals: { "s3:ResourceAccount": place.accountId } },
  },
  keyThrough("lambda", {
    Sid: "ReadTheEnvironment",
    Action: ["kms:Decrypt"],
    place,
    keyArns: lake.keyArns,
  }),
  keyThrough("s3", {
    Sid: "EncryptFailedEvents",
    Action: ["kms:GenerateDataKey"],
    place,
    keyArns: lake.keyArns,
  }),
];

/** Lambda tries an event twice more after the function failed on it, and then puts it into the bucket. */
const keepFailures = (name: string, etl: lambda.Function, lake: Lake, opts: pulumi.CustomResourceOptions) =>
  new lambda.FunctionEventInvokeConfig(
    `${name}-etl-failures`,
    {
      functionName: etl.name,
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: 21_600,
      destinationConfig: { onFailure: { destination: lake.bucketArn } },
    },
    opts,
  );

/**
 * Creates the ETL: the inline callback, alone in its archive, with a role and a log group. If `stream` is given,
 * CloudWatch Logs invokes the function, and failed events go to the bucket. Otherwise a stream invokes it.
 */
export const createEtl = (
  name: string,
  args: { settings: Settings; place: Place; lake: Lake; stream?: kinesis.FirehoseDeliveryStream },
  opts: pulumi.CustomResourceOptions,
) => {
  const { settings, place, lake, stream } = args;
  const functionName = physicalName(name, "etl");
  const logGroup = new cloudwatch.LogGroup(
    `${name}-etl-logs`,
    {
      // The key's policy lets CloudWatch Logs encrypt log groups whose names begin so.
      namePrefix: `${name}-etl-logs-`,
      kmsKeyId: lake.keyArn,
      retentionInDays: settings.logRetentionInDays,
    },
    opts,
  );
  const { role, policy } = createRole(
    `${name}-etl`,
    {
      place,
      service: "lambda",
      sources: [arnIn(place, "lambda", `function:${functionName}`)],
      statements: [...(stream ? delivering(place, lake, stream) : []), logging(logGroup)],
    },
    opts,
  );
  const { plans } = settings;
  const etl = new lambda.CallbackFunction(
    `${name}-etl`,
    {
      name: functionName,
      description: `VPC flow logs: ${stream ? "CloudWatch Logs subscription to Firehose" : "transformation of what Firehose received"}`,
      callbackFactory: () => makeEtl(plans),
      codePathOptions: { extraExcludePackages: everyDependency() },
      role,
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      memorySize: 512,
      timeout: TIMEOUT_SECONDS,
      // Lambda keeps no key for an empty environment, so the key goes together with a variable.
      ...(stream
        ? { kmsKeyArn: lake.keyArn, environment: { variables: { DELIVERY_STREAM_NAME: stream.name } } }
        : {}),
      loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
    },
    { ...opts, dependsOn: policy },
  );
  const failures = stream && keepFailures(name, etl, lake, opts);
  return { function: etl, logGroup, failures };
};

export type Etl = ReturnType<typeof createEtl>;
