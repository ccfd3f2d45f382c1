import type * as athena from "@pulumi/aws/athena";
import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as glue from "@pulumi/aws/glue";
import type * as kinesis from "@pulumi/aws/kinesis";
import type * as kms from "@pulumi/aws/kms";
import type * as lambda from "@pulumi/aws/lambda";
import type * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { jdbcUrl, odbcConnection, producerPolicy, readerPolicy } from "./access";
import { type FlowLogAnalyticsArgs, Ingestion } from "./arguments";
import { createCapture } from "./capture";
import { createDetections, UNTOLD } from "./detections";
import { TIMEOUT_SECONDS } from "./etl";
import { placeOf } from "./iam";
import { createIngestion } from "./ingestion";
import { createLake } from "./lake";
import { createMonitor, UNHEARD } from "./monitor";
import { childName } from "./names";
import { createQuery } from "./query";
import { fitting } from "./quotas/fitting";
import { settingsFrom } from "./settings";
import { isWritten } from "./settings/formats";
import { warnOfOverlaps } from "./settings/overlaps";
import { placed } from "./settings/placed";
import { warnOfNewRegions } from "./settings/regions";
import { isKeyAtRisk, KEY_AT_RISK } from "./settings/storage";
import { tagging } from "./tags";

/**
 * VPC flow logs as SQL: captured into CloudWatch Logs, parsed by a Lambda function, gathered by Firehose, stored as
 * Parquet by hour in S3, and queried with Athena. One KMS key encrypts all data of the traffic; names of columns, saved
 * queries and alarms are encrypted by AWS. Each role has the permissions of its part only.
 *
 * ```ts
 * const flows = new FlowLogAnalytics("flows", { vpcs: { main: vpc.id }, fields: ["recommended"] });
 * export const table = flows.table.name;
 * ```
 */
export class FlowLogAnalytics extends pulumi.ComponentResource {
  /** The KMS key that encrypts the data that the component stores; absent with `existingKey`. */
  readonly key?: kms.Key;
  /** The bucket with flow logs, errors, query results, findings and failed events; absent with `existingBucket`. */
  readonly bucket?: s3.Bucket;
  /** Name of the bucket: the component's or `existingBucket`. */
  readonly bucketName: pulumi.Output<string>;
  /** The Glue database of the table. */
  readonly database: glue.CatalogDatabase;
  /** The table `flow_logs`. */
  readonly table: glue.CatalogTable;
  /** The Firehose delivery stream; with DIRECT, that of VPC flow logs and of other producers. */
  readonly stream: kinesis.FirehoseDeliveryStream;
  /** Every stream: with DIRECT, one for each format. */
  readonly streams: kinesis.FirehoseDeliveryStream[];
  /** The ETL. */
  readonly function: lambda.Function;
  /** The log groups that flow logs write to, one for each format; none with DIRECT. */
  readonly logGroups: cloudwatch.LogGroup[];
  /** CloudWatch Logs destinations that log groups of `producerAccounts` may subscribe to. */
  readonly destinations: cloudwatch.LogDestination[];
  /** The Athena workgroup to ask in. */
  readonly workgroup: athena.Workgroup;
  /** The table `flow_logs_findings` of what detections found; absent without them. */
  readonly findings?: glue.CatalogTable;
  /** Alarms for what makes rows or findings late or lost. */
  readonly alarms: cloudwatch.MetricAlarm[];
  /** The CloudWatch dashboard, in the order of the flow. */
  readonly dashboard: cloudwatch.Dashboard;
  /** The region of the workgroup and of all that the stack made. */
  readonly region: pulumi.Output<string>;
  /** The Athena console, at the saved queries. */
  readonly consoleLink: pulumi.Output<string>;
  /** IAM policy document with the least that an analyst's role needs. */
  readonly readerPolicy: pulumi.Output<string>;
  /** IAM policy document with the least that a producer of lines needs. Only with DIRECT. */
  readonly producerPolicy?: pulumi.Output<string>;
  /** URL for Athena's JDBC driver (3), which tools such as DBeaver and Tableau take. */
  readonly jdbcUrl: pulumi.Output<string>;
  /** Connection string for Athena's ODBC driver (2), which tools such as Power BI and Excel take. */
  readonly odbcConnection: pulumi.Output<string>;

  /**
   * Makes the component and its children, whose names begin with its own. A name that not every resource can have, such as
   * `Edge_Flows` or one of more than 40 characters, is made legal for them, with seven digits that tell it from others.
   *
   * @throws InputPropertiesError with every invalid argument, each with a value that would be valid.
   */
  constructor(name: string, args: FlowLogAnalyticsArgs, opts?: pulumi.ComponentResourceOptions) {
    const transformations = [...(opts?.transformations ?? []), tagging(args?.tags), fitting];
    super("flow-log-analytics:index:FlowLogAnalytics", name, {}, { ...opts, transformations });
    const checked = settingsFrom(name, args);
    const root = childName(name);
    const child = { parent: this };
    const place = placeOf(child);
    const settings = placed(checked, place);
    warnOfOverlaps(settings.sources, this);
    warnOfNewRegions(settings.producerRegions, this);

    const lake = createLake(root, { settings, place }, child);
    const { firehose, etl } = createIngestion(root, { settings, place, lake }, child);
    const capture = createCapture(root, { settings, place, lake, firehose, etl }, child);
    const query = createQuery(root, { settings, place, lake }, child);

    const detections = createDetections(root, { settings, place, lake, workgroup: query.workgroup }, child);
    const watched = {
      logGroups: capture.read.map((group) => ({ ...group, filterName: group.subscription.name })),
      functionName: etl.function.name,
      functionLogs: etl.logGroup.name,
      functionTimeout: TIMEOUT_SECONDS,
      streams: firehose.streams.map(({ digest, stream }) => ({
        key: digest ? `stream-${digest}` : "stream",
        name: stream.name,
        isWritten: digest === "" || isWritten(settings.formats, settings.sources, digest),
      })),
      streamLogs: firehose.logGroup.name,
      bucketName: lake.bucketName,
      workgroupName: query.workgroup.name,
      detections: detections?.watched,
    };
    const monitor = createMonitor(root, { settings, place, watched }, child);
    if (settings.alarmTopic === undefined) void pulumi.log.warn(UNHEARD, this);
    if (detections && settings.detections.topic === undefined) void pulumi.log.warn(UNTOLD, this);
    if (isKeyAtRisk(args)) void pulumi.log.warn(KEY_AT_RISK, this);

    this.key = lake.key;
    this.bucket = lake.bucket;
    this.bucketName = lake.bucketName;
    this.database = lake.database;
    this.table = lake.table;
    this.stream = firehose.stream;
    this.streams = firehose.streams.map(({ stream }) => stream);
    this.function = etl.function;
    this.logGroups = capture.logGroups.map(({ group }) => group);
    this.destinations = capture.destinations;
    this.workgroup = query.workgroup;
    this.findings = detections?.findings;
    this.alarms = monitor.alarms;
    this.dashboard = monitor.dashboard;
    this.region = place.region;
    this.consoleLink = query.consoleLink;
    this.readerPolicy = readerPolicy(place, lake, query.workgroup, detections !== undefined);
    this.producerPolicy =
      settings.ingestion === Ingestion.DIRECT ? producerPolicy(place, lake, firehose.stream) : undefined;
    this.jdbcUrl = jdbcUrl(place, lake, query.workgroup);
    this.odbcConnection = odbcConnection(place, lake, query.workgroup);
    this.registerOutputs({
      bucketName: this.bucketName,
      logGroupNames: this.logGroups.map((group) => group.name),
      streamName: this.stream.name,
      functionName: this.function.name,
      databaseName: this.database.name,
      tableName: this.table.name,
      workgroupName: this.workgroup.name,
      region: this.region,
      consoleLink: this.consoleLink,
      readerPolicy: this.readerPolicy,
      producerPolicy: this.producerPolicy,
      jdbcUrl: this.jdbcUrl,
      odbcConnection: this.odbcConnection,
    });
  }
}
