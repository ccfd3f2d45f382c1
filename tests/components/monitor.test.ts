import assert from "node:assert/strict";
import { MockMonitor, type MockResourceArgs } from "@pulumi/pulumi/runtime/mocks";
import { disconnect, setMockOptions } from "@pulumi/pulumi/runtime/settings";
import { runInPulumiStack } from "@pulumi/pulumi/runtime/stack";
import { Ingestion } from "../../components/arguments";
import { placeOf } from "../../components/iam";
import { createMonitor } from "../../components/monitor";
import { LocalProvider } from "../../local/provider";
import { child } from "./graph";

const TOPIC = "arn:aws:sns:us-east-1:123456789012:on-call";

const WATCHED = {
  logGroups: [{ key: "f1", name: "flows-flow-logs-1a2b" }],
  functionName: "flows-etl-1a2b",
  functionTimeout: 60,
  streams: [{ key: "stream", name: "flows-stream-1a2b" }],
  bucketName: "flows-lake-1a2b",
  workgroupName: "flows-workgroup-1a2b",
};

const SETTINGS = { ingestion: Ingestion.LAMBDA, bufferingInterval: 300 };

/** What the monitor declares, in order. */
const monitored = async (
  change: { settings?: object; watched?: object; region?: string; stack?: string } = {},
) => {
  const provider = new LocalProvider(change.region ?? "us-east-1");
  const resources: Pick<MockResourceArgs, "type" | "name" | "inputs">[] = [];
  const mocks = {
    call: provider.call.bind(provider),
    newResource: (args: MockResourceArgs) => {
      if (args.custom) resources.push(args);
      return args.custom ? provider.newResource(args) : { id: undefined, state: {} };
    },
  };
  setMockOptions(new MockMonitor(mocks), "acme.network", change.stack ?? "dev");
  await runInPulumiStack(async () => {
    const settings = { ...SETTINGS, ...change.settings };
    const watched = { ...WATCHED, ...change.watched };
    createMonitor("flows", { settings, place: placeOf({}), watched }, {});
  });
  await disconnect();
  return { resources };
};

type Monitored = Awaited<ReturnType<typeof monitored>>;

const alarmsOf = ({ resources }: Monitored) =>
  resources.filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm");

const namesOf = (monitor: Monitored) => alarmsOf(monitor).map(({ name }) => name);

const ETL = { FunctionName: "flows-etl-1a2b" };
const STREAM = { DeliveryStreamName: "flows-stream-1a2b" };

/** The alarms of Lambda's and Firehose's metrics, each with its threshold and its periods in seconds. */
// biome-ignore format: a table, one alarm a line
const ALARMS = [
  ["etl-errors", "AWS/Lambda", "Errors", ETL, "Sum", ">", 0, 300, 1, "notBreaching"],
  ["etl-throttles", "AWS/Lambda", "Throttles", ETL, "Sum", ">", 0, 300, 3, "notBreaching"],
  ["etl-duration", "AWS/Lambda", "Duration", ETL, "Maximum", ">", 48_000, 300, 1, "notBreaching"],
  ["etl-failed-events", "AWS/Lambda", "AsyncEventsDropped", ETL, "Sum", ">", 0, 300, 1, "notBreaching"],
  ["etl-lost-events", "AWS/Lambda", "DestinationDeliveryFailures", ETL, "Sum", ">", 0, 300, 1, "notBreaching"],
  ["stream-freshness", "AWS/Firehose", "DeliveryToS3.DataFreshness", STREAM, "Maximum", ">", 900, 300, 1, "ignore"],
  ["stream-delivery", "AWS/Firehose", "DeliveryToS3.Success", STREAM, "Average", "<", 1, 900, 1, "ignore"],
  ["stream-conversion", "AWS/Firehose", "FailedConversion.Records", STREAM, "Sum", ">", 0, 300, 1, "notBreaching"],
  ["stream-throttled", "AWS/Firehose", "ThrottledRecords", STREAM, "Sum", ">", 0, 300, 3, "notBreaching"],
] as const;

/** Those that take others' place where the stream calls the function. */
// biome-ignore format: a table, one alarm a line
const ALARMS_OF_CALLS = [
  ["etl-failed-records", "FlowLogAnalytics", "failedRecords", ETL, "Sum", ">", 0, 300, 1, "notBreaching"],
  ["stream-processing", "AWS/Firehose", "ExecuteProcessing.Success", STREAM, "Average", "<", 1, 900, 1, "ignore"],
] as const;

const OPERATORS = { ">": "GreaterThanThreshold", "<": "LessThanThreshold" };

const inputsOf = (row: (typeof ALARMS | typeof ALARMS_OF_CALLS)[number]) => {
  const [, namespace, metricName, dimensions, statistic, operator, threshold, period, periods, missing] = row;
  return {
    ...{ namespace, metricName, dimensions, statistic, threshold, period },
    comparisonOperator: OPERATORS[operator],
    evaluationPeriods: periods,
    treatMissingData: missing,
    ...{ alarmActions: [], okActions: [] },
  };
};

describe("the alarms", () => {
  let monitor: Monitored;
  let called: Monitored;
  const inputs = (of: Monitored, what: string) => {
    const { alarmDescription, ...rest } = child(of, `flows-alarm-${what}`).inputs;
    return rest;
  };

  before(async () => {
    monitor = await monitored();
    called = await monitored({ settings: { ingestion: Ingestion.SUBSCRIPTION } });
  });

  it("are ten, and there is one dashboard", () => {
    const names = [...ALARMS.map(([what]) => `alarm-${what}`), "alarm-etl-unparsed", "dashboard"];
    assert.deepEqual(
      monitor.resources.map(({ name }) => name).sort(),
      names.map((name) => `flows-${name}`).sort(),
    );
  });

  for (const row of ALARMS) {
    const [what, , metric, , statistic, operator, threshold, period, periods] = row;
    it(`have ${what} at ${metric}'s ${statistic} ${operator} ${threshold} in ${periods} × ${period} s`, () => {
      assert.deepEqual(inputs(monitor, what), inputsOf(row));
    });
  }

  it("have etl-unparsed at more than 1 % of a quarter of an hour's lines, by the ETL's own metrics", () => {
    const own = (metricName: string) => ({
      id: metricName,
      metric: { namespace: "FlowLogAnalytics", metricName, dimensions: ETL, stat: "Sum", period: 900 },
    });
    assert.deepEqual(inputs(monitor, "etl-unparsed"), {
      comparisonOperator: "GreaterThanThreshold",
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
      metricQueries: [
        { id: "share", expression: "100 * unparsed / lines", label: "unparsed, percent", returnData: true },
        own("unparsed"),
        own("lines"),
      ],
      ...{ alarmActions: [], okActions: [] },
    });
  });

  for (const row of ALARMS_OF_CALLS) {
    it(`have ${row[0]} where the stream calls the function`, () => {
      assert.deepEqual(inputs(called, row[0]), inputsOf(row));
    });
  }

  it("watch no queue of events where the stream calls the function, by either way to it", async () => {
    const direct = await monitored({ settings: { ingestion: Ingestion.DIRECT } });
    assert.deepEqual(namesOf(direct), namesOf(called));
    const gone = namesOf(monitor).filter((name) => !namesOf(called).includes(name));
    assert.deepEqual(gone, ["flows-alarm-etl-failed-events", "flows-alarm-etl-lost-events"]);
    const more = namesOf(called).filter((name) => !namesOf(monitor).includes(name));
    assert.deepEqual(
      more,
      ALARMS_OF_CALLS.map(([what]) => `flows-alarm-${what}`),
    );
  });

  it("watch each of several streams by its own name", async () => {
    const names = ["stream-11", "stream-22"];
    const streams = names.map((key) => ({ key, name: `flows-${key}-xyz` }));
    const both = await monitored({ watched: { streams } });
    for (const key of names) {
      const ofStream = alarmsOf(both).filter(({ name }) => name.startsWith(`flows-alarm-${key}-`));
      assert.deepEqual(
        ofStream.map(({ inputs }) => inputs.dimensions.DeliveryStreamName),
        Array(4).fill(`flows-${key}-xyz`),
      );
    }
    assert.equal(alarmsOf(both).length, 6 + 2 * 4);
  });

  for (const [bufferingInterval, threshold] of [
    [0, 600],
    [300, 900],
    [900, 1500],
  ]) {
    it(`call a row old after ${threshold} s when Firehose gathers for ${bufferingInterval} s`, async () => {
      const { inputs } = child(
        await monitored({ settings: { bufferingInterval } }),
        "flows-alarm-stream-freshness",
      );
      assert.equal(inputs.threshold, threshold);
    });
  }

  it("begin at four fifths of whatever the function's timeout is", async () => {
    const slow = await monitored({ watched: { functionTimeout: 300 } });
    assert.equal(child(slow, "flows-alarm-etl-duration").inputs.threshold, 240_000);
  });

  it("are told to the topic when they begin and when they end, each of them", async () => {
    const told = alarmsOf(await monitored({ settings: { alarmTopic: TOPIC } }));
    assert.deepEqual(
      told.map(({ inputs }) => [inputs.alarmActions, inputs.okActions]),
      told.map(() => [[TOPIC], [TOPIC]]),
    );
  });

  it("say in one sentence what happened, what becomes of the data and what to do", () => {
    for (const { name, inputs } of [...alarmsOf(monitor), ...alarmsOf(called)]) {
      const says: string = inputs.alarmDescription;
      assert.match(says, /^[A-Z][^:;]+: [^:;]+; [^:;]+\.$/, name);
      assert.match(says, /late|lost|missing/, name);
      // The quota of CloudWatch's API.
      assert.ok(says.length <= 1024, name);
    }
  });

  it("say where lines are kept that the function failed on, which depends on who called it", () => {
    const says = (of: Monitored) => child(of, "flows-alarm-etl-errors").inputs.alarmDescription;
    assert.ok(says(monitor).includes("under aws/lambda/async/;"), says(monitor));
    assert.ok(says(called).includes("under errors/processing-failed/;"), says(called));
  });

  it("have descriptions that differ", () => {
    const all = alarmsOf(monitor).map(({ inputs }) => inputs.alarmDescription);
    assert.equal(new Set(all).size, all.length);
  });
});

interface Widget {
  type: string;
  x: number;
  y: number;
  width: number;
  height: number;
  // biome-ignore lint/suspicious/noExplicitAny: properties have the shape of each widget type
  properties: any;
}

const bodyOf = (monitor: Monitored): { widgets: Widget[] } =>
  JSON.parse(child(monitor, "flows-dashboard").inputs.dashboardBody);

/** CloudWatch's own dimensions, each with the names that there are, as AWS documents them for the namespace. */
const DIMENSIONS: Record<string, Record<string, string[]>> = {
  "AWS/Logs": { LogGroupName: WATCHED.logGroups.map(({ name }) => name) },
  "AWS/Lambda": { FunctionName: [WATCHED.functionName] },
  FlowLogAnalytics: { FunctionName: [WATCHED.functionName] },
  "AWS/Firehose": { DeliveryStreamName: WATCHED.streams.map(({ name }) => name) },
  "AWS/S3": {
    BucketName: [WATCHED.bucketName],
    StorageType: ["StandardStorage", "StandardIAStorage", "AllStorageTypes"],
  },
  "AWS/Athena": { WorkGroup: [WATCHED.workgroupName] },
};

/** The namespace and the dimensions of a metric or search of a widget. */
const namedBy = (metric: unknown[]): [string, Record<string, string>] => {
  const [first] = metric;
  if (typeof first === "string") {
    const [namespace, , ...dimensions] = metric.filter((part): part is string => typeof part === "string");
    const pairs = dimensions.flatMap((name, n) => (n % 2 === 0 ? [[name, dimensions[n + 1]]] : []));
    return [namespace, Object.fromEntries(pairs)];
  }
  const { expression } = first as { expression: string };
  const [, namespace] = /^SEARCH\('\{([^,]+),/.exec(expression) ?? assert.fail(expression);
  const pairs = expression.matchAll(/(LogGroupName|WorkGroup)="([^"]*)"/g);
  return [namespace, Object.fromEntries(Array.from(pairs, ([, name, value]) => [name, value]))];
};

for (const ingestion of Object.values(Ingestion)) {
  describe(`the dashboard with ${ingestion}`, () => {
    let widgets: Widget[];
    let graphs: Widget[];

    before(async () => {
      const watched = ingestion === Ingestion.DIRECT ? { logGroups: [] } : {};
      ({ widgets } = bodyOf(await monitored({ settings: { ingestion }, watched })));
      graphs = widgets.filter(({ type }) => type === "metric");
    });

    it("shows the alarms first and then the stages in the order of the flow", () => {
      const [alarms, ...rest] = widgets;
      assert.deepEqual([alarms.type, alarms.y, alarms.properties.alarms.length], ["alarm", 0, 10]);
      const headings = rest.filter(({ type }) => type === "text");
      assert.deepEqual(
        headings.map(({ properties }) => properties.markdown.split("\n")[0]),
        ["## capture", "## etl", "## firehose", "## lake", "## query"],
      );
      const heights = headings.map(({ y }) => y);
      assert.deepEqual(
        heights,
        heights.toSorted((a, b) => a - b),
      );
    });

    it("stays within CloudWatch's 24 columns, in whole units, and no widget lies over another", () => {
      const taken = new Map<string, string>();
      for (const { x, y, width, height, properties } of widgets) {
        const name = properties.title ?? properties.markdown;
        for (const size of [x, y, width, height]) assert.ok(Number.isInteger(size) && size >= 0, name);
        assert.ok(width >= 1 && height >= 1 && x + width <= 24, name);
        for (let column = x; column < x + width; column++)
          for (let row = y; row < y + height; row++) {
            const cell = `${column} ${row}`;
            assert.equal(taken.get(cell), undefined, `${name} at ${cell}`);
            taken.set(cell, name);
          }
      }
      // Nor is there a hole.
      assert.equal(taken.size, 24 * Math.max(...widgets.map(({ y, height }) => y + height)));
    });

    it("has in each graph a title, a region, a period that CloudWatch knows and at least one metric", () => {
      assert.ok(graphs.length > 10, `${graphs.length} graphs`);
      for (const { properties } of graphs) {
        assert.match(properties.title, /^[A-Z]/);
        assert.equal(properties.region, "us-east-1");
        assert.equal(properties.period % 60, 0);
        assert.ok(properties.metrics.length > 0, properties.title);
      }
    });

    it("names only namespaces and dimensions that AWS has, with the names of what is watched", () => {
      for (const { properties } of graphs)
        for (const metric of properties.metrics) {
          if (metric[0].expression === "100 * unparsed / lines") continue;
          const [namespace, dimensions] = namedBy(metric);
          const known = DIMENSIONS[namespace] ?? assert.fail(namespace);
          assert.deepEqual(Object.keys(dimensions), Object.keys(known), properties.title);
          for (const [name, value] of Object.entries(dimensions))
            assert.ok(known[name].includes(value), `${properties.title}: ${name} ${value}`);
        }
    });

    it("names each part of an expression once to a graph", () => {
      for (const { properties } of graphs) {
        const ids = properties.metrics.flatMap((metric: { id?: string }[]) => metric.at(-1)?.id ?? []);
        assert.equal(new Set(ids).size, ids.length, properties.title);
      }
    });
  });
}

describe("the dashboard", () => {
  it("draws a line where each alarm of a height begins", async () => {
    const graphs = bodyOf(await monitored()).widgets.filter(({ type }) => type === "metric");
    const lines = graphs.flatMap(({ properties: { title, annotations } }) =>
      annotations.horizontal.map(({ value }: { value: number }) => [title, value]),
    );
    assert.deepEqual(lines, [
      ["Unparsed lines, %", 1],
      ["Longest invocation, ms", 48_000],
      ["Age of the oldest row, s", 900],
    ]);
  });

  it("shows no metric of the ETL that the ETL does not have", async () => {
    const report = {
      ...{ lines: 0, rows: 0, dropped: 0, unparsed: 0, shortened: 0, rawBytes: 0, records: 0, sentBytes: 0 },
      ...{ billedBytes: 0, retries: 0 },
      ...{ decodeMilliseconds: 0, transformMilliseconds: 0, deliverMilliseconds: 0 },
    } satisfies import("../../functions/etl").EtlReport;
    const own = bodyOf(await monitored())
      .widgets.flatMap(({ properties }) => properties.metrics ?? [])
      .flatMap(([namespace, name]: string[]) => (namespace === "FlowLogAnalytics" ? [name] : []));
    assert.deepEqual(
      own.filter((name: string) => !Object.hasOwn(report, name)),
      [],
    );
  });

  it("tells several log groups and streams apart", async () => {
    const two = (kind: string) => ["a", "b"].map((key) => ({ key, name: `flows-${kind}-${key}` }));
    const monitor = await monitored({ watched: { logGroups: two("logs"), streams: two("stream") } });
    const titled = (title: string) =>
      bodyOf(monitor).widgets.find(({ properties }) => properties.title === title)?.properties.metrics;
    assert.deepEqual(titled("Bytes delivered"), [
      ...["a", "b"].map((key) => [
        ...["AWS/Firehose", "DeliveryToS3.Bytes", "DeliveryStreamName", `flows-stream-${key}`],
        { label: `${key} DeliveryToS3.Bytes` },
      ]),
    ]);
    assert.equal(titled("Lines handed on, refused, held up").length, 2);
  });

  it("has a name that no other stack or region of the account has, of characters that CloudWatch takes", async () => {
    const nameIn = async (stack: string, region: string) =>
      child(await monitored({ stack, region }), "flows-dashboard").inputs.dashboardName;
    assert.equal(await nameIn("dev", "us-east-1"), "acme-network-dev-flows-us-east-1");
    assert.equal(await nameIn("prod", "us-gov-west-1"), "acme-network-prod-flows-us-gov-west-1");
  });

  for (const region of ["cn-north-1", "us-gov-west-1"]) {
    it(`names ${region} and its partition only, when it is there`, async () => {
      const { dashboardBody } = child(await monitored({ region }), "flows-dashboard").inputs;
      const regions = dashboardBody.matchAll(/\b(?:us|eu|ap|cn|sa)(?:-gov)?-[a-z]{4,}-\d\b/g);
      assert.deepEqual(new Set(Array.from(regions, ([name]) => name)), new Set([region]));
      const partitions = dashboardBody.matchAll(/arn:([\w-]*):/g);
      const expected = region.startsWith("cn-") ? "aws-cn" : "aws-us-gov";
      assert.deepEqual(new Set(Array.from(partitions, ([, name]) => name)), new Set([expected]));
    });
  }
});
