import assert from "node:assert/strict";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import {
  DescribeDeliveryStreamCommand,
  FirehoseClient,
  ListDeliveryStreamsCommand,
  PutRecordBatchCommand,
} from "@aws-sdk/client-firehose";
import { LocalService } from "../../local/service";
import { ask, kept, lakesFolder } from "./lakes";

const LINE =
  "2 123456789010 eni-0a1b2c3d4e5f60718 10.0.1.5 10.0.0.220 39812 443 6 11 8341 1732244410 1732244469 ACCEPT OK";

const envelope = (logGroup: string, messages: string[]) =>
  gzipSync(
    JSON.stringify({
      messageType: "DATA_MESSAGE",
      owner: "123456789012",
      logGroup,
      logStream: "eni-1",
      subscriptionFilters: ["filter"],
      logEvents: messages.map((message, n) => ({ id: String(n).padStart(56, "0"), timestamp: 1, message })),
    }),
  );

describe("local: the stack for real clients", () => {
  const dir = lakesFolder();
  const config = { ingestion: "DIRECT", fields: "default" };
  const on = {
    change() {},
    failure(error: unknown) {
      throw error;
    },
  };

  /** Starts the service, has a client put records into its stream, and returns the final totals. */
  const serve = async (lake: string, ...batches: Buffer[][]) => {
    const lakeDir = join(dir, lake);
    const service = await LocalService.start({ stack: "dev", config, lakeDir, port: 0 }, on);
    const credentials = { accessKeyId: "key", secretAccessKey: "secret" };
    const { url: endpoint, region } = service;
    const client = new FirehoseClient({ endpoint, region, credentials, maxAttempts: 1 });
    const [{ name: DeliveryStreamName }] = service.streams;
    const puts = batches.map((batch) =>
      client.send(
        new PutRecordBatchCommand({ DeliveryStreamName, Records: batch.map((Data) => ({ Data })) }),
      ),
    );
    await Promise.all(puts);
    const listed = await client.send(new ListDeliveryStreamsCommand({}));
    const described = await client.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName }));
    client.destroy();
    return { totals: await service.stop(), service, listed, described, lakeDir };
  };

  it("takes lines as producers write them: raw, several to a record, wrapped, in gzipped envelopes", async () => {
    const wrapped = JSON.stringify({ message: LINE });
    const { totals, lakeDir } = await serve("kinds", [
      Buffer.from(`${LINE}\n`),
      Buffer.from(LINE),
      Buffer.from(`${LINE}\r\n${LINE}\n\nodd one\n`),
      Buffer.from(wrapped + wrapped),
      Buffer.from(`${wrapped}\n${wrapped}\n`),
      envelope("/somebody/elses", [LINE, LINE, "odd two"]),
    ]);
    assert.deepEqual([totals.lines, totals.rows, totals.unparsed, totals.failedRecords], [12, 12, 2, 0]);
    const rows = await ask(
      lakeDir,
      "SELECT srcaddr, bytes, unparsed, count(*) FROM flow_logs GROUP BY ALL ORDER BY ALL",
    );
    assert.deepEqual(rows, [
      ["10.0.1.5", "8341", null, "10"],
      [null, null, "odd one", "1"],
      [null, null, "odd two", "1"],
    ]);
  });

  it("loses nothing that clients put at the same time", async () => {
    const batches = Array.from({ length: 20 }, (_, n) =>
      Array.from({ length: 500 }, (_, i) => Buffer.from(`line ${n * 500 + i} ${"x".repeat(100)}\n`)),
    );
    const { totals, lakeDir } = await serve("many", ...batches);
    assert.equal(totals.rows, 10_000);
    assert.deepEqual(await ask(lakeDir, "SELECT count(DISTINCT unparsed) FROM flow_logs"), [["10000"]]);
  });

  it("keeps an unreadable record whole, as Firehose does, and makes rows of the others", async () => {
    const broken = envelope("/group", [LINE]).subarray(0, 100);
    const { totals, lakeDir } = await serve("broken", [Buffer.from(LINE), broken, Buffer.from(LINE)]);
    assert.deepEqual([totals.rows, totals.failedRecords], [2, 1]);
    const [error] = kept(lakeDir, "errors/processing-failed");
    const { rawData, arrivalTimestamp, attemptEndingTimestamp, ...rest } = error;
    assert.deepEqual(Buffer.from(rawData, "base64"), broken);
    assert.ok(Math.abs(arrivalTimestamp - Date.now()) < 60_000 && attemptEndingTimestamp >= arrivalTimestamp);
    assert.deepEqual(rest, {
      attemptsMade: 1,
      errorCode: "Lambda.ProcessingFailedStatus",
      errorMessage: "ProcessingFailed status set for record",
      lambdaArn: rest.lambdaArn,
    });
    assert.match(rest.lambdaArn, /^arn:aws:lambda:us-east-1:123456789012:function:flows-etl-.*:\$LATEST$/);
  });

  it("keeps a record whose rows exceed an answer whole, and makes rows of the others", async () => {
    const large = envelope("/group", Array(60_000).fill(LINE));
    const { totals, lakeDir } = await serve("large", [Buffer.from(LINE), large, Buffer.from(LINE)]);
    assert.deepEqual([totals.rows, totals.failedRecords], [2, 1]);
    const [{ rawData }] = kept(lakeDir, "errors/processing-failed");
    assert.equal(JSON.parse(String(gunzipSync(Buffer.from(rawData, "base64")))).logEvents.length, 60_000);
  });

  it("lists and describes its streams", async () => {
    const { service, listed, described } = await serve("described", [Buffer.from(LINE)]);
    const { DeliveryStreamDescription: stream } = described;
    assert.deepEqual(listed.DeliveryStreamNames, [service.streams[0].name]);
    assert.deepEqual([stream?.DeliveryStreamStatus, stream?.DeliveryStreamType], ["ACTIVE", "DirectPut"]);
    assert.equal(service.streams[0].format?.split(" ").length, 14);
    assert.equal(service.latency, 360);
  });

  it("refuses a stack whose stream takes rows, and names an ingestion whose stream takes lines", async () => {
    const setting = { stack: "dev", config: {}, lakeDir: join(dir, "refused"), port: 0 };
    await assert.rejects(LocalService.start(setting, on), {
      name: "Error",
      message:
        /takes the rows that the stack's function makes, and no lines; .* flowlogs local -c ingestion=DIRECT$/,
    });
  });
});
