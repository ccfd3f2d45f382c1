import assert from "node:assert/strict";
import { FlowLogAnalytics, type FlowLogAnalyticsArgs, Ingestion } from "../../components";
import { formatsOf } from "../../components/settings/formats";
import { TAGGABLE } from "../../components/tags";
import { type Child, componentGraph } from "./component";
import { statementsOf } from "./documents";
import { embedded } from "./embedded";
import { child, formatChild } from "./graph";
import { VPCS } from "./settings";

const STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
const FLOW_LOG = "aws:ec2/flowLog:FlowLog";
const TGW = { hub: "tgw-0123456789abcdef0" };

describe("the way in", () => {
  const graphOf = async (ingestion: Ingestion, more: FlowLogAnalyticsArgs = {}) =>
    (await componentGraph({ vpcs: VPCS, ingestion, ...more })).resources;
  const ofType = (resources: Child[], type: string) => resources.filter((resource) => resource.type === type);
  const processors = ({ inputs }: Child) =>
    inputs.extendedS3Configuration.processingConfiguration?.processors ?? [];

  it("LAMBDA has the log group invoke the function, which sends to a stream that transforms nothing", async () => {
    const resources = await graphOf(Ingestion.LAMBDA);
    const stream = child({ resources }, "flows-stream");
    assert.deepEqual(processors(stream), []);
    const { environment } = child({ resources }, "flows-etl").inputs;
    assert.deepEqual(environment.variables, { DELIVERY_STREAM_NAME: stream.state.name });
  });

  it("SUBSCRIPTION has the log group write to a stream, which has the function transform", async () => {
    const resources = await graphOf(Ingestion.SUBSCRIPTION);
    const stream = child({ resources }, "flows-envelope-stream");
    const fn = child({ resources }, "flows-etl");
    assert.deepEqual(formatChild({ resources }, "flows-stream-subscription").inputs, {
      logGroup: formatChild({ resources }, "flows-flow-logs").state.name,
      destinationArn: stream.state.arn,
      roleArn: child({ resources }, "flows-subscribe-role").state.arn,
      filterPattern: "",
    });
    const [{ type, parameters }] = processors(stream);
    assert.equal(type, "Lambda");
    assert.deepEqual(parameters, [
      { parameterName: "LambdaArn", parameterValue: `${fn.state.arn}:$LATEST` },
      { parameterName: "BufferSizeInMBs", parameterValue: "0.2" },
    ]);
    assert.equal("environment" in fn.inputs, false);
    const actions = statementsOf(child({ resources }, "flows-etl-policy").inputs.policy).map((s) => s.Action);
    assert.deepEqual(actions, [["logs:CreateLogStream", "logs:PutLogEvents"]]);
    assert.deepEqual(
      resources.filter(({ type }) => type.includes("lambda/permission") || type.includes("EventInvoke")),
      [],
    );
  });

  it("limits the function's buffering interval to the stream's, and leaves it unset if Firehose's default minute fits", async () => {
    const waits = async (bufferingInterval: number) => {
      const resources = await graphOf(Ingestion.DIRECT, { bufferingInterval });
      const [{ parameters }] = processors(ofType(resources, STREAM)[0]);
      const named = parameters.filter(
        ({ parameterName }: { parameterName: string }) => parameterName === "BufferIntervalInSeconds",
      );
      return named.map(({ parameterValue }: { parameterValue: string }) => parameterValue);
    };
    assert.deepEqual([await waits(0), await waits(60)], [["0"], []]);
  });

  it("DIRECT makes flow logs write to a stream of their format, and declares no log group for them", async () => {
    const resources = await graphOf(Ingestion.DIRECT, { transitGateways: TGW });
    const streams = ofType(resources, STREAM);
    assert.equal(streams.length, 2);
    const formats = formatsOf({ transitGateways: TGW }, []);
    const [vpc, transit] = [formats.vpc.digest, formats.transit?.digest ?? ""];
    const flowLogs = ofType(resources, FLOW_LOG).map(({ inputs }) => inputs);
    assert.deepEqual(
      flowLogs.map(({ logDestinationType, logDestination }) => [logDestinationType, logDestination]),
      flowLogs.map(({ logFormat }) => {
        const isTransit = logFormat.includes("tgw-id");
        const written = streams.find(({ name }) => name.endsWith(isTransit ? transit : vpc));
        return ["kinesis-data-firehose", written?.state.arn];
      }),
    );
    assert.deepEqual(
      streams.map(({ inputs }) => inputs.tags),
      [{ LogDeliveryEnabled: "true" }, { LogDeliveryEnabled: "true" }],
    );
    for (const stream of streams) assert.equal(processors(stream).length, 1);
    assert.deepEqual(
      resources.filter(({ name }) => /^flows-(flow-logs|subscription)/.test(name)),
      [],
    );
  });

  it("DIRECT needs no source, since others may write to its stream", async () => {
    const { resources } = await componentGraph({ ingestion: Ingestion.DIRECT });
    assert.equal(ofType(resources, STREAM).length, 1);
    assert.deepEqual(ofType(resources, FLOW_LOG), []);
  });

  for (const ingestion of Object.values(Ingestion))
    it(`${ingestion} gives every stream, function and log group the customer key`, async () => {
      const resources = await graphOf(ingestion);
      const key = child({ resources }, "flows-key").state.arn;
      for (const { inputs } of ofType(resources, STREAM)) {
        assert.equal(inputs.serverSideEncryption.keyArn, key);
        assert.equal(inputs.extendedS3Configuration.kmsKeyArn, key);
      }
      for (const { name, inputs } of ofType(resources, "aws:cloudwatch/logGroup:LogGroup"))
        assert.equal(inputs.kmsKeyId, key, name);
    });

  it("only DIRECT has a policy for other producers, which allows the stream and its key alone", async () => {
    const policies: Record<string, unknown> = {};
    await embedded("eu-west-1", () => {
      for (const ingestion of Object.values(Ingestion)) {
        const { producerPolicy } = new FlowLogAnalytics(ingestion.toLowerCase(), { vpcs: VPCS, ingestion });
        producerPolicy?.apply((policy) => {
          policies[ingestion] = statementsOf(policy).map(({ Action }) => Action);
        });
      }
      return {};
    });
    assert.deepEqual(policies, {
      DIRECT: [
        ["firehose:PutRecord", "firehose:PutRecordBatch"],
        ["kms:Decrypt", "kms:GenerateDataKey"],
      ],
    });
  });
});

describe("tags", () => {
  it("are on every child that can have tags, beside its own, and on no other", async () => {
    for (const ingestion of Object.values(Ingestion)) {
      const { resources } = await componentGraph({ vpcs: VPCS, ingestion, tags: { team: "network" } });
      for (const { type, name, inputs } of resources)
        assert.equal(inputs.tags?.team, TAGGABLE.has(type) ? "network" : undefined, name);
      const own = resources.find(({ type }) => type === STREAM)?.inputs.tags.LogDeliveryEnabled;
      assert.equal(own, ingestion === Ingestion.DIRECT ? "true" : undefined);
    }
  });

  it("are possible on exactly the types that have tags in the provider", async () => {
    const { readFileSync } = await import("node:fs");
    const args = {
      vpcs: VPCS,
      ingestion: Ingestion.SUBSCRIPTION,
      producerAccounts: ["111122223333"],
      versioning: true,
      detections: { queries: ["top-talkers" as const] },
    };
    const { resources } = await componentGraph(args);
    for (const type of new Set(resources.map((resource) => resource.type))) {
      const module = type.slice("aws:".length, type.lastIndexOf(":"));
      const declared = readFileSync(require.resolve(`@pulumi/aws/${module}.d.ts`), "utf8");
      assert.equal(/^ {4}tags\?:/m.test(declared), TAGGABLE.has(type), type);
    }
  });
});
