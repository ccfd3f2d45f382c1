import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as kinesis from "@pulumi/aws/kinesis";
import type * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import { Ingestion } from "./arguments";
import { arnIn, createRole, keyThrough, type Place, type Statement } from "./iam";
import { type Lake, PREFIX } from "./lake";
import { physicalName } from "./names";
import type { Settings } from "./settings";
import { writtenFormats } from "./settings/formats";
import { hivePath } from "./table";

/** Permissions of a stream that has the function parse its records. */
const transforming = (fn: lambda.Function): Statement => ({
  Sid: "Transform",
  Effect: "Allow",
  Action: ["lambda:GetFunctionConfiguration", "lambda:InvokeFunction"],
  Resource: pulumi.interpolate`${fn.arn}:$LATEST`,
});

/** Permissions of every stream: read the table's columns, write data and errors, use the key through S3, log errors. */
const statements = (place: Place, lake: Lake, logStream: cloudwatch.LogStream): Statement[] => {
  const { bucketArn, database, keyArns, table } = lake;
  return [
    {
      Sid: "ReadTheSchema",
      Effect: "Allow",
      Action: ["glue:GetTable", "glue:GetTableVersion", "glue:GetTableVersions"],
      Resource: [
        arnIn(place, "glue", "catalog"),
        arnIn(place, "glue", pulumi.interpolate`database/${database.name}`),
        arnIn(place, "glue", pulumi.interpolate`table/${database.name}/${table.name}`),
      ],
    },
    {
      Sid: "FindTheBucket",
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      Resource: bucketArn,
    },
    {
      Sid: "WriteDataAndErrors",
      Effect: "Allow",
      Action: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
      Resource: [PREFIX.data, PREFIX.errors].map((prefix) => pulumi.interpolate`${bucketArn}/${prefix}*`),
    },
    keyThrough("s3", {
      Sid: "EncryptThroughS3",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      place,
      keyArns,
    }),
    { Sid: "LogTrouble", Effect: "Allow", Action: ["logs:PutLogEvents"], Resource: logStream.arn },
  ];
};

/** Conversion of rows to Parquet, with the table's columns by their JSON keys. */
const conversion = (place: Place, settings: Settings, lake: Lake, roleArn: pulumi.Input<string>) => ({
  schemaConfiguration: {
    databaseName: lake.database.name,
    tableName: lake.table.name,
    region: place.region,
    roleArn,
  },
  inputFormatConfiguration: {
    deserializer: {
      openXJsonSerDe: {
        columnToJsonKeyMappings: Object.fromEntries(
          settings.layout.columns.map(({ name, key }) => [name, key]),
        ),
      },
    },
  },
  outputFormatConfiguration: { serializer: { parquetSerDe: { compression: "SNAPPY" } } },
});

/**
 * Returns the streams to create: one for all lines, or with DIRECT one for each format. Each value of `ingestion` has its
 * own, since the function could not read records in flight to a stream of another.
 */
const streamsOf = ({ ingestion, formats, sources }: Settings) => {
  if (ingestion === Ingestion.LAMBDA) return [{ what: "stream", digest: "" }];
  if (ingestion === Ingestion.SUBSCRIPTION) return [{ what: "envelope-stream", digest: "" }];
  const written = writtenFormats(formats, sources, true);
  return written.map(({ digest }) => ({ what: `stream-${digest}`, digest }));
};

/**
 * Returns all streams that a component of this name has or had. The role must allow the old stream too, because an update
 * deletes it last.
 */
const everyStream = (name: string, place: Place) =>
  ["stream", "envelope-stream"].map((what) => arnIn(place, "firehose", `deliverystream/${name}-${what}-*`));

/**
 * The smallest buffer that the Firehose API takes. The function may answer with 6 MB at most. CloudWatch Logs compresses
 * lines to as little as a twentieth, and rows of many fields are twice as long as their lines.
 */
const TRANSFORMATION_BUFFER_MB = 0.2;
/** Firehose's default. Describe does not return it, so setting it would show a diff in every preview. */
const DEFAULT_INTERVAL = 60;

const transformation = (fn: lambda.Function, bufferingInterval: number) => ({
  enabled: true,
  processors: [
    {
      type: "Lambda",
      parameters: [
        { parameterName: "LambdaArn", parameterValue: pulumi.interpolate`${fn.arn}:$LATEST` },
        { parameterName: "BufferSizeInMBs", parameterValue: String(TRANSFORMATION_BUFFER_MB) },
        // Records are buffered for the function first; the stream's own interval begins after that.
        ...(bufferingInterval < DEFAULT_INTERVAL
          ? [{ parameterName: "BufferIntervalInSeconds", parameterValue: String(bufferingInterval) }]
          : []),
      ],
    },
  ],
});

/**
 * Creates the delivery stream. It buffers rows, converts them to Parquet with the table's columns, and stores them by hour.
 * If a function is given, the stream first has it transform the records.
 */
export const createFirehose = (
  name: string,
  args: { settings: Settings; place: Place; lake: Lake; fn?: lambda.Function },
  opts: pulumi.CustomResourceOptions,
) => {
  const { settings, place, lake, fn } = args;
  const logGroup = new cloudwatch.LogGroup(
    `${name}-stream-logs`,
    {
      // The key's policy lets CloudWatch Logs encrypt log groups whose names begin so.
      namePrefix: `${name}-stream-logs-`,
      kmsKeyId: lake.keyArn,
      retentionInDays: settings.logRetentionInDays,
    },
    opts,
  );
  const logStream = new cloudwatch.LogStream(
    `${name}-stream-log`,
    { name: "delivery", logGroupName: logGroup.name },
    opts,
  );
  const { role, policy } = createRole(
    `${name}-stream`,
    {
      place,
      service: "firehose",
      sources: everyStream(name, place),
      statements: [...statements(place, lake, logStream), ...(fn ? [transforming(fn)] : [])],
    },
    opts,
  );
  const byHour = hivePath((_, pattern) => `!{timestamp:${pattern}}`);
  const destination = {
    bucketArn: lake.bucketArn,
    roleArn: role.arn,
    kmsKeyArn: lake.keyArn,
    prefix: `${PREFIX.data}${byHour}`,
    errorOutputPrefix: `${PREFIX.errors}!{firehose:error-output-type}/${byHour}`,
    bufferingInterval: settings.bufferingInterval,
    // The largest size that Firehose takes: fewer, larger files are cheaper to query. The interval limits the wait.
    bufferingSize: 128,
    // Conversion compresses inside Parquet; S3's own compression must then be off (Firehose API).
    compressionFormat: "UNCOMPRESSED",
    cloudwatchLoggingOptions: {
      enabled: true,
      logGroupName: logGroup.name,
      logStreamName: logStream.name,
    },
    ...(fn ? { processingConfiguration: transformation(fn, settings.bufferingInterval) } : {}),
    dataFormatConversionConfiguration: conversion(place, settings, lake, role.arn),
  };
  // Without the tag, flow logs may not write to a stream (EC2 API, which would add it by itself).
  const isDirect = settings.ingestion === Ingestion.DIRECT;
  const tags = isDirect ? { tags: { LogDeliveryEnabled: "true" } } : {};
  const streams = streamsOf(settings).map(({ what, digest }) => ({
    digest,
    stream: new kinesis.FirehoseDeliveryStream(
      `${name}-${what}`,
      {
        name: physicalName(name, what),
        destination: "extended_s3",
        serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: lake.keyArn },
        extendedS3Configuration: destination,
        ...tags,
      },
      { ...opts, dependsOn: policy },
    ),
  }));
  return { streams, stream: streams[0].stream, logGroup };
};

export type Firehose = ReturnType<typeof createFirehose>;
