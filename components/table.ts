import * as glue from "@pulumi/aws/glue";
import * as pulumi from "@pulumi/pulumi";
import { INSIDE_BLOCKS } from "../queries/flow-table";
import { databaseName } from "./names";
import type { Settings } from "./settings";

/** Name of the table, which people and saved queries use. */
export const TABLE = "flow_logs";

/** The partition columns, each with Firehose's pattern for it in a key (Java's DateTimeFormatter, UTC). */
export const PARTITIONS = { year: "yyyy", month: "MM", day: "dd", hour: "HH" };

export const hivePath = (value: (column: string, pattern: string) => string) =>
  Object.entries(PARTITIONS)
    .map(([column, pattern]) => `${column}=${value(column, pattern)}/`)
    .join("");

/**
 * Partition projection: Athena computes the partitions, so nothing has to be registered or repaired. A partition is an hour
 * of arrival. A query that names no year lists every possible partition in S3: 8,928 a year (12 months of 31 days of 24
 * hours), about 0.04 USD. Years run from 2026, the project's first, to the current one. Trino does not accept a projection
 * by date with an interval of years. An integer range would suit Trino too, but needs a last year: 2026 to 2045 would list
 * 178,560 partitions, about 0.89 USD, and hide rows that arrive later.
 */
const PROJECTION = {
  "projection.enabled": "true",
  "projection.year.type": "date",
  "projection.year.format": "yyyy",
  "projection.year.range": "2026,NOW",
  "projection.year.interval": "1",
  "projection.year.interval.unit": "YEARS",
  "projection.month.type": "integer",
  "projection.month.range": "1,12",
  "projection.month.digits": "2",
  "projection.day.type": "integer",
  "projection.day.range": "1,31",
  "projection.day.digits": "2",
  "projection.hour.type": "integer",
  "projection.hour.range": "0,23",
  "projection.hour.digits": "2",
};

/** The partition columns as columns. */
export const partitionKeys = () =>
  Object.keys(PARTITIONS).map((column) => ({
    name: column,
    type: "string" as const,
    comment: `The ${column} of arrival, UTC, with leading zeros`,
  }));

/** Creates the database and the table. */
export const createTable = (
  name: string,
  args: { settings: Settings; bucketName: pulumi.Input<string>; prefix: string },
  opts: pulumi.CustomResourceOptions,
) => {
  const database = new glue.CatalogDatabase(
    `${name}-database`,
    { name: databaseName(name), description: `VPC flow logs of ${name}` },
    opts,
  );
  const blocks = args.settings.insideCidrBlocks;
  const location = pulumi.interpolate`s3://${args.bucketName}/${args.prefix}`;
  const table = new glue.CatalogTable(
    `${name}-table`,
    {
      databaseName: database.name,
      name: TABLE,
      description: "VPC flow logs, one row a line, partitioned by the hour of arrival (UTC)",
      tableType: "EXTERNAL_TABLE",
      parameters: {
        EXTERNAL: "TRUE",
        classification: "parquet",
        ...PROJECTION,
        ...(blocks ? { [INSIDE_BLOCKS]: blocks.apply((each) => each.join()) } : {}),
        "storage.location.template": pulumi.interpolate`${location}${hivePath((column) => `\${${column}}`)}`,
      },
      storageDescriptor: {
        location,
        inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
        serDeInfo: { serializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe" },
        columns: args.settings.layout.columns.map(({ name, type, comment }) => ({ name, type, comment })),
      },
      partitionKeys: partitionKeys(),
    },
    opts,
  );
  return { database, table };
};
