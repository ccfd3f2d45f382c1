import assert from "node:assert/strict";
import type { Program } from "../../local/program";
import { layoutFrom, parseFormat } from "../../schema/layout";
import { child, formatChild, graph, ofType } from "./graph";

const FLOW_LOG = "aws:ec2/flowLog:FlowLog";

describe("capture", () => {
  let dev: Program;

  before(async () => {
    dev = await graph("dev");
  });

  it("logs accepted and rejected traffic of the default VPC, by the minute, to the log group", () => {
    const { logFormat, ...inputs } = child(dev, "flows-flow-log-default").inputs;
    assert.deepEqual(inputs, {
      vpcId: "vpc-0123456789abcdef0",
      trafficType: "ALL",
      maxAggregationInterval: 60,
      logDestinationType: "cloud-watch-logs",
      logDestination: formatChild(dev, "flows-flow-logs").state.arn,
      iamRoleArn: child(dev, "flows-flow-logs-role").state.arn,
    });
  });

  it("asks for each field as EC2 writes it, in the order of the layout, with one space between", async () => {
    const { logFormat } = child(dev, "flows-flow-log-default").inputs;
    const layout = layoutFrom(["recommended"]);
    assert.equal(logFormat, layout.fields.map(({ name }) => `\${${name}}`).join(" "));
    assert.equal(logFormat, layout.format);
    assert.equal(
      child(await graph("dev", { fields: ["dstaddr", "srcaddr"] }), "flows-flow-log-default").inputs
        .logFormat,
      ["dstaddr", "srcaddr"].map((name) => `\${${name}}`).join(" "),
    );
  });

  for (const stack of ["dev", "prod"]) {
    it(`asks ${stack}'s flow log for exactly the fields that its table has`, async () => {
      const program = await graph(stack);
      const { logFormat } = child(program, "flows-flow-log-default").inputs;
      const { columns } = child(program, "flows-table").inputs.storageDescriptor;
      assert.deepEqual(
        [...parseFormat(logFormat).fields.map(({ column }) => column), "unparsed"],
        columns.map(({ name }: { name: string }) => name),
      );
    });
  }

  it("gives each VPC a flow log under the VPC's name in the stack, otherwise alike", async () => {
    const vpcs = { edge: "vpc-0a1b2c3d", "app-2": "vpc-0a1b2c3d4e5f60718" };
    const flowLogs = ofType(await graph("dev", { vpcs }), FLOW_LOG);
    assert.deepEqual(
      flowLogs.map(({ name, inputs }) => [name, inputs.vpcId]),
      [
        ["flows-flow-log-edge", "vpc-0a1b2c3d"],
        ["flows-flow-log-app-2", "vpc-0a1b2c3d4e5f60718"],
      ],
    );
    const [edge, app] = flowLogs.map(({ inputs: { vpcId, ...rest } }) => rest);
    assert.deepEqual(edge, app);
  });

  it("passes every line of the log group to the function, once", () => {
    assert.equal(ofType(dev, "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter").length, 1);
    assert.deepEqual(formatChild(dev, "flows-subscription").inputs, {
      logGroup: formatChild(dev, "flows-flow-logs").state.name,
      destinationArn: child(dev, "flows-etl").state.arn,
      filterPattern: "",
    });
  });

  it("lets CloudWatch Logs invoke the function for this account's log group alone", () => {
    assert.equal(ofType(dev, "aws:lambda/permission:Permission").length, 1);
    assert.deepEqual(formatChild(dev, "flows-subscription-permission").inputs, {
      function: child(dev, "flows-etl").state.name,
      action: "lambda:InvokeFunction",
      principal: "logs.amazonaws.com",
      sourceArn: `${formatChild(dev, "flows-flow-logs").state.arn}:*`,
      sourceAccount: "123456789012",
    });
  });

  it("does not subscribe the function to its own log group", () => {
    assert.notEqual(
      formatChild(dev, "flows-subscription").inputs.logGroup,
      child(dev, "flows-etl").inputs.loggingConfig.logGroup,
    );
  });
});
