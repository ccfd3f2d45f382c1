import assert from "node:assert/strict";
import { evaluatePrefix } from "../../local/firehose/prefix";
import type { Program } from "../../local/program";
import { layoutFrom } from "../../schema/layout";
import { wirePlan } from "../../schema/plan";
import { child, graph } from "./graph";
import { EVERY_TAG } from "./settings";

const BY_HOUR = "year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/";

describe("the delivery stream", () => {
  let dev: Program;
  const arn = (name: string): string => child(dev, name).state.arn;
  const nameOf = (name: string): string => child(dev, name).state.name;
  const destination = () => child(dev, "flows-stream").inputs.extendedS3Configuration;
  const mappings = (program: Program): Record<string, string> =>
    child(program, "flows-stream").inputs.extendedS3Configuration.dataFormatConversionConfiguration
      .inputFormatConfiguration.deserializer.openXJsonSerDe.columnToJsonKeyMappings;
  const columns = (program: Program): string[] =>
    child(program, "flows-table").inputs.storageDescriptor.columns.map(({ name }: { name: string }) => name);

  before(async () => {
    dev = await graph("dev");
  });

  it("takes direct puts, encrypted with the key, and writes to S3", () => {
    const { extendedS3Configuration, name, ...stream } = child(dev, "flows-stream").inputs;
    assert.match(name, /^flows-stream-[0-9a-f]{7}$/);
    assert.deepEqual(stream, {
      destination: "extended_s3",
      serverSideEncryption: {
        enabled: true,
        keyType: "CUSTOMER_MANAGED_CMK",
        keyArn: arn("flows-key"),
      },
    });
  });

  it("buffers, names, encrypts and logs its objects exactly like this", () => {
    const { dataFormatConversionConfiguration, ...rest } = destination();
    assert.deepEqual(rest, {
      bucketArn: arn("flows-lake"),
      roleArn: arn("flows-stream-role"),
      kmsKeyArn: arn("flows-key"),
      prefix: `flow-logs/${BY_HOUR}`,
      errorOutputPrefix: `errors/!{firehose:error-output-type}/${BY_HOUR}`,
      bufferingInterval: 300,
      bufferingSize: 128,
      compressionFormat: "UNCOMPRESSED",
      cloudwatchLoggingOptions: {
        enabled: true,
        logGroupName: nameOf("flows-stream-logs"),
        logStreamName: "delivery",
      },
    });
  });

  it("converts JSON to Parquet by the table's current columns", () => {
    const { inputFormatConfiguration, ...conversion } = destination().dataFormatConversionConfiguration;
    assert.deepEqual(conversion, {
      schemaConfiguration: {
        databaseName: nameOf("flows-database"),
        tableName: "flow_logs",
        region: "us-east-1",
        roleArn: arn("flows-stream-role"),
      },
      outputFormatConfiguration: { serializer: { parquetSerDe: { compression: "SNAPPY" } } },
    });
    assert.deepEqual(inputFormatConfiguration, {
      deserializer: { openXJsonSerDe: { columnToJsonKeyMappings: mappings(dev) } },
    });
  });

  it("has only settings that Firehose accepts together with conversion", () => {
    const { bufferingInterval, bufferingSize, compressionFormat } = destination();
    assert.equal(compressionFormat, "UNCOMPRESSED");
    assert.ok(bufferingSize >= 64 && bufferingSize <= 128, `${bufferingSize} MiB`);
    assert.ok(bufferingInterval >= 0 && bufferingInterval <= 900, `${bufferingInterval} s`);
  });

  for (const [fields, tagFields] of [
    [["all"], EVERY_TAG],
    [["dstaddr", "srcaddr"], []],
  ] as const) {
    it(`reads each column of the table (${fields}) under the key that the ETL writes, and under no other`, async () => {
      const program = await graph("dev", { fields, tagFields });
      const { fields: written, unparsed } = wirePlan(layoutFrom(fields));
      const keys = [...written.map(({ prefix }) => prefix), unparsed].flatMap((prefix) =>
        Object.keys(JSON.parse(`{${prefix}0}`)),
      );
      const names = columns(program);
      assert.equal(names.length, keys.length);
      assert.deepEqual(mappings(program), Object.fromEntries(names.map((name, n) => [name, keys[n]])));
    });
  }

  it("reads no key for two columns, nor one that differs from another only in case", async () => {
    const keys = Object.values(mappings(await graph("dev", { fields: ["all"], tagFields: EVERY_TAG })));
    assert.equal(keys.length, 55);
    assert.equal(new Set(keys.map((key) => key.toLowerCase())).size, 55);
    assert.deepEqual(
      keys.filter((key) => key !== key.toLowerCase()),
      [],
    );
  });

  it("keeps rows that it could not convert outside the table, by error and hour", () => {
    const { errorOutputPrefix } = destination();
    const { bucket } = child(dev, "flows-lake").state;
    const key = evaluatePrefix(
      errorOutputPrefix,
      new Date("2026-02-03T04:05:06Z"),
      "format-conversion-failed",
    );
    assert.equal(key, "errors/format-conversion-failed/year=2026/month=02/day=03/hour=04/");
    const { location } = child(dev, "flows-table").inputs.storageDescriptor;
    assert.equal(`s3://${bucket}/${key}`.startsWith(location), false);
  });

  it("logs to a stream of the component's own group", () => {
    assert.deepEqual(child(dev, "flows-stream-log").inputs, {
      name: "delivery",
      logGroupName: nameOf("flows-stream-logs"),
    });
  });
});
