import assert from "node:assert/strict";
import { Ingestion } from "../../components/arguments";
import { DeployedFunction, FaultyFirehose } from "../functions/deployed";
import { envelopeOf, eventOf, LINE } from "../functions/envelope";
import { inAlarm, inGraph, isPublished, type NamedMetric, PUBLISHED } from "./metrics";
import { alarm, alarmsOf, DETECTIONS, graphsOf, monitored } from "./monitored";

const text = ({ namespace, metricName, dimensions }: NamedMetric) =>
  `${namespace} ${metricName} by ${dimensions.join(", ")}`;

/** Metrics that a deployed function declares in the line that it logs for CloudWatch. */
const loggedBy = async (fn: DeployedFunction, event: object) => {
  fn.printed = "";
  await fn.invoke(event);
  const line = fn.printed.split("\n").find((each) => each.includes('"_aws"')) ?? assert.fail(fn.printed);
  const declared: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string }[] }[] =
    JSON.parse(line)._aws.CloudWatchMetrics;
  return declared.map(({ Namespace, Dimensions, Metrics }) => {
    const metrics = Metrics.map(({ Name }) => Name);
    return { [Namespace]: { published: Dimensions.map((dimensions) => ({ dimensions, metrics })) } };
  })[0];
};

describe("every metric", () => {
  const firehose = new FaultyFirehose();
  let fn: DeployedFunction;
  const EVENTS: Record<Ingestion, object> = {
    LAMBDA: eventOf(envelopeOf([LINE])),
    SUBSCRIPTION: {
      deliveryStreamArn: "arn:aws:firehose:us-east-1:1:deliverystream/flows",
      records: [{ recordId: "1", data: Buffer.from(LINE).toString("base64") }],
    },
    get DIRECT() {
      return this.SUBSCRIPTION;
    },
  };

  before(async () => {
    await firehose.start();
    const environment = { DELIVERY_STREAM_NAME: "flows", AWS_LAMBDA_FUNCTION_NAME: "etl" };
    fn = await DeployedFunction.start(firehose.url, environment);
  });
  after(() => {
    fn.stop();
    firehose.stop();
  });

  for (const ingestion of Object.values(Ingestion)) {
    it(`of an alarm with ${ingestion} is published with these dimensions, by AWS or by the function`, async () => {
      const source = { ...PUBLISHED, ...(await loggedBy(fn, EVENTS[ingestion])) };
      const alarms = alarmsOf(
        await monitored({ settings: { ingestion }, watched: { detections: DETECTIONS } }),
      );
      for (const { name, inputs } of alarms) {
        const metrics = inAlarm(inputs);
        assert.ok(metrics.length > 0, name);
        for (const metric of metrics) assert.ok(isPublished(metric, source), `${name}: ${text(metric)}`);
      }
    });

    it(`of the dashboard with ${ingestion} is published, too`, async () => {
      const source = { ...PUBLISHED, ...(await loggedBy(fn, EVENTS[ingestion])) };
      const monitor = await monitored({ settings: { ingestion }, watched: { detections: DETECTIONS } });
      for (const { properties } of graphsOf(monitor))
        for (const metric of properties.metrics.flatMap(inGraph))
          assert.ok(isPublished(metric, source), `${properties.title}: ${text(metric)}`);
    });
  }

  it("of a subscription filter has the dimensions of a log group's filter, not of an account policy's", async () => {
    const [metric] = inAlarm(alarm(await monitored(), "logs-f1-errors"));
    assert.deepEqual(metric.dimensions, ["FilterName", "LogGroupName"]);
    const ofPolicy = { ...metric, dimensions: ["LogGroupName", "PolicyLevel"] };
    assert.equal(isPublished(ofPolicy), false);
  });

  it("is rejected with another name, another namespace, a dimension too many or too few", () => {
    const good = {
      ...{ namespace: "AWS/Firehose", metricName: "IncomingRecords", isPartial: false },
      dimensions: ["DeliveryStreamName"],
    };
    assert.ok(isPublished(good));
    for (const change of [
      { metricName: "IncomingRecord" },
      { namespace: "AWS/Kinesis" },
      { dimensions: ["DeliveryStreamName", "Region"] },
      { dimensions: [] },
    ])
      assert.equal(isPublished({ ...good, ...change }), false, JSON.stringify(change));
  });
});

describe("the dashboard's names", () => {
  it("are those of the watched resources", async () => {
    const monitor = await monitored({ watched: { detections: DETECTIONS } });
    const values = graphsOf(monitor).flatMap(({ properties }) =>
      properties.metrics.flatMap((line: unknown[]) =>
        line.filter((part) => typeof part === "string").filter((_, n) => n >= 2 && n % 2 === 1),
      ),
    );
    const storage = ["StandardStorage", "StandardIAStorage", "AllStorageTypes"];
    const known = [
      ...["flows-flow-logs-1a2b", "flows-etl-1a2b", "flows-stream-1a2b", "flows-lake-1a2b"],
      ...[DETECTIONS.machineArn, DETECTIONS.scheduleGroup, DETECTIONS.queueName],
      ...storage,
    ];
    assert.deepEqual([...new Set(values)].sort(), known.sort());
    const searched = JSON.stringify(monitor.resources).match(/(?:LogGroupName|WorkGroup)=\\+"[^"\\]+/g) ?? [];
    assert.deepEqual([...new Set(searched.map((term) => term.replace(/.*"/, "")))].sort(), [
      "flows-flow-logs-1a2b",
      "flows-workgroup-1a2b",
    ]);
  });
});
