import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ALONE } from "../../docs/generate/costs";
import { blocksIn, tableIn } from "../../docs/generate/markdown";
import { makeDecode } from "../../functions/decode";
import { makeFormats } from "../../functions/formats";
import { makeTransformation } from "../../functions/transformation";
import { runProgram } from "../../local/program";
import { DEFAULT_LAYOUT } from "../../schema/layout";
import { wirePlan } from "../../schema/plan";
import { workFolder } from "../cli/flowlogs";

const ROOT = join(__dirname, "../..");
const page = readFileSync(join(ROOT, "docs/producers.md"), "utf8");
const STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";

describe("docs: producers.md", () => {
  const json = blocksIn(page, "json").map((text) => JSON.parse(text));
  const yaml = blocksIn(page, "yaml").map((text) => parse(text));
  const [agent, records] = json;
  const [fluentBit, stack] = yaml;
  const [fluentd] = blocksIn(page, "conf");
  const [program] = blocksIn(page, "js");
  const LINE = String(tableIn(page, "record", "example")[0][1]).replaceAll("`", "");

  const decode = makeDecode();
  const plans = { byDigest: { f81fdf20: wirePlan(DEFAULT_LAYOUT) }, others: "f81fdf20" };
  const transformation = makeTransformation(decode, makeFormats(plans, decode.messages));

  /** Returns the function's rows of records, and hides its log. */
  const rowsOf = (...data: string[]): Record<string, unknown>[] => {
    const { write } = process.stdout;
    process.stdout.write = (() => true) as typeof write;
    try {
      const event = {
        deliveryStreamArn:
          "arn:aws:firehose:us-east-1:123456789012:deliverystream/flows-stream-f81fdf20-ef1a0ec",
        records: data.map((text, n) => ({ recordId: `${n}`, data: Buffer.from(text).toString("base64") })),
      };
      return transformation(event).records.flatMap(({ data: rows = "" }) =>
        Buffer.from(rows, "base64")
          .toString()
          .trimEnd()
          .split("\n")
          .map((row) => JSON.parse(row)),
      );
    } finally {
      process.stdout.write = write;
    }
  };

  it("names one stream of one region everywhere, the local stack's", async () => {
    const { resources, region } = await runProgram("dev", { ingestion: "DIRECT", fields: ["default"] });
    const stream = resources.find(({ type }) => type === STREAM)?.state.name;
    const streams = page.match(/flows-stream-[\w-]+/g) ?? [];
    assert.ok(streams.length >= 8);
    assert.deepEqual([...new Set(streams)], [stream]);
    assert.equal(agent.flows[0].deliveryStream, stream);
    assert.equal(agent["firehose.endpoint"], `firehose.${region}.amazonaws.com`);
    const [output] = fluentBit.pipeline.outputs;
    assert.deepEqual([output.delivery_stream, output.region], [stream, region]);
    assert.match(fluentd, new RegExp(`^  delivery_stream_name ${stream}$`, "m"));
    assert.match(fluentd, new RegExp(`^  region ${region}$`, "m"));
    assert.ok(program.includes(`"${stream}"`) && program.includes(`region: "${region}"`));
    const [python] = blocksIn(page, "python");
    assert.ok(python.includes(`"${stream}"`) && python.includes(`region_name="${region}"`));
    for (const [, options] of page.matchAll(/aws firehose put-record[a-z-]* (.*)/g))
      assert.match(options, new RegExp(`^--region ${region} --delivery-stream-name ${stream} `));
  });

  it("shows records of which the function makes the line's row", () => {
    const [row] = rowsOf(LINE);
    assert.equal(row.d, "10.0.1.5");
    for (const [what, example] of tableIn(page, "record", "example"))
      assert.deepEqual(rowsOf(example.replaceAll("`", "")), [row], what);
    assert.deepEqual(rowsOf('{"log":"…"}'), [{ zz: '{"log":"…"}' }]);
  });

  it("shows a batch of records that has a row for each of its lines", () => {
    const rows = rowsOf(...records.map(({ Data }: { Data: string }) => Data));
    assert.deepEqual(
      rows.map((row) => [row.m, row.n, row.zz]),
      [
        ["ACCEPT", "OK", undefined],
        ["REJECT", "OK", undefined],
        [undefined, "NODATA", undefined],
      ],
    );
    const [, data] = /--record '(.*)'$/m.exec(page) ?? [];
    assert.deepEqual(rowsOf(JSON.parse(data).Data), rowsOf(LINE));
  });

  it("sends the shippers' field with the line, and nothing else", () => {
    const [tail] = fluentBit.pipeline.inputs;
    const [output] = fluentBit.pipeline.outputs;
    assert.deepEqual([tail.name, output.name], ["tail", "kinesis_firehose"]);
    assert.equal(output.match, tail.tag);
    assert.equal(output.log_key, tail.key ?? "log");
    assert.match(fluentd, /@type none/);
    assert.match(fluentd, /^ {2}data_key message$/m);
  });

  it("closes every section of Fluentd's configuration that it opens", () => {
    const open: string[] = [];
    for (const [, slash, name] of fluentd.matchAll(/^\s*<(\/?)(\w+)[^>]*>$/gm)) {
      if (slash === "") open.push(name);
      else assert.equal(open.pop(), name);
    }
    assert.deepEqual(open, []);
  });

  it("connects every source and sink of Flume's configuration to a channel that it has", () => {
    const [properties] = blocksIn(page, "properties");
    const values = new Map(
      properties
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => line.split(" = ") as [string, string]),
    );
    assert.equal(values.get("agent.sources.lines.channels"), values.get("agent.channels"));
    assert.equal(values.get("agent.sinks.files.channel"), values.get("agent.channels"));
    for (const part of ["sources.lines", "channels.disk", "sinks.files"])
      assert.ok(values.get(`agent.${part}.type`), part);
    assert.ok(page.includes(`"filePattern": "${values.get("agent.sinks.files.sink.directory")}/*"`));
  });

  it("states the cost of a line that is alone in its record", () => {
    assert.ok(page.includes(`as ${Math.round(ALONE)} of them`));
  });

  it("has other accounts subscribe to a destination that the stack has in their region", async () => {
    const values = Object.entries<unknown>(stack.config);
    const config = values.map(([name, value]) => [name.replace("flow-log-analytics:", ""), value]);
    const { resources } = await runProgram("dev", Object.fromEntries(config));
    const destinations = resources.filter(({ type }) => type.endsWith(":LogDestination"));
    assert.deepEqual(
      destinations.map(({ inputs }) => inputs.region),
      stack.config["flow-log-analytics:producerRegions"],
    );
    const [, region, name] = /arn:aws:logs:([a-z0-9-]+):123456789012:destination:(\S+)/.exec(page) ?? [];
    const [{ name: asked }] = destinations.filter(({ inputs }) => inputs.region === region);
    assert.ok(name.startsWith(`${asked}-`));
    const [, prefix] = /--destination-name-prefix (\S+)/.exec(page) ?? [];
    for (const { state } of destinations) assert.ok(state.name.startsWith(prefix));
  });

  it("has a program that puts every line it reads into the stack on the laptop", async () => {
    const dir = workFolder();
    const config = ["-c", "ingestion=DIRECT", "-c", "fields=default", "--port", "0", "--json"];
    const local = spawn(process.execPath, [join(ROOT, "cli/flowlogs.js"), "local", ...config], { cwd: dir });
    const said: string[] = [];
    local.stdout.setEncoding("utf8").on("data", (text: string) => said.push(text));
    const ended = once(local, "close");
    while (!said.join("").includes("\n")) await Promise.race([once(local.stdout, "data"), ended]);
    const { endpoint } = JSON.parse(said.join(""));

    mkdirSync(join(dir, "program"));
    symlinkSync(join(ROOT, "node_modules"), join(dir, "program/node_modules"));
    writeFileSync(join(dir, "program/put.mjs"), program);
    const env = {
      ...process.env,
      AWS_ENDPOINT_URL_FIREHOSE: endpoint,
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
    };
    const put = spawn(process.execPath, ["put.mjs"], { cwd: join(dir, "program"), env });
    put.stdin.end(`${LINE}\n`.repeat(2500));
    assert.deepEqual(await once(put, "close"), [0, null]);
    local.kill("SIGINT");
    await ended;
    const { lines, rows, unparsed, records: taken } = JSON.parse(said.join("").trim().split("\n")[1]);
    assert.deepEqual([lines, rows, unparsed, taken], [2500, 2500, 0, 3]);
  });
});
