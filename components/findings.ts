import * as glue from "@pulumi/aws/glue";
import * as pulumi from "@pulumi/pulumi";
import { type Lake, PREFIX } from "./lake";
import { TABLE } from "./table";

/** The table's name, which sorts after that of the flow logs: some tools take a database's first table. */
export const FINDINGS = `${TABLE}_findings`;

/** The table of what detections found: a line of JSON each, whose columns are those of the detection's query. */
export const createFindings = (
  name: string,
  args: { lake: Lake; detections: string[] },
  opts: pulumi.CustomResourceOptions,
) => {
  const { lake, detections } = args;
  const location = pulumi.interpolate`s3://${lake.bucketName}/${PREFIX.findings}`;
  return new glue.CatalogTable(
    `${name}-findings`,
    {
      databaseName: lake.database.name,
      name: FINDINGS,
      description: "What detections found; json_extract_scalar(finding, '$.srcaddr') reads a column",
      tableType: "EXTERNAL_TABLE",
      parameters: {
        EXTERNAL: "TRUE",
        "projection.enabled": "true",
        "projection.detection.type": "enum",
        "projection.detection.values": detections.join(","),
        "storage.location.template": pulumi.interpolate`${location}detection=\${detection}/`,
      },
      storageDescriptor: {
        location,
        inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
        serDeInfo: {
          serializationLibrary: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
          // No line of JSON has this byte, so a line is one column.
          parameters: { "field.delim": "\u0001" },
        },
        columns: [{ name: "finding", type: "string", comment: "The row that was found, as JSON" }],
      },
      partitionKeys: [{ name: "detection", type: "string", comment: "The saved query that found it" }],
    },
    opts,
  );
};
