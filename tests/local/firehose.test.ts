import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FirehoseClient, PutRecordBatchCommand, PutRecordCommand } from "@aws-sdk/client-firehose";
import { DuckDBInstance } from "@duckdb/node-api";
import { LocalStream } from "../../local/firehose";
import { FirehoseEndpoint } from "../../local/firehose/endpoint";
import { LakeFolder } from "../../local/lake/folder";
import { type DeclaredResource, runProgram } from "../../local/program";

const HOUR = new Date("2026-03-04T05:00:00Z");
const data = (rows: object[] | string) =>
  Buffer.from(typeof rows === "string" ? rows : rows.map((row) => `${JSON.stringify(row)}\n`).join(""));

describe("firehose: the local stream, asked by the real AWS client", () => {
  const dir = mkdtempSync(join(tmpdir(), "lake-"));
  const endpoint = new FirehoseEndpoint();
  let declared: DeclaredResource;
  let table: DeclaredResource;
  let client: FirehoseClient;
  let now = HOUR;
  let lake: LakeFolder;
  let stream: LocalStream;

  before(async () => {
    const { resources } = await runProgram("dev", { fields: "srcaddr dstport bytes" });
    const find = (type: string) => resources.find((r) => r.type === type) as DeclaredResource;
    declared = find("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream");
    table = find("aws:glue/catalogTable:CatalogTable");
    const credentials = { accessKeyId: "key", secretAccessKey: "secret" };
    client = new FirehoseClient({
      endpoint: await endpoint.listen(),
      region: "us-east-1",
      credentials,
      maxAttempts: 1,
    });
  });
  beforeEach(async () => {
    now = HOUR;
    lake = new LakeFolder(dir, false);
    const db = await (await DuckDBInstance.create()).connect();
    stream = new LocalStream(declared, table, { lake, db, clock: () => now });
    endpoint.add(stream);
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));
  after(() => endpoint.close());

  const put = (...records: Buffer[]) =>
    client.send(
      new PutRecordBatchCommand({
        DeliveryStreamName: stream.name,
        Records: records.map((Data) => ({ Data })),
      }),
    );
  const finish = async () => {
    await stream.flush();
    lake.commit();
    lake.close();
    return readdirSync(dir, { recursive: true }).map(String);
  };
  const filesOf = (name: string) =>
    readdirSync(dir, { recursive: true })
      .map(String)
      .filter((file) => file.includes(name));
  const rows = async () => {
    const db = await (await DuckDBInstance.create()).connect();
    const reader = await db.runAndReadAll(
      `SELECT * FROM read_parquet('${dir}/**/*.parquet', union_by_name = true)`,
    );
    return reader.getRowObjectsJson();
  };

  it("answers each record of a batch, and converts by the table's columns and the wire keys", async () => {
    const answer = await put(
      data('{"d":"10.0.0.1","g":443,"j":9007199254740993}\n'),
      data([{ zz: "odd" }, {}]),
    );
    assert.equal(answer.FailedPutCount, 0);
    assert.equal(answer.RequestResponses?.length, 2);
    await finish();
    const none = { srcaddr: null, dstport: null, bytes: null, unparsed: null };
    const partition = { year: "2026", month: "03", day: "04", hour: "05" };
    assert.deepEqual(await rows(), [
      { ...none, srcaddr: "10.0.0.1", dstport: 443, bytes: "9007199254740993", ...partition },
      { ...none, unparsed: "odd", ...partition },
      { ...none, ...partition },
    ]);
  });

  it("takes single records too", async () => {
    await client.send(
      new PutRecordCommand({ DeliveryStreamName: stream.name, Record: { Data: data([{ d: "a" }]) } }),
    );
    await finish();
    assert.equal((await rows()).length, 1);
  });

  it("writes one object for the records of a buffering interval, under the hour of the oldest", async () => {
    now = new Date("2026-03-04T05:59:00Z");
    await put(data([{ d: "a" }]));
    now = new Date("2026-03-04T06:01:00Z");
    await put(data([{ d: "b" }]));
    now = new Date("2026-03-04T06:30:00Z");
    await put(data([{ d: "c" }]));
    const files = (await finish()).filter((file) => file.endsWith(".parquet"));
    assert.deepEqual(files.map((file) => file.split("/").slice(0, 5).join("/")).sort(), [
      "flow-logs/year=2026/month=03/day=04/hour=05",
      "flow-logs/year=2026/month=03/day=04/hour=06",
    ]);
    assert.equal(stream.totals.files, 2);
    assert.equal(stream.totals.rows, 3);
  });

  it("writes an object when its buffering interval ends, and not before", async () => {
    await put(data([{ d: "a" }]));
    const filesAfter = async (seconds: number) => {
      now = new Date(HOUR.getTime() + seconds * 1000);
      await stream.tick();
      return stream.totals.files;
    };
    assert.deepEqual([await filesAfter(299), await filesAfter(300), await filesAfter(900)], [0, 1, 1]);
  });

  it("counts what Firehose bills: each record rounded up to 5 KB", async () => {
    await put(data([{ d: "a" }]), data([{ d: "x".repeat(5200) }]));
    assert.equal(stream.totals.records, 2);
    assert.equal(stream.totals.billedBytes, 3 * 5120);
  });

  it("keeps rows that do not convert under the error prefix, and delivers the others", async () => {
    await put(data('{"d":"good"}\n{"g":"not a port"}\nnot JSON\n[1]\n{"d":"also good"}\n'));
    const files = await finish();
    assert.deepEqual(
      (await rows()).map((row) => row.srcaddr),
      ["good", "also good"],
    );
    const [error] = files.filter((file) =>
      /^errors\/format-conversion-failed\/year=2026\/.*\/hour=05\/[^/]+$/.test(file),
    );
    const kept = readFileSync(join(dir, error), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      kept.map(({ rawData, ErrorMessage }) => [Buffer.from(rawData, "base64").toString(), ErrorMessage]),
      [
        ['{"g":"not a port"}', "column dstport is not of type int"],
        ["not JSON", "the record is not valid JSON"],
        ["[1]", "the record is not a JSON object"],
      ],
    );
    assert.equal(stream.totals.failedRows, 3);
  });

  it("makes one object of a buffer in many files, its rows in the order of arrival", async () => {
    const record = (n: number) =>
      data(Array.from({ length: 10 }, (_, i) => ({ d: "x".repeat(90_000), g: 10 * n + i })));
    for (let n = 0; n < 12; n++) await put(record(n));
    assert.ok(filesOf("buffer-").length > 2, "the buffer is one file");
    const files = await finish();
    assert.equal(files.filter((file) => file.endsWith(".parquet")).length, 1);
    assert.deepEqual(
      (await rows()).map((row) => row.dstport),
      Array.from({ length: 120 }, (_, n) => n),
    );
  });

  it("sorts rows out of each file of a buffer, and loses none of the others", async () => {
    const long = { d: "x".repeat(900_000) };
    for (let n = 0; n < 12; n++) await put(data([long, { g: `no port ${n}` }]));
    await finish();
    assert.equal((await rows()).length, 12);
    assert.equal(stream.totals.failedRows, 12);
  });

  it("removes a buffer's files once its object is written", async () => {
    await put(data([{ d: "a" }]));
    assert.equal(filesOf("buffer-").length, 1);
    await stream.flush();
    assert.deepEqual(
      filesOf("buffer-").filter((file) => !file.endsWith(".parquet")),
      [],
    );
  });

  it("refuses the same as Firehose: another stream, 501 records, 4 MiB, a record past 1,000 KiB", async () => {
    const send = (DeliveryStreamName: string, Records: { Data: Buffer }[]) =>
      client.send(new PutRecordBatchCommand({ DeliveryStreamName, Records }));
    const small = { Data: data([{ d: "a" }]) };
    await assert.rejects(send("other", [small]), { name: "ResourceNotFoundException" });
    await assert.rejects(send(stream.name, Array(501).fill(small)), { name: "InvalidArgumentException" });
    await assert.rejects(send(stream.name, []), { name: "InvalidArgumentException" });
    await assert.rejects(send(stream.name, [{ Data: Buffer.alloc(1_024_001) }]), {
      name: "InvalidArgumentException",
    });
    await assert.rejects(send(stream.name, Array(5).fill({ Data: Buffer.alloc(1_024_000) })), {
      name: "InvalidArgumentException",
    });
    assert.equal(stream.totals.records, 0);
  });
});
