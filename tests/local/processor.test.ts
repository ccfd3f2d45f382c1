import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalProcessor, type RefusedRecord } from "../../local/firehose/processor";
import { LakeFolder } from "../../local/lake/folder";
import { LocalFunction } from "../../local/lambda";
import type { DeclaredResource } from "../../local/program";
import { pulumiArchive } from "./archive";

const FUNCTION_ARN = "arn:aws:lambda:eu-west-1:123456789012:function:etl-1234567";
const STREAM_ARN = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/stream-7654321";
const resource = { urn: "", parent: "", type: "", name: "it" };

/** A stream that invokes the function, with these parameters of its processor. */
const streamWith = (parameters: Record<string, string>): DeclaredResource => {
  const all = Object.entries({ LambdaArn: `${FUNCTION_ARN}:$LATEST`, ...parameters });
  const named = all.map(([parameterName, parameterValue]) => ({ parameterName, parameterValue }));
  const processingConfiguration = { enabled: true, processors: [{ type: "Lambda", parameters: named }] };
  const inputs = { extendedS3Configuration: { processingConfiguration } };
  return { ...resource, inputs, state: { arn: STREAM_ARN } };
};

/** Returns each record's own {"result": …} with its number as data, or no entry for "lost". */
const OBEDIENT = `exports.handler = async ({ records }) => ({ records: records.flatMap(({ recordId, data }) => {
  const text = Buffer.from(data, "base64").toString();
  if (text === "throw") throw new Error("no");
  if (text === "lost") return [];
  const one = text === "Ok without data" ? { recordId, result: "Ok" } : { recordId, result: text, data };
  return text === "twice" ? [one, one] : [one];
}) });`;

describe("firehose: the local Lambda processor", () => {
  const dir = mkdtempSync(join(tmpdir(), "lake-"));
  const lake = new LakeFolder(dir, false);
  let fn: LocalFunction | undefined;
  let delivered: string[];
  let refused: RefusedRecord[];
  const started: LocalFunction[] = [];
  afterEach(() => {
    for (const each of started.splice(0)) each.stop();
  });
  after(() => {
    lake.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const processor = async (code: string, parameters: Record<string, string> = {}) => {
    const inputs = {
      code: pulumiArchive({ "__index.js": code }),
      handler: "__index.handler",
      memorySize: 256,
      timeout: 5,
    };
    const declared = { ...resource, inputs, state: { name: "etl-1234567", arn: FUNCTION_ARN } };
    fn = await LocalFunction.create(declared, { endpoint: "", region: "eu-west-1", lake });
    started.push(fn);
    [delivered, refused] = [[], []];
    return new LocalProcessor(streamWith(parameters), fn, {
      deliver: async ({ data }) => void delivered.push(data.toString()),
      refuse: (records) => void refused.push(...records),
    });
  };
  const NOON = Date.UTC(2026, 0, 1, 12);
  const record = (text: string, second = 0) => ({
    data: Buffer.from(text),
    arrival: new Date(NOON + second * 1000),
  });

  it("sends the same request as Firehose", async () => {
    const tell = `exports.handler = async ({ records, ...event }) => ({
      records: records.map(({ recordId, ...record }) => ({ recordId, result: "Ok",
        data: Buffer.from(JSON.stringify({ ...event, recordId, record })).toString("base64") })) });`;
    const asking = await processor(tell);
    await asking.take(record("a"));
    await asking.flush();
    const { invocationId, recordId, ...asked } = JSON.parse(delivered[0]);
    assert.match(invocationId, /^[0-9a-f-]{36}$/);
    assert.match(recordId, /^\d{56}$/);
    assert.deepEqual(asked, {
      deliveryStreamArn: STREAM_ARN,
      region: "eu-west-1",
      record: { approximateArrivalTimestamp: NOON, data: "YQ==" },
    });
  });

  it("uses the function's result for each record, and fails records without one with Firehose's code", async () => {
    const asking = await processor(OBEDIENT);
    const texts = ["Ok", "Dropped", "ProcessingFailed", "lost", "twice", "Ok without data", "Fine", "Ok"];
    for (const text of texts) await asking.take(record(text));
    await asking.flush();
    assert.deepEqual(delivered, ["Ok", "Ok"]);
    assert.deepEqual(
      refused.map(({ data, code, attempts }) => [data.toString(), code, attempts]),
      [
        ["ProcessingFailed", "Lambda.ProcessingFailedStatus", 1],
        ["lost", "Lambda.MissingRecordId", 1],
        ["twice", "Lambda.DuplicatedRecordId", 1],
        ["Ok without data", "Lambda.InvalidReturnFormat", 1],
        ["Fine", "Lambda.InvalidReturnFormat", 1],
      ],
    );
  });

  it("retries a failed invocation three times, or as often as declared, and then fails the batch", async () => {
    for (const [parameters, attempts] of [
      [{}, 4],
      [{ NumberOfRetries: "1" }, 2],
    ] as const) {
      const asking = await processor(OBEDIENT, parameters);
      for (const text of ["Ok", "throw"]) await asking.take(record(text));
      await asking.flush();
      assert.equal(fn?.invocations, attempts);
      assert.deepEqual(
        refused.map((r) => [r.code, r.attempts]),
        Array(2).fill(["Lambda.FunctionError", attempts]),
      );
    }
  });

  it("buffers up to its size and no further, though a record may be larger", async () => {
    const sizes = `exports.handler = async ({ records }) => ({ records: records.map(({ recordId }, n) =>
      ({ recordId, ...(n === 0 ? { result: "Ok", data: Buffer.from(String(records.length)).toString("base64") } : { result: "Dropped" }) })) });`;
    const asking = await processor(sizes, { BufferSizeInMBs: "0.5" });
    for (const size of [200_000, 200_000, 200_000, 900_000, 100]) await asking.take(record("x".repeat(size)));
    await asking.flush();
    assert.deepEqual(delivered, ["2", "1", "1", "1"]);
  });

  it("keeps a request of many small records within 6 MB", async () => {
    const asking = await processor(OBEDIENT, { BufferSizeInMBs: "3" });
    for (let n = 0; n < 60_000; n++) await asking.take(record("Dropped"));
    await asking.flush();
    assert.ok((fn?.invocations ?? 0) >= 2);
    assert.deepEqual([delivered, refused], [[], []]);
  });

  it("waits for its interval, a minute if none is declared", async () => {
    const asking = await processor(OBEDIENT);
    await asking.take(record("Ok"));
    assert.deepEqual(
      [59, 60].map((s) => asking.isDue(new Date(NOON + s * 1000))),
      [false, true],
    );
    await asking.take(record("Ok", 59));
    assert.equal(delivered.length, 0);
    await asking.take(record("Ok", 61));
    assert.equal(delivered.length, 2);
    const quick = await processor(OBEDIENT, { BufferIntervalInSeconds: "5" });
    assert.equal(quick.interval, 5);
  });

  it("flushes its buffer when time goes back, as in a run over logs that are out of order", async () => {
    const asking = await processor(OBEDIENT);
    await asking.take(record("Ok", 10));
    assert.deepEqual(
      [9, 10].map((s) => asking.isDue(new Date(NOON + s * 1000))),
      [true, false],
    );
    await asking.take(record("Ok", 9));
    assert.equal(delivered.length, 1);
  });

  it("refuses a function that the program does not declare", async () => {
    await assert.rejects(
      processor(OBEDIENT, { LambdaArn: "arn:other" }),
      /it asks arn:other, which the program does not declare/,
    );
  });
});
