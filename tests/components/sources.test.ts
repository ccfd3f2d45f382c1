import assert from "node:assert/strict";
import type { FlowLogAnalyticsArgs, TagFieldArgs } from "../../components";
import { formatsOf } from "../../components/settings/formats";
import { DEFAULT_LAYOUT, layoutFrom, TRANSIT_CATALOG } from "../../schema/layout";
import { type Child, componentGraph } from "./component";
import { listOf, statementsOf } from "./documents";
import { child, formatChild, graph } from "./graph";
import { VPCS } from "./settings";

const FLOW_LOG = "aws:ec2/flowLog:FlowLog";
const FILTER = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter";
const GROUP = "aws:cloudwatch/logGroup:LogGroup";
const TRANSIT = layoutFrom(["default"], TRANSIT_CATALOG);

// The monitor records resources as they are ready, in no order.
const ofType = (resources: Child[], type: string) =>
  resources.filter((resource) => resource.type === type).sort((a, b) => a.name.localeCompare(b.name));
const flowLogGroups = (resources: Child[]) =>
  ofType(resources, GROUP).filter(({ name }) => name.startsWith("flows-flow-logs-"));

describe("the sources of flow logs", () => {
  const graphOf = async (args: FlowLogAnalyticsArgs) => (await componentGraph(args)).resources;

  it("may be VPCs, subnets, network interfaces, regional NAT gateways and transit gateways, side by side", async () => {
    const resources = await graphOf({
      vpcs: VPCS,
      subnets: { web: "subnet-0123456789abcdef0" },
      networkInterfaces: { proxy: "eni-0123456789abcdef0" },
      natGateways: { out: "nat-0123456789abcdef0" },
      transitGateways: { hub: "tgw-0123456789abcdef0" },
    });
    const ids = ["vpcId", "subnetId", "eniId", "regionalNatGatewayId", "transitGatewayId"];
    assert.deepEqual(
      ofType(resources, FLOW_LOG).map(({ name, inputs }) => [
        name,
        ids.filter((id) => id in inputs).map((id) => inputs[id]),
      ]),
      [
        ["flows-flow-log-interface-proxy", ["eni-0123456789abcdef0"]],
        ["flows-flow-log-main", ["vpc-0123456789abcdef0"]],
        ["flows-flow-log-nat-gateway-out", ["nat-0123456789abcdef0"]],
        ["flows-flow-log-subnet-web", ["subnet-0123456789abcdef0"]],
        ["flows-flow-log-transit-gateway-hub", ["tgw-0123456789abcdef0"]],
      ],
    );
  });

  it("have a log group for each format, and the table has the columns of both", async () => {
    const resources = await graphOf({ vpcs: VPCS, transitGateways: { hub: "tgw-0123456789abcdef0" } });
    const groups = flowLogGroups(resources);
    assert.equal(groups.length, 2);
    const { vpc: ofVpc, transit: ofTransit } = formatsOf({ transitGateways: {} }, []);
    const digests = [ofVpc, ofTransit ?? assert.fail()];
    const [vpc, transit] = ofType(resources, FLOW_LOG).map(({ inputs }) => inputs);
    assert.deepEqual(
      [vpc.logDestination, transit.logDestination],
      [DEFAULT_LAYOUT, TRANSIT].map((layout) => {
        const { digest } = digests.find((each) => each.layout.format === layout.format) ?? assert.fail();
        return groups.find(({ name }) => name.endsWith(digest))?.state.arn;
      }),
    );
    assert.equal(vpc.logFormat, DEFAULT_LAYOUT.format);
    assert.equal(transit.logFormat, TRANSIT.format);
    const columns = child({ resources }, "flows-table").inputs.storageDescriptor.columns;
    const names: string[] = columns.map(({ name }: { name: string }) => name);
    for (const { column } of [...DEFAULT_LAYOUT.fields, ...TRANSIT.fields])
      assert.equal(names.filter((name) => name === column).length, 1, column);
    assert.equal(names.at(-1), "unparsed");
    assert.equal(ofType(resources, FILTER).length, 2);
  });

  it("give a transit gateway its only interval and no traffic type", async () => {
    const resources = await graphOf({
      transitGateways: { hub: "tgw-0123456789abcdef0" },
      maxAggregationInterval: 600,
      trafficType: "REJECT",
    });
    const { inputs } = child({ resources }, "flows-flow-log-transit-gateway-hub");
    assert.equal(inputs.maxAggregationInterval, 60);
    assert.equal("trafficType" in inputs, false);
    assert.equal(flowLogGroups(resources).length, 1);
  });

  it("pass on the traffic type and the tags of the tag fields", async () => {
    const tagFields: TagFieldArgs[] = [{ resourceType: "instance", tagKeys: ["team", "service"] }];
    const resources = await graphOf({
      vpcs: VPCS,
      fields: ["default", "instance-tag", "instance-tag-2"],
      trafficType: "REJECT",
      tagFields,
    });
    const { inputs } = child({ resources }, "flows-flow-log-main");
    assert.equal(inputs.trafficType, "REJECT");
    assert.deepEqual(inputs.tagFieldSpecifications, tagFields);
  });

  it("may be existing log groups, which only get a subscription filter", async () => {
    const resources = await graphOf({
      existingLogGroups: { old: "/vpc/flow-logs" },
      filterPattern: "REJECT",
    });
    assert.deepEqual(flowLogGroups(resources), []);
    assert.deepEqual(ofType(resources, FLOW_LOG), []);
    assert.deepEqual(child({ resources }, "flows-subscription-existing-old").inputs, {
      logGroup: "/vpc/flow-logs",
      destinationArn: child({ resources }, "flows-etl").state.arn,
      filterPattern: "REJECT",
    });
    const { sourceArn } = child({ resources }, "flows-subscription-permission-existing-old").inputs;
    assert.equal(sourceArn, "arn:aws:logs:us-east-1:123456789012:log-group:/vpc/flow-logs:*");
  });

  it("may be previous formats: their log group is still read, and no flow log writes to it", async () => {
    const resources = await graphOf({ vpcs: VPCS, fields: ["recommended"], previousFields: [["default"]] });
    const groups = flowLogGroups(resources);
    assert.deepEqual(
      ofType(resources, FILTER).map(({ inputs }) => inputs.logGroup),
      groups.map(({ state }) => state.name),
    );
    const old = formatChild({ resources: await graphOf({ vpcs: VPCS }) }, "flows-flow-logs").name;
    const now = groups.filter(({ name }) => name !== old);
    assert.deepEqual([groups.length, now.length], [2, 1]);
    const [flowLog, ...others] = ofType(resources, FLOW_LOG);
    assert.deepEqual([flowLog.inputs.logDestination, others], [now[0].state.arn, []]);
  });
});

describe("producers in other accounts", () => {
  const PRODUCERS = {
    ingestion: "SUBSCRIPTION" as FlowLogAnalyticsArgs["ingestion"],
    producerAccounts: ["111122223333", "444455556666"],
  };

  it("have a destination in each of their regions, which targets the stream and lets only them subscribe", async () => {
    const { resources } = await componentGraph({ ...PRODUCERS, producerRegions: ["us-east-1", "eu-west-1"] });
    const stream = child({ resources }, "flows-envelope-stream").state.arn;
    for (const region of ["us-east-1", "eu-west-1"]) {
      const destination = child({ resources }, `flows-destination-${region}`);
      assert.deepEqual(destination.inputs, {
        region,
        targetArn: stream,
        roleArn: child({ resources }, "flows-producers-role").state.arn,
      });
      const policy = child({ resources }, `flows-destination-policy-${region}`).inputs;
      assert.deepEqual(statementsOf(policy.accessPolicy), [
        {
          Sid: "ProducersSubscribe",
          Effect: "Allow",
          Principal: { AWS: PRODUCERS.producerAccounts },
          Action: ["logs:PutSubscriptionFilter"],
          Resource: destination.state.arn,
        },
      ]);
    }
  });

  it("are trusted for their own and the stack's log groups in those regions only", async () => {
    const { resources } = await componentGraph(PRODUCERS);
    const { assumeRolePolicy } = child({ resources }, "flows-producers-role").inputs;
    const [{ Condition }] = statementsOf(assumeRolePolicy);
    const accounts = ["123456789012", ...PRODUCERS.producerAccounts];
    assert.deepEqual(Condition?.StringEquals["aws:SourceAccount"], accounts);
    assert.deepEqual(
      listOf(Condition?.ArnLike["aws:SourceArn"] ?? ""),
      accounts.map((account) => `arn:aws:logs:us-east-1:${account}:*`),
    );
  });

  for (const producerRegions of [["us-east-1"], ["us-east-1", "eu-west-1", "ap-southeast-2"]])
    it(`may be a hundred accounts, all in the condition on the account, in ${producerRegions.length} regions`, async () => {
      const producerAccounts = Array.from({ length: 100 }, (_, n) => String(111_122_223_333 + n));
      const { resources } = await componentGraph({ ...PRODUCERS, producerAccounts, producerRegions });
      const { assumeRolePolicy } = child({ resources }, "flows-producers-role").inputs;
      assert.ok(assumeRolePolicy.length <= 2048, `${assumeRolePolicy.length} characters`);
      const [{ Condition }] = statementsOf(assumeRolePolicy);
      assert.deepEqual(Condition?.StringEquals["aws:SourceAccount"], ["123456789012", ...producerAccounts]);
      assert.deepEqual(
        listOf(Condition?.ArnLike["aws:SourceArn"] ?? ""),
        producerRegions.map((region) => `arn:aws:logs:${region}:*:*`),
      );
    });
});

describe("an unknown region of producers", () => {
  it("is accepted, with a warning that names the nearest", async () => {
    const producers = { ingestion: "SUBSCRIPTION", producerAccounts: ["111122223333"] };
    const { warnings } = await graph("dev", { ...producers, producerRegions: ["eu-west-1", "eu-west-9"] });
    assert.deepEqual(
      warnings.filter((text) => text.startsWith("producerRegions")),
      [
        "producerRegions has eu-west-9, which this version does not know; did you mean eu-west-1? A region that AWS has opened since is fine",
      ],
    );
  });
});
