import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as kinesis from "@pulumi/aws/kinesis";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "./arguments";
import { arnIn, createRole, type Place, type Statement } from "./iam";
import { type Lake, PREFIX } from "./lake";
import { hivePath } from "./table";

/** What Firehose does: read the table's columns, write data and errors, use the key through S3, log its trouble. */
const statements = (place: Place, lake: Lake, logStream: cloudwatch.LogStream): Statement[] => {
  const { bucket, database, key, table } = lake;
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
      Resource: bucket.arn,
    },
    {
      Sid: "WriteDataAndErrors",
      Effect: "Allow",
      Action: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
      Resource: [PREFIX.data, PREFIX.errors].map((prefix) => pulumi.interpolate`${bucket.arn}/${prefix}*`),
    },
    {
      Sid: "EncryptThroughS3",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: key.arn,
      Condition: {
        StringEquals: { "kms:ViaService": pulumi.interpolate`s3.${place.region}.${place.dnsSuffix}` },
      },
    },
    { Sid: "LogTrouble", Effect: "Allow", Action: ["logs:PutLogEvents"], Resource: logStream.arn },
  ];
};

/** The delivery stream: gathers the ETL's rows, converts them to Parquet by the table's columns, stores them by hour. */
export const createFirehose = (
  name: string,
  args: { settings: Settings; place: Place; lake: Lake },
  opts: pulumi.CustomResourceOptions,
) => {
  const { settings, place, lake } = args;
  const logGroup = new cloudwatch.LogGroup(
    `${name}-stream-logs`,
    { kmsKeyId: lake.key.arn, retentionInDays: settings.logRetentionInDays },
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
      source: arnIn(place, "firehose", `deliverystream/${name}-stream-*`),
      statements: statements(place, lake, logStream),
    },
    opts,
  );
  const byHour = hivePath((_, pattern) => `!{timestamp:${pattern}}`);
  const stream = new kinesis.FirehoseDeliveryStream(
    `${name}-stream`,
    {
      destination: "extended_s3",
      serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: lake.key.arn },
      extendedS3Configuration: {
        bucketArn: lake.bucket.arn,
        roleArn: role.arn,
        kmsKeyArn: lake.key.arn,
        prefix: `${PREFIX.data}${byHour}`,
        errorOutputPrefix: `${PREFIX.errors}!{firehose:error-output-type}/${byHour}`,
        bufferingInterval: settings.bufferingInterval,
        // The largest there is: fewer, larger files are cheaper to query. The interval bounds the wait.
        bufferingSize: 128,
        // Conversion compresses inside Parquet; S3's own compression must then be off (Firehose API).
        compressionFormat: "UNCOMPRESSED",
        cloudwatchLoggingOptions: {
          enabled: true,
          logGroupName: logGroup.name,
          logStreamName: logStream.name,
        },
        dataFormatConversionConfiguration: {
          schemaConfiguration: {
            databaseName: lake.database.name,
            tableName: lake.table.name,
            region: place.region,
            roleArn: role.arn,
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
        },
      },
    },
    { ...opts, dependsOn: policy },
  );
  return { stream, logGroup };
};

export type Firehose = ReturnType<typeof createFirehose>;
