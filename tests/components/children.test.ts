import assert from "node:assert/strict";
import type { Program } from "../../local/program";
import { graph } from "./graph";

const COMPONENT = "flow-log-analytics:index:FlowLogAnalytics";

// biome-ignore format: a table, one child a line
const CHILDREN = [
  ["flows-key", "aws:kms/key:Key"],
  ["flows-lake", "aws:s3/bucket:Bucket"],
  ["flows-lake-ownership", "aws:s3/bucketOwnershipControls:BucketOwnershipControls"],
  ["flows-lake-access", "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"],
  ["flows-lake-encryption", "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"],
  ["flows-lake-policy", "aws:s3/bucketPolicy:BucketPolicy"],
  ["flows-lake-lifecycle", "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"],
  ["flows-database", "aws:glue/catalogDatabase:CatalogDatabase"],
  ["flows-table", "aws:glue/catalogTable:CatalogTable"],
  ["flows-stream-logs", "aws:cloudwatch/logGroup:LogGroup"],
  ["flows-stream-log", "aws:cloudwatch/logStream:LogStream"],
  ["flows-stream-role", "aws:iam/role:Role"],
  ["flows-stream-policy", "aws:iam/rolePolicy:RolePolicy"],
  ["flows-stream", "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"],
  ["flows-etl-logs", "aws:cloudwatch/logGroup:LogGroup"],
  ["flows-etl-role", "aws:iam/role:Role"],
  ["flows-etl-policy", "aws:iam/rolePolicy:RolePolicy"],
  ["flows-etl", "aws:lambda/function:Function"],
  ["flows-etl-failures", "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig"],
  ["flows-flow-logs-<format>", "aws:cloudwatch/logGroup:LogGroup"],
  ["flows-subscription-permission-<format>", "aws:lambda/permission:Permission"],
  ["flows-subscription-<format>", "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter"],
  ["flows-flow-logs-role", "aws:iam/role:Role"],
  ["flows-flow-logs-policy", "aws:iam/rolePolicy:RolePolicy"],
  ["flows-flow-log-default", "aws:ec2/flowLog:FlowLog"],
  ["flows-workgroup", "aws:athena/workgroup:Workgroup"],
  ["flows-query-bytes-by-interface", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-flows-of-address", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-internet-egress", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-peers-of", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-top-pairs", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-top-talkers", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-traffic-by-instance", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-traffic-by-ip-version", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-traffic-by-port", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-traffic-by-protocol", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-traffic-by-subnet", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-traffic-per-day", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-traffic-per-hour", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-traffic-per-minute", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-traffic-spikes", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-beaconing", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-brute-force", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-crypto-mining", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-denied-then-accepted", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-exfiltration", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-horizontal-scan", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-listed-address", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-new-talkers", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-rejected-by-port", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-rejected-by-source", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-remote-access-attempts", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-unusual-ports", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-vertical-scan", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-delivery-delay", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-duplicate-rows", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-nodata-interfaces", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-one-way-connections", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-rows-per-partition", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-skipped-windows", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-unparsed-lines", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-exposed-services", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-other-resolvers", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-plain-text-protocols", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-ports-used", "aws:athena/namedQuery:NamedQuery"],
  ["flows-query-unusual-protocols", "aws:athena/namedQuery:NamedQuery"],
  ["flows-prepared-bytes-by-interface", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-flows-of-address", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-internet-egress", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-peers-of", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-top-pairs", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-top-talkers", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-traffic-by-instance", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-traffic-by-ip-version", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-traffic-by-port", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-traffic-by-protocol", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-traffic-by-subnet", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-traffic-per-day", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-traffic-per-hour", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-traffic-per-minute", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-traffic-spikes", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-beaconing", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-brute-force", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-crypto-mining", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-denied-then-accepted", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-exfiltration", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-horizontal-scan", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-listed-address", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-new-talkers", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-rejected-by-port", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-rejected-by-source", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-remote-access-attempts", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-unusual-ports", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-vertical-scan", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-delivery-delay", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-duplicate-rows", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-nodata-interfaces", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-one-way-connections", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-rows-per-partition", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-skipped-windows", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-unparsed-lines", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-exposed-services", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-other-resolvers", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-plain-text-protocols", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-ports-used", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-prepared-unusual-protocols", "aws:athena/preparedStatement:PreparedStatement"],
  ["flows-view-flow-logs-distinct", "aws:glue/catalogTable:CatalogTable"],
  ["flows-view-flow-logs-readable", "aws:glue/catalogTable:CatalogTable"],
  ["flows-view-flow-logs-compat", "aws:glue/catalogTable:CatalogTable"],
  ["flows-alarm-logs-<format>-errors", "aws:cloudwatch/metricAlarm:MetricAlarm"],
  ["flows-alarm-logs-<format>-throttles", "aws:cloudwatch/metricAlarm:MetricAlarm"],
  ["flows-alarm-logs-<format>-silence", "aws:cloudwatch/metricAlarm:MetricAlarm"],
  ["flows-alarm-etl-errors", "aws:cloudwatch/metricAlarm:MetricAlarm"],
  ["flows-alarm-etl-throttles", "aws:cloudwatch/metricAlarm:MetricAlarm"],
  ["flows-alarm-etl-duration", "aws:cloudwatch/metricAlarm:MetricAlarm"],
  ["flows-alarm-etl-failed-events", "aws:cloudwatch/metricAlarm:MetricAlarm"],
  ["flows-alarm-etl-lost-events", "aws:cloudwatch/metricAlarm:MetricAlarm"],
  ["flows-alarm-etl-unparsed", "aws:cloudwatch/metricAlarm:MetricAlarm"],
  ["flows-alarm-etl-silence", "aws:cloudwatch/metricAlarm:MetricAlarm"],
  ["flows-alarm-stream-freshness", "aws:cloudwatch/metricAlarm:MetricAlarm"],
  ["flows-alarm-stream-delivery", "aws:cloudwatch/metricAlarm:MetricAlarm"],
  ["flows-alarm-stream-conversion", "aws:cloudwatch/metricAlarm:MetricAlarm"],
  ["flows-alarm-stream-throttled", "aws:cloudwatch/metricAlarm:MetricAlarm"],
  ["flows-alarm-stream-silence", "aws:cloudwatch/metricAlarm:MetricAlarm"],
  ["flows-dashboard", "aws:cloudwatch/dashboard:Dashboard"],
];

/** Queries about fields that dev does not have. */
const MORE_IN_PROD = ["traffic-by-aws-service", "blocked-by-controls"];

/** The format's digest is in some names: `ffcee69c` for dev, another for another format. */
const withoutDigest = (name: string) => name.replace(/-f[0-9a-f]{7}(?=-|$)/, "-<format>");

describe("the children of FlowLogAnalytics", () => {
  let dev: Program;

  before(async () => {
    dev = await graph("dev");
  });

  it(`are ${CHILDREN.length}, under these names, of these types, in the order of the flow`, () => {
    const [component, ...children] = dev.resources;
    assert.deepEqual([component.name, component.type, component.parent], ["flows", COMPONENT, ""]);
    assert.deepEqual(
      children.map(({ name, type }) => [withoutDigest(name), type]),
      CHILDREN,
    );
  });

  it("all have the component itself as their parent", () => {
    const [, ...children] = dev.resources;
    assert.deepEqual(
      children.map(({ name, parent }) => [withoutDigest(name), parent]),
      CHILDREN.map(([name]) => [name, "flows"]),
    );
  });

  it("carry the digest of their format, so that another format has others", async () => {
    const formatted = async (stack: string) =>
      (await graph(stack)).resources.flatMap(({ name }) => /-f[0-9a-f]{7}$/.exec(name) ?? []);
    assert.deepEqual(await formatted("dev"), ["-ffcee69c", "-ffcee69c", "-ffcee69c"]);
    assert.equal((await formatted("prod")).includes("-ffcee69c"), false);
  });

  it("are the same for prod, and more queries, since it has more fields", async () => {
    const [, ...children] = (await graph("prod")).resources;
    const names = new Set(CHILDREN.map(([name]) => name));
    const prod = children.map(({ name, type }) => [withoutDigest(name), type]);
    assert.deepEqual(
      prod.filter(([name]) => names.has(name)),
      CHILDREN,
    );
    assert.deepEqual(
      prod.filter(([name]) => !names.has(name)).map(([name]) => name.replace(/^flows-(query|prepared)-/, "")),
      [...MORE_IN_PROD, ...MORE_IN_PROD],
    );
  });

  it("share no name with those of a second component whose name begins alike", () => {
    const names = new Set(CHILDREN.map(([name]) => name));
    for (const second of ["flows-etl", "flows-flow", "flows-lake", "flows-stream", "flows-query"]) {
      const others = CHILDREN.map(([name]) => name.replace("flows", second));
      assert.deepEqual(
        others.filter((name) => names.has(name)),
        [],
      );
    }
  });
});
