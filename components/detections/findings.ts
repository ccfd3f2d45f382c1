import * as glue from "@pulumi/aws/glue";
import * as pulumi from "@pulumi/pulumi";
import { type Lake, PREFIX } from "../lake";
import { TABLE } from "../table";

/** The table's name, which sorts after that of the flow logs: some tools take a database's first table. */
export const FINDINGS = `${TABLE}_findings`;

/** How the objects of a run are read: a line of JSON each, whose columns are those of the detection's query. */
export const FORMAT = {
  inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
  outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
  library: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
  // No line of JSON has this byte, so a line is one column.
  parameters: { "field.delim": "\u0001" },
  columns: [{ name: "finding", type: "string", comment: "The row that was found, as JSON" }],
};

/**
 * The table of what detections found. A run that ended well registers its own objects as a partition, and nothing else is
 * read: what a failed try wrote is never a finding.
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
