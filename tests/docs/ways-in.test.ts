import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type BenchEvent, eventsOf, pool } from "../../bench/events";
import { Ingestion } from "../../components/arguments";
import { type Change, changesOf } from "../../docs/generate/changes";
import { costs } from "../../docs/generate/costs";
import { tableIn, withBlock } from "../../docs/generate/markdown";
import { DECLARED, LINE_BYTES, RATIOS } from "../../docs/generate/prices";
import { makeDecode } from "../../functions/decode";
import { makeTransform } from "../../functions/transform";
import { createRandom } from "../../local/traffic/conversations";
import { DEFAULT_LAYOUT } from "../../schema/layout";
import { wirePlan } from "../../schema/plan";
import { flowlogs, workFolder } from "../cli/flowlogs";
import { child, graph } from "../components/graph";

const page = readFileSync(join(__dirname, "../../docs/ways-in.md"), "utf8");
const sum = (numbers: number[]) => numbers.reduce((all, n) => all + n, 0);
const rounded = (bytes: number) => Math.ceil(bytes / 5120) * 5120;

describe("docs: ways-in.md: the costs", () => {
  const lines = pool(DEFAULT_LAYOUT);
  const raw = sum(lines.map((line) => Buffer.byteLength(line)));
  const events: BenchEvent[] = eventsOf(lines, 1000);
  const zipped = ({ event }: BenchEvent) => Buffer.from(event.awslogs.data, "base64");

  const isAbout = (measured: number, { value, what }: { value: number; what: string }) =>
    assert.ok(Math.abs(measured / value - 1) < 0.05, `${what}: ${measured.toFixed(3)}, and not ${value}`);

  it("follow from the prices: npm run docs brings them up to date", () => {
    assert.equal(page, withBlock(page, "costs", costs()));
  });

  it("use the real size of the function's rows", () => {
    const decode = makeDecode();
    const transform = makeTransform(wirePlan(DEFAULT_LAYOUT), decode.messages);
    const billed = events.map(({ event }) =>
      sum(transform.envelope(decode.unzip(event)).records.map(({ data }) => rounded(data.length))),
    );
    isAbout(sum(billed) / raw, RATIOS.rows);
    isAbout(raw / lines.length, { value: LINE_BYTES, what: "bytes of a line" });
    isAbout(sum(lines.map((message) => JSON.stringify({ message }).length)) / raw, RATIOS.wrapped);
  });

  it("use envelopes that compress as much and as little as their ids allow", () => {
    isAbout(sum(events.map((event) => zipped(event).length)) / raw, RATIOS.leastEnvelope);
    const random = createRandom(1);
    const digits = () => Array.from({ length: 56 }, () => random.below(10)).join("");
    const { unzip } = makeDecode();
    const unlike = events.map(({ event }) => {
      const envelope = JSON.parse(unzip(event).toString());
      for (const logEvent of envelope.logEvents) logEvent.id = digits();
      return gzipSync(JSON.stringify(envelope), { level: 6 }).length;
    });
    isAbout(sum(unlike) / raw, RATIOS.mostEnvelope);
    const { leastEnvelope, envelope, mostEnvelope } = RATIOS;
    assert.ok(leastEnvelope.value < envelope.value && envelope.value < mostEnvelope.value);
  });

  it("use the size of a run's Parquet", async function () {
    this.timeout(120_000);
    const { stdout } = await flowlogs(workFolder(), ["run", "--json", "-c", "fields=default"]);
    const { parquetBytes, rawBytes } = JSON.parse(stdout);
    isAbout(parquetBytes / rawBytes, RATIOS.parquet);
  });

  it("use the declared function and calls", async () => {
    const program = await graph("dev", { ingestion: "SUBSCRIPTION" });
    assert.equal(child(program, "flows-etl").inputs.memorySize, DECLARED.memoryMb);
    const { extendedS3Configuration } = child(program, "flows-envelope-stream").inputs;
    const [{ parameters }] = extendedS3Configuration.processingConfiguration.processors;
    const size = parameters.find(
      ({ parameterName }: { parameterName: string }) => parameterName === "BufferSizeInMBs",
    );
    assert.equal(Number(size.parameterValue), DECLARED.callMb);
    assert.match(page, new RegExp(`Firehose gathers\\s${DECLARED.callMb} MB `));
  });
});

describe("docs: ways-in.md", () => {
  const ways = Object.values(Ingestion);
  const nameOf = (changes: Change[], type: string) =>
    changes.find((change) => change.type.endsWith(`:${type}`) && !/(etl|stream)-logs$/.test(change.name));
  /** Pattern of a format's digest on the page. */
  const written = (name: string) => `\`${name.replace(/f[0-9a-f]{7}$/, "<format>")}\``;

  it("names the stream and the log group that each way has", async () => {
    const rows = tableIn(page, "", "stream", "log group", "flow logs");
    for (const [n, ingestion] of ways.entries()) {
      const declared = await changesOf({ ingestion }, { ingestion });
      const group = nameOf(declared, "LogGroup")?.name;
      assert.deepEqual(rows[n].slice(0, 3), [
        ingestion,
        written(nameOf(declared, "FirehoseDeliveryStream")?.name ?? ""),
        group ? written(group) : "none",
      ]);
    }
  });

  it("says which resources a switch keeps, and which it replaces", async () => {
    const fateOf = (changes: Change[], type: string) => nameOf(changes, type)?.fate;
    const { LAMBDA, SUBSCRIPTION, DIRECT } = Ingestion;
    const switches = [
      { from: LAMBDA, to: SUBSCRIPTION, flowLog: "stays", group: "stays" },
      { from: SUBSCRIPTION, to: LAMBDA, flowLog: "stays", group: "stays" },
      { from: LAMBDA, to: DIRECT, flowLog: "replaced", group: "leaves" },
      { from: DIRECT, to: SUBSCRIPTION, flowLog: "replaced", group: "new" },
    ];
    for (const { from, to, flowLog, group } of switches) {
      const changes = await changesOf({ ingestion: from }, { ingestion: to });
      assert.deepEqual([fateOf(changes, "FlowLog"), fateOf(changes, "LogGroup")], [flowLog, group]);
      assert.equal(fateOf(changes, "CatalogTable"), "stays");
      const streams = changes.filter(({ type }) => type.endsWith(":FirehoseDeliveryStream"));
      assert.deepEqual(streams.map(({ fate }) => fate).sort(), ["leaves", "new"], `${from} to ${to}`);
    }
  });

  it("says where failed lines are kept", async () => {
    for (const ingestion of ways) {
      const program = await graph("dev", { ingestion });
      const isQueued = program.resources.some(({ name }) => name === "flows-etl-failures");
      assert.equal(isQueued, ingestion === Ingestion.LAMBDA);
      for (const { inputs } of program.resources.filter(({ type }) =>
        type.endsWith("FirehoseDeliveryStream"),
      ))
        assert.match(
          inputs.extendedS3Configuration.errorOutputPrefix,
          /^errors\/!\{firehose:error-output-type\}\//,
        );
    }
    const kept = tableIn(page, "", ...ways).find(([what]) => what === "what the function fails on") ?? [];
    for (const [n, place] of [
      "aws/lambda/async/",
      "errors/processing-failed/",
      "errors/processing-failed/",
    ].entries())
      assert.ok(kept[n + 1].includes(`\`${place}\``), kept[n + 1]);
  });
});
