import type * as athena from "@pulumi/aws/athena";
import type * as kinesis from "@pulumi/aws/kinesis";
import * as pulumi from "@pulumi/pulumi";
import { viewNames } from "../queries/views";
import { FINDINGS } from "./detections/findings";
import { arnIn, keyThrough, type Place, policyDocument, puttingInto } from "./iam";
import { type Lake, PREFIX } from "./lake";
import { TABLE } from "./table";

/** Policy document for a reader: it may run queries in the workgroup, write results, and read the stack's tables only. */
export const readerPolicy = (
  place: Place,
  lake: Lake,
  workgroup: athena.Workgroup,
  hasFindings: boolean,
): pulumi.Output<string> => {
  const tables = [...viewNames(TABLE), ...(hasFindings ? [FINDINGS] : [])];
  const readable = [PREFIX.data, PREFIX.results, ...(hasFindings ? [PREFIX.findings] : [])];
  const { bucketArn, database, keyArns, table } = lake;
  const objects = (prefix: string) => pulumi.interpolate`${bucketArn}/${prefix}*`;
  const databaseArn = arnIn(place, "glue", pulumi.interpolate`database/${database.name}`);
  return policyDocument([
    {
      Sid: "AskInTheWorkgroup",
      Effect: "Allow",
      Action: [
        "athena:BatchGetNamedQuery",
        "athena:BatchGetPreparedStatement",
        "athena:BatchGetQueryExecution",
        "athena:GetNamedQuery",
        "athena:GetPreparedStatement",
        "athena:GetQueryExecution",
        "athena:GetQueryResults",
        "athena:GetQueryResultsStream",
        "athena:GetQueryRuntimeStatistics",
        "athena:GetWorkGroup",
        "athena:ListNamedQueries",
        "athena:ListPreparedStatements",
        "athena:ListQueryExecutions",
        "athena:ListTagsForResource",
        "athena:StartQueryExecution",
        "athena:StopQueryExecution",
      ],
      Resource: workgroup.arn,
    },
    {
      // Tools call these before they show a form. These actions cannot be limited to resources.
      Sid: "ListWorkgroupsAndCatalogs",
      Effect: "Allow",
      Action: ["athena:ListDataCatalogs", "athena:ListEngineVersions", "athena:ListWorkGroups"],
      Resource: "*",
    },
    {
      // Tools call these to show databases and tables as a tree.
      Sid: "BrowseTheCatalog",
      Effect: "Allow",
      Action: [
        "athena:GetDataCatalog",
        "athena:GetDatabase",
        "athena:GetTableMetadata",
        "athena:ListDatabases",
        "athena:ListTableMetadata",
      ],
      Resource: arnIn(place, "athena", "datacatalog/AwsDataCatalog"),
    },
    {
      // Glue can only grant the listing of all databases (Athena guide, SHOW DATABASES).
      Sid: "ListDatabases",
      Effect: "Allow",
      Action: ["glue:GetCatalog", "glue:GetCatalogs", "glue:GetDatabases"],
      Resource: [arnIn(place, "glue", "catalog"), arnIn(place, "glue", "database/*")],
    },
    {
      // Athena needs the database `default` in any case (Athena guide, "Mandatory: access policy to the default database").
      Sid: "FindTheDatabase",
      Effect: "Allow",
      Action: ["glue:GetDatabase"],
      Resource: [arnIn(place, "glue", "catalog"), arnIn(place, "glue", "database/default"), databaseArn],
    },
    {
      Sid: "SeeTheTable",
      Effect: "Allow",
      Action: [
        "glue:BatchGetPartition",
        "glue:GetPartition",
        "glue:GetPartitions",
        "glue:GetTable",
        "glue:GetTableVersion",
        "glue:GetTableVersions",
        "glue:GetTables",
      ],
      Resource: [
        arnIn(place, "glue", "catalog"),
        databaseArn,
        ...[table.name, ...tables].map((name) =>
          arnIn(place, "glue", pulumi.interpolate`table/${database.name}/${name}`),
        ),
      ],
    },
    {
      Sid: "FindTheBucket",
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:ListBucketMultipartUploads"],
      Resource: bucketArn,
    },
    {
      Sid: "FindTheFiles",
      Effect: "Allow",
      Action: ["s3:ListBucket"],
      Resource: bucketArn,
      Condition: { StringLike: { "s3:prefix": readable.map((prefix) => `${prefix}*`) } },
    },
    {
      Sid: "ReadTheLogsAndResults",
      Effect: "Allow",
      Action: ["s3:GetObject"],
      Resource: readable.map(objects),
    },
    {
      Sid: "WriteResults",
      Effect: "Allow",
      Action: ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject"],
      Resource: objects(PREFIX.results),
    },
    keyThrough("s3", {
      Sid: "DecryptAndEncryptThroughS3",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      place,
      keyArns,
    }),
  ]);
};

/** Policy document of a role that writes lines to the stream. */
export const producerPolicy = (
  place: Place,
  lake: Lake,
  stream: kinesis.FirehoseDeliveryStream,
): pulumi.Output<string> =>
  policyDocument(
    puttingInto({
      Action: ["firehose:PutRecord", "firehose:PutRecordBatch"],
      streamArn: stream.arn,
      place,
      keyArns: lake.keyArns,
    }),
  );

/** URL for Athena's JDBC driver (3). The driver finds the caller's credentials by the AWS SDK's default chain. */
export const jdbcUrl = (place: Place, lake: Lake, workgroup: athena.Workgroup): pulumi.Output<string> =>
  pulumi.interpolate`jdbc:athena://Region=${place.region};WorkGroup=${workgroup.name};Catalog=AwsDataCatalog;Database=${lake.database.name};CredentialsProvider=DefaultChain;`;

/**
 * Connection string for Athena's ODBC driver (2). The driver's guide makes `S3OutputLocation` mandatory, although the
 * workgroup sets the same location and ignores a client's. The JDBC driver leaves the location to the workgroup.
 */
export const odbcConnection = (
  place: Place,
  lake: Lake,
  workgroup: athena.Workgroup,
): pulumi.Output<string> =>
  pulumi.interpolate`Driver={Amazon Athena ODBC (x64)};AwsRegion=${place.region};Workgroup=${workgroup.name};Catalog=AwsDataCatalog;Schema=${lake.database.name};S3OutputLocation=s3://${lake.bucketName}/${PREFIX.results};AuthenticationType=Default Credentials;`;
