import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";

interface Made {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

const made: Made[] = [];

// Set before anything makes a resource. Ids and ARNs look like no real ones, and most outputs are not there at all.
pulumi.runtime.setMocks({
  newResource: ({ type, name, inputs }) => {
    made.push({ type, name, inputs });
    return { id: `${name}_id`, state: { ...inputs, arn: `${name}_arn` } };
  },
  call: ({ inputs }) => inputs,
});

const known = <T>(output: pulumi.Output<T>) => new Promise<T>((resolve) => output.apply(resolve));

describe("the network", () => {
  const inputsOf = (name: string) => made.find((resource) => resource.name === name)?.inputs;

  before(async function () {
    this.timeout(180_000);
    const { createNetwork } = await import("./network");
    const { flows } = createNetwork("acme");
    await Promise.all(
      [flows.bucketName, flows.dashboard.urn, ...flows.alarms.map(({ urn }) => urn)].map(known),
    );
  });

  it("has the flow logs of its VPC", () => {
    const flowLog = inputsOf("acme-flows-flow-log-main");
    assert.equal(flowLog?.vpcId, "acme_id");
    assert.equal(flowLog?.logDestinationType, "kinesis-data-firehose");
  });

  it("tells the topic of every alarm", () => {
    const alarms = made.filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm");
    assert.ok(alarms.length > 5, `${alarms.length} alarms`);
    for (const { name, inputs } of alarms) assert.deepEqual(inputs.alarmActions, ["acme-alerts_arn"], name);
  });

  it("refuses what AWS would refuse, as a deployment does", async () => {
    const { FlowLogAnalytics } = await import("flow-log-analytics");
    assert.throws(
      () => new FlowLogAnalytics("edge", { vpcs: { main: "subnet-0123456789abcdef0" } }),
      /vpcs\.main {2}must be a VPC id such as vpc-0123456789abcdef0; got "subnet-0123456789abcdef0"/,
    );
  });
});
