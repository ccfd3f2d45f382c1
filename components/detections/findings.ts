import * as glue from "@pulumi/aws/glue";
import * as pulumi from "@pulumi/pulumi";
import { type Lake, PREFIX } from "../lake";
import { TABLE } from "../table";

/** The table's name, which sorts after that of the flow logs: some tools take a database's first table. */
export const FINDINGS = `${TABLE}_findings`;

/** Storage format of a run's objects: a JSON object a line, with the columns of the detection's query. */
export const FORMAT = {
  inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
  outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
  library: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
  // JSON never contains this byte, so Hive reads a line as one column.
  parameters: { "field.delim": "\u0001" },
  columns: [{ name: "finding", type: "string", comment: "The row that was found, as JSON" }],
};

/**
 * Creates the table of findings. A successful run registers its objects as a partition. Athena reads registered
 * partitions only, so objects of a failed try never become findings.
 */
export const createFindings = (name: string, lake: Lake, opts: pulumi.CustomResourceOptions) =>
  new glue.CatalogTable(
    `${name}-findings`,
    {
      databaseName: lake.database.name,
      name: FINDINGS,
      description: "What detections found; json_extract_scalar(finding, '$.srcaddr') reads a column",
      tableType: "EXTERNAL_TABLE",
      parameters: { EXTERNAL: "TRUE" },
      storageDescriptor: {
        location: pulumi.interpolate`s3://${lake.bucketName}/${PREFIX.findings}`,
        inputFormat: FORMAT.inputFormat,
        outputFormat: FORMAT.outputFormat,
        serDeInfo: { serializationLibrary: FORMAT.library, parameters: FORMAT.parameters },
        columns: FORMAT.columns,
      },
      partitionKeys: [
        { name: "detection", type: "string", comment: "The saved query that found it" },
        {
          name: "run",
          type: "string",
          comment: "The hour in which the run was due, UTC, such as 2026-01-15T10",
        },
      ],
    },
    opts,
  );
