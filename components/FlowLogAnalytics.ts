import type * as athena from "@pulumi/aws/athena";
import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as glue from "@pulumi/aws/glue";
import type * as kinesis from "@pulumi/aws/kinesis";
import type * as kms from "@pulumi/aws/kms";
import type * as lambda from "@pulumi/aws/lambda";
import type * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { type FlowLogAnalyticsArgs, settingsFrom } from "./arguments";
import { createCapture } from "./capture";
import { createEtl } from "./etl";
import { createFirehose } from "./firehose";
import { placeOf } from "./iam";
import { createLake } from "./lake";
import { createQuery } from "./query";

/**
 * VPC flow logs as SQL: captured into CloudWatch Logs, parsed by a Lambda function, gathered by Firehose, stored as
 * Parquet by hour in S3, and answered by Athena. Everything at rest is encrypted with a key of its own, and every role
 * may do exactly what its part does.
 *
 * ```ts
 * const flows = new FlowLogAnalytics("flows", { vpcs: { main: vpc.id }, fields: ["recommended"] });
 * export const table = flows.table.name;
 * ```
 */
export class FlowLogAnalytics extends pulumi.ComponentResource {
  /** The key that encrypts everything the component stores. */
  readonly key: kms.Key;
  /** The bucket with the flow logs, errors, query results and failed events. */
  readonly bucket: s3.Bucket;
  /** The Glue database of the table. */
  readonly database: glue.CatalogDatabase;
  /** The table `flow_logs`. */
  readonly table: glue.CatalogTable;
  /** The Firehose delivery stream. */
  readonly stream: kinesis.FirehoseDeliveryStream;
  /** The ETL. */
  readonly function: lambda.Function;
  /** The log group that the flow logs write to. */
  readonly logGroup: cloudwatch.LogGroup;
  /** The Athena workgroup to ask in. */
  readonly workgroup: athena.Workgroup;
  /** The Athena console, at the saved queries. */
  readonly consoleLink: pulumi.Output<string>;

  /** @throws InputPropertiesError with every argument that will not do, each with what would. */
  constructor(name: string, args: FlowLogAnalyticsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("flow-log-analytics:index:FlowLogAnalytics", name, {}, opts);
    const settings = settingsFrom(name, args);
    const child = { parent: this };
    const place = placeOf(child);

    const lake = createLake(name, { settings, place }, child);
    const firehose = createFirehose(name, { settings, place, lake }, child);
    const etl = createEtl(name, { settings, place, lake, firehose }, child);
    const capture = createCapture(name, { settings, place, lake, etl }, child);
    const query = createQuery(name, { settings, place, lake }, child);

    this.key = lake.key;
    this.bucket = lake.bucket;
    this.database = lake.database;
    this.table = lake.table;
    this.stream = firehose.stream;
    this.function = etl.function;
    this.logGroup = capture.logGroup;
    this.workgroup = query.workgroup;
    this.consoleLink = query.consoleLink;
    this.registerOutputs({
      bucketName: this.bucket.bucket,
      logGroupName: this.logGroup.name,
      streamName: this.stream.name,
      functionName: this.function.name,
      databaseName: this.database.name,
      tableName: this.table.name,
      workgroupName: this.workgroup.name,
      consoleLink: this.consoleLink,
    });
  }
}
