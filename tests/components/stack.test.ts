import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ARGUMENT_NAMES } from "../../components/settings/argument-names";
import { PROJECT_DIR, runProgram } from "../../local/program";
import { layoutFrom } from "../../schema/layout";
import { archiveOf, child, formatChild, graph } from "./graph";
import { check, VPCS } from "./settings";

const declared: Record<string, { type: string; description: string; default: unknown }> = parse(
  readFileSync(join(PROJECT_DIR, "Pulumi.yaml"), "utf8"),
).config;

describe("Pulumi.yaml", () => {
  const { ingestion, trafficType, filterPattern, storage, plans, ...settings } = check({ vpcs: VPCS });
  const { maxAggregationInterval, logRetentionInDays, bufferingInterval, ...more } = settings;
  const { bytesScannedCutoffPerQuery, forceDestroy } = more;
  // Two arguments become part of the ETL's plan, which by default drops nothing.
  const [plan] = Object.values(plans.byDigest);
  const defaults = {
    ...{ ingestion, trafficType, filterPattern, versioning: storage.versioning },
    ...{ maxAggregationInterval, logRetentionInDays, bufferingInterval },
    ...{ bytesScannedCutoffPerQuery, forceDestroy },
    ...{ dropNoData: plan.drops.length !== 0, keepAction: "" },
  };

  it("declares every argument that is one value with a default, with the component's own", () => {
    const values = Object.entries(declared).map(([name, value]) => [name, value.default]);
    assert.deepEqual(Object.fromEntries(values), defaults);
  });

  it("gives every value the type of its default and a description", () => {
    for (const [name, { type, description }] of Object.entries(declared)) {
      const javascript = typeof defaults[name as keyof typeof defaults];
      assert.equal(type, javascript === "number" ? "integer" : javascript, name);
      assert.match(description, /^[A-Z]/, name);
    }
  });
});

describe("the program", () => {
  it("has the physical names of resources as outputs", async () => {
    const dev = await graph("dev");
    const { name: workgroup } = child(dev, "flows-workgroup").state;
    const { readerPolicy, ...outputs } = dev.outputs;
    assert.equal(JSON.parse(String(readerPolicy)).Version, "2012-10-17");
    assert.deepEqual(outputs, {
      bucket: child(dev, "flows-lake").state.bucket,
      logGroups: [formatChild(dev, "flows-flow-logs").state.name],
      destinations: [],
      region: "us-east-1",
      stream: child(dev, "flows-stream").state.name,
      functionName: child(dev, "flows-etl").state.name,
      database: "flow_log_analytics_dev_flows",
      table: "flow_logs",
      workgroup,
      athenaConsole: `https://us-east-1.console.aws.amazon.com/athena/home?region=us-east-1#/query-editor/saved-queries?workgroup=${workgroup}`,
      dashboard: "flow-log-analytics-dev-flows-us-east-1",
      producerPolicy: "none: other producers write with ingestion DIRECT",
      jdbcUrl: `jdbc:athena://Region=us-east-1;WorkGroup=${workgroup};Catalog=AwsDataCatalog;Database=flow_log_analytics_dev_flows;CredentialsProvider=DefaultChain;`,
      odbcConnection: `Driver={Amazon Athena ODBC (x64)};AwsRegion=us-east-1;Workgroup=${workgroup};Catalog=AwsDataCatalog;Schema=flow_log_analytics_dev_flows;S3OutputLocation=s3://${child(dev, "flows-lake").state.bucket}/results/;AuthenticationType=Default Credentials;`,
    });
  });

  it("passes every configuration value to the component", async () => {
    const program = await graph("prod", {
      vpcs: { edge: "vpc-0a1b2c3d" },
      fields: "srcaddr action",
      maxAggregationInterval: 600,
      logRetentionInDays: 1,
      bufferingInterval: 0,
      bytesScannedCutoffPerQuery: 10_000_000,
      keepAction: "REJECT",
      networks: { office: ["203.0.113.0/24"] },
      alarmTopic: "arn:aws:sns:us-east-1:123456789012:on-call",
      alarmSilenceInMinutes: 240,
      forceDestroy: true,
    });
    const silence = child(program, "flows-alarm-stream-silence").inputs;
    assert.deepEqual(silence.alarmActions, ["arn:aws:sns:us-east-1:123456789012:on-call"]);
    assert.equal(silence.evaluationPeriods * silence.period, 240 * 60);
    const flowLog = child(program, "flows-flow-log-edge").inputs;
    assert.equal(flowLog.vpcId, "vpc-0a1b2c3d");
    assert.equal(flowLog.logFormat, layoutFrom(["srcaddr", "action"]).format);
    assert.equal(flowLog.maxAggregationInterval, 600);
    assert.equal(formatChild(program, "flows-flow-logs").inputs.retentionInDays, 1);
    assert.equal(child(program, "flows-stream").inputs.extendedS3Configuration.bufferingInterval, 0);
    assert.equal(
      child(program, "flows-workgroup").inputs.configuration.bytesScannedCutoffPerQuery,
      10_000_000,
    );
    assert.equal(child(program, "flows-lake").inputs.forceDestroy, true);
    const { "__index.js": code } = await archiveOf(child(program, "flows-etl").inputs);
    assert.match(code, /token: "ACCEPT"/);
    assert.match(code, /"office"/);
  });

  it("takes fields as text as well as a list, with spaces or commas between", async () => {
    const fields = " recommended, az-id  pkt-src-aws-service pkt-dst-aws-service,reject-reason ";
    const [text, list] = [await graph("dev", { fields }), await graph("prod")].map(
      (program) => child(program, "flows-flow-log-default").inputs.logFormat,
    );
    assert.equal(text, list);
  });

  it("warns once that alarms reach nobody, as long as no topic is named", async () => {
    const UNHEARD =
      "alarms reach nobody, since alarmTopic is not set: name an SNS topic, or look at the dashboard yourself";
    assert.deepEqual((await graph("prod")).warnings, [UNHEARD]);
    assert.deepEqual((await graph("prod", { alarmTopic: "" })).warnings, [UNHEARD]);
    const topic = "arn:aws:sns:us-east-1:123456789012:on-call";
    assert.deepEqual((await graph("prod", { alarmTopic: topic })).warnings, []);
  });

  it("warns once that findings reach nobody, however many detections there are, as long as they name no topic", async () => {
    const UNTOLD =
      "findings reach nobody, since detections.topic is not set: name an SNS topic, or ask the table flow_logs_findings yourself";
    const alarmTopic = "arn:aws:sns:us-east-1:123456789012:on-call";
    const queries = ["horizontal-scan", "vertical-scan", "new-talkers"];
    assert.deepEqual((await graph("prod", { alarmTopic, detections: { queries } })).warnings, [UNTOLD]);
    const told = { queries, topic: "arn:aws:sns:us-east-1:123456789012:security" };
    assert.deepEqual((await graph("prod", { alarmTopic, detections: told })).warnings, []);
  });

  it("stops at an invalid value with the component's own message", async () => {
    await assert.rejects(runProgram("dev", { bufferingInterval: 901, fields: "src-addr" }), {
      message: [
        'FlowLogAnalytics "flows": 2 arguments need attention',
        '  fields[0]          unknown field "src-addr"; did you mean "srcaddr"?',
        "  bufferingInterval  must be 0 to 900 seconds; got 901",
      ].join("\n"),
    });
  });

  it("stops at an unknown configuration value, and names the nearest", async () => {
    await assert.rejects(runProgram("dev", { feilds: "all", forceDestory: true }), {
      message: [
        'there is no configuration value "feilds"; did you mean "fields"?',
        'there is no configuration value "forceDestory"; did you mean "forceDestroy"?',
      ].join("\n"),
    });
  });

  it("has a configuration value for every argument", () => {
    const program = readFileSync(join(PROJECT_DIR, "index.ts"), "utf8");
    for (const name of ARGUMENT_NAMES) assert.match(program, new RegExp(`^  ${name}[:,]`, "m"), name);
  });
});
