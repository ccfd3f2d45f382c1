import assert from "node:assert/strict";
import type { Program } from "../../local/program";
import { layoutFrom } from "../../schema/layout";
import { child, graph } from "./graph";
import { EVERY_TAG } from "./settings";

interface Column {
  name: string;
  type: string;
  comment: string;
}

describe("the table", () => {
  let dev: Program;
  let bucket: string;

  before(async () => {
    dev = await graph("dev");
    bucket = child(dev, "flows-lake").state.bucket;
  });

  it("is in a database of its stack alone, whose name needs no quotes", async () => {
    const databases = [dev, await graph("prod")].map((program) => child(program, "flows-database").inputs);
    assert.deepEqual(databases, [
      { name: "flow_log_analytics_dev_flows", description: "VPC flow logs of flows" },
      { name: "flow_log_analytics_prod_flows", description: "VPC flow logs of flows" },
    ]);
    assert.equal(child(dev, "flows-table").inputs.databaseName, "flow_log_analytics_dev_flows");
  });

  const layouts = {
    dev: layoutFrom(["recommended"]),
    prod: layoutFrom(["recommended", "az-id", "pkt-src-aws-service", "pkt-dst-aws-service", "reject-reason"]),
  };
  for (const [stack, layout] of Object.entries(layouts)) {
    it(`has the ${layout.fields.length} fields of ${stack} in the format's order, then unparsed`, async () => {
      const columns: Column[] = child(await graph(stack), "flows-table").inputs.storageDescriptor.columns;
      assert.deepEqual(
        columns,
        layout.columns.map(({ name, type, comment }) => ({ name, type, comment })),
      );
      assert.deepEqual(
        columns.map(({ name }) => name),
        [...layout.fields.map(({ column }) => column), "unparsed"],
      );
    });
  }

  it("has a type of Athena's and a comment that Glue accepts for every possible column", async () => {
    const all = await graph("dev", { fields: ["all"], tagFields: EVERY_TAG });
    const columns: Column[] = child(all, "flows-table").inputs.storageDescriptor.columns;
    assert.equal(columns.length, 55);
    assert.deepEqual([...new Set(columns.map(({ type }) => type))].sort(), ["bigint", "int", "string"]);
    // Glue's API takes comments of at most 255 characters.
    assert.deepEqual(
      columns.filter(({ comment }) => comment === "" || comment.length > 255),
      [],
    );
  });

  it("is partitioned by year, month, day and hour as strings, in that order", () => {
    assert.deepEqual(
      child(dev, "flows-table").inputs.partitionKeys,
      ["year", "month", "day", "hour"].map((name) => ({
        name,
        type: "string",
        comment: `The ${name} of arrival, UTC, with leading zeros`,
      })),
    );
  });

  it("has exactly the parameters that partition projection needs, and the blocks of the default VPC", () => {
    assert.deepEqual(child(dev, "flows-table").inputs.parameters, {
      insideCidrBlocks: "172.31.0.0/16",
      EXTERNAL: "TRUE",
      classification: "parquet",
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
      "storage.location.template": `s3://${bucket}/flow-logs/year=\${year}/month=\${month}/day=\${day}/hour=\${hour}/`,
    });
  });

  it("is read as Parquet from the stream's prefix and from nowhere else", () => {
    const { columns, ...descriptor } = child(dev, "flows-table").inputs.storageDescriptor;
    assert.deepEqual(descriptor, {
      location: `s3://${bucket}/flow-logs/`,
      inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
      outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
      serDeInfo: { serializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe" },
    });
  });

  it("is an external table called flow_logs, with a description", () => {
    const { storageDescriptor, parameters, partitionKeys, databaseName, ...rest } = child(
      dev,
      "flows-table",
    ).inputs;
    assert.deepEqual(rest, {
      name: "flow_logs",
      description: "VPC flow logs, one row a line, partitioned by the hour of arrival (UTC)",
      tableType: "EXTERNAL_TABLE",
    });
  });
});
