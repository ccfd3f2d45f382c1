import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type { TransformationRecord } from "../../functions/transformation";
import { DeployedFunction } from "./deployed";
import { envelopeOf, LINE } from "./envelope";

const MB = 1024 * 1024;
/** The function's memory (components/etl.ts). */
const MEMORY = 512 * MB;

const repeated = (text: string | Buffer, megabytes: number): Buffer =>
  Buffer.alloc(Math.floor((megabytes * MB) / text.length) * text.length, text);

/** An envelope with one event again and again, written by CloudWatch Logs (or, with a space more, by somebody else). */
const envelope = (megabytes: number, space = ""): Buffer => {
  const text = JSON.stringify(envelopeOf(["x"])).replace('"message":', `"message":${space}`);
  const event = text.slice(text.indexOf('{"id"'), text.indexOf("]}", text.indexOf('{"id"')));
  const events = repeated(`,${event}`, megabytes);
  return Buffer.concat([Buffer.from(text.slice(0, -2)), events, Buffer.from("]}")]);
};

/** Small gzip of large data. Each would exhaust the function's memory or time if it were inflated whole. */
const BOMBS: Record<string, Buffer> = {
  "256 MB of zeros": gzipSync(Buffer.alloc(256 * MB)),
  "1 GB of zeros in 16 members": Buffer.concat(Array(16).fill(gzipSync(Buffer.alloc(64 * MB)))),
  "60 MB of short lines": gzipSync(repeated("ab\n", 60)),
  "60 MB of braces that never close": gzipSync(repeated('{"\n', 60)),
  "60 MB of empty objects": gzipSync(repeated("{}", 60)),
  "60 MB of lists in lists": gzipSync(
    Buffer.concat([Buffer.from('{"logEvents":['), repeated("[", 30), repeated("]", 30), Buffer.from("]}")]),
  ),
  "60 MB in UTF-16": gzipSync(
    Buffer.concat([Buffer.from([0xff, 0xfe]), repeated(Buffer.from("東", "utf16le"), 60)]),
  ),
  "an envelope of 60 MB": gzipSync(envelope(60)),
  "an envelope of 60 MB that is written in another way": gzipSync(envelope(60, " ")),
  "one event of 60 MB": gzipSync(JSON.stringify(envelopeOf(["x".repeat(60 * MB)]))),
};

describe("etl: the deployed function, on small gzip of large data", function () {
  this.timeout(240_000);
  const ARN = "arn:aws:firehose:us-east-1:123456789012:deliverystream/flows";
  let fn: DeployedFunction;

  beforeEach(async () => {
    fn = await DeployedFunction.start("http://127.0.0.1:9", {}, ["--max-old-space-size=512"]);
  });
  afterEach(() => fn.stop());

  const record = (data: Buffer, n: number) => ({ recordId: `r${n}`, data: data.toString("base64") });

  for (const [what, bomb] of Object.entries(BOMBS)) {
    it(`has enough of its 512 MB for ${what}, and answers the records beside it`, async () => {
      assert.ok(bomb.length <= 1.1 * MB, `${bomb.length} bytes`);
      const records = [Buffer.from(LINE), bomb, Buffer.from(LINE)].map(record);
      const { result } = await fn.invoke<{ records: TransformationRecord[] }>({
        deliveryStreamArn: ARN,
        records,
      });
      const results = result?.records.map((answer) => answer.result);
      assert.deepEqual([results?.[0], results?.[2]], ["Ok", "Ok"]);
      assert.ok(fn.peakBytes < MEMORY, `${fn.peakBytes / MB} MB`);
    });
  }

  it("has enough memory for many of them in one call", async () => {
    const bombs = Array(5).fill(BOMBS["60 MB of short lines"]);
    const records = [
      Buffer.from(LINE),
      ...bombs,
      BOMBS["1 GB of zeros in 16 members"],
      Buffer.from(LINE),
    ].map(record);
    const { result } = await fn.invoke<{ records: TransformationRecord[] }>({
      deliveryStreamArn: ARN,
      records,
    });
    assert.deepEqual(
      result?.records.map((answer) => answer.result),
      ["Ok", ...Array(6).fill("ProcessingFailed"), "Ok"],
    );
    assert.ok(fn.peakBytes < MEMORY, `${fn.peakBytes / MB} MB`);
  });

  it("fails on an event that inflates to more than 64 MiB, and says so", async () => {
    const { error } = await fn.invoke({
      awslogs: { data: BOMBS["1 GB of zeros in 16 members"].toString("base64") },
    });
    assert.match(error?.errorMessage ?? "", /inflates to more than 67108864 bytes/);
    assert.ok(fn.peakBytes < MEMORY, `${fn.peakBytes / MB} MB`);
  });
});
