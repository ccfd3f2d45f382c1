import assert from "node:assert/strict";
import { Ingestion } from "../../components/arguments";
import { child } from "./graph";
import { alarmsOf, DETECTIONS, graphsOf, monitored, widgetsOf } from "./monitored";

const STACKS = Object.values(Ingestion).flatMap((ingestion) => [
  { ingestion, with: "", watched: {}, detect: [] },
  { ingestion, with: " and detections", watched: { detections: DETECTIONS }, detect: ["## detect"] },
]);

for (const { ingestion, watched, detect, ...stack } of STACKS) {
  describe(`the dashboard with ${ingestion}${stack.with}`, () => {
    let widgets: ReturnType<typeof widgetsOf>;
    let graphs: ReturnType<typeof graphsOf>;
    let alarms: number;

    before(async () => {
      const monitor = await monitored({ settings: { ingestion }, watched });
      [widgets, graphs, alarms] = [widgetsOf(monitor), graphsOf(monitor), alarmsOf(monitor).length];
    });

    it("shows the alarms first and then the stages in the order of the flow", () => {
      const [states, ...rest] = widgets;
      assert.deepEqual([states.type, states.y, states.properties.alarms.length], ["alarm", 0, alarms]);
      const headings = rest.filter(({ type }) => type === "text");
      assert.deepEqual(
        headings.map(({ properties }) => properties.markdown.split("\n")[0]),
        ["## capture", "## etl", "## firehose", "## lake", "## query", ...detect],
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
      // The widgets leave no gap.
      assert.equal(taken.size, 24 * Math.max(...widgets.map(({ y, height }) => y + height)));
    });

    it("has in each graph a title, a region, a period that CloudWatch accepts and at least one metric", () => {
      assert.ok(graphs.length > 10, `${graphs.length} graphs`);
      for (const { properties } of graphs) {
        assert.match(properties.title, /^[A-Z]/);
        assert.equal(properties.region, "us-east-1");
        assert.equal(properties.period % 60, 0);
        assert.ok(properties.metrics.length > 0, properties.title);
      }
    });

    it("names each part of an expression once in a graph", () => {
      for (const { properties } of graphs) {
        const ids = properties.metrics.flatMap((metric: { id?: string }[]) => metric.at(-1)?.id ?? []);
        assert.equal(new Set(ids).size, ids.length, properties.title);
      }
    });
  });
}

describe("the dashboard", () => {
  it("draws a line at the threshold of each alarm", async () => {
    const lines = graphsOf(await monitored({ watched: { detections: DETECTIONS } })).flatMap(
      ({ properties: { title, annotations } }) =>
        annotations.horizontal.map(({ value }: { value: number }) => [title, value]),
    );
    assert.deepEqual(lines, [
      ["Unparsed lines, %", 1],
      ["Longest invocation, ms", 48_000],
      ["Age of the oldest row, s", 900],
      ["Inputs that could not be started", 0],
    ]);
  });

  it("tells several log groups and streams apart", async () => {
    const two = (kind: string) => ["a", "b"].map((key) => ({ key, name: `flows-${kind}-${key}` }));
    const monitor = await monitored({ watched: { logGroups: two("logs"), streams: two("stream") } });
    const titled = (title: string) =>
      graphsOf(monitor).find(({ properties }) => properties.title === title)?.properties.metrics;
    assert.deepEqual(titled("Bytes delivered"), [
      ...["a", "b"].map((key) => [
        ...["AWS/Firehose", "DeliveryToS3.Bytes", "DeliveryStreamName", `flows-stream-${key}`],
        { label: `${key} DeliveryToS3.Bytes` },
      ]),
    ]);
    assert.equal(titled("Lines handed on, refused, held up").length, 2);
  });

  it("has a name that is unique in the account, of characters that CloudWatch accepts", async () => {
    const nameIn = async (stack: string, region: string) =>
      child(await monitored({ stack, region }), "flows-dashboard").inputs.dashboardName;
    // The project's dot is replaced, so seven digits tell it from a project that has the hyphen.
    assert.match(await nameIn("dev", "us-east-1"), /^acme-network-dev-flows-[0-9a-f]{7}-us-east-1$/);
    assert.match(
      await nameIn("prod", "us-gov-west-1"),
      /^acme-network-prod-flows-[0-9a-f]{7}-us-gov-west-1$/,
    );
  });

  for (const region of ["cn-north-1", "us-gov-west-1"]) {
    it(`names no other region and partition in ${region}`, async () => {
      const { dashboardBody } = child(await monitored({ region }), "flows-dashboard").inputs;
      const regions = dashboardBody.matchAll(/\b(?:us|eu|ap|cn|sa)(?:-gov)?-[a-z]{4,}-\d\b/g);
      assert.deepEqual(new Set(Array.from(regions, ([name]) => name)), new Set([region]));
      const partitions = dashboardBody.matchAll(/arn:([\w-]*):/g);
      const expected = region.startsWith("cn-") ? "aws-cn" : "aws-us-gov";
      assert.deepEqual(new Set(Array.from(partitions, ([, name]) => name)), new Set([expected]));
    });
  }
});
