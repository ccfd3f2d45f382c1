import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { makeDecode } from "../../functions/decode";
import { makeFormats } from "../../functions/formats";
import { MEMBERS } from "../../functions/members";
import { makeTransformation } from "../../functions/transformation";
import { DEFAULT_LAYOUT, layoutFrom } from "../../schema/layout";
import { type Plans, wirePlan } from "../../schema/plan";
import { envelopeOf, LINE } from "./envelope";

const SHORT = layoutFrom(["dstaddr", "srcaddr"]);
const PLANS: Plans = {
  byDigest: { f1111111: wirePlan(DEFAULT_LAYOUT), f2222222: wirePlan(SHORT) },
  others: "f1111111",
};
const ARN = "arn:aws:firehose:us-east-1:123456789012:deliverystream/";

const decode = makeDecode();
const transformation = makeTransformation(decode, makeFormats(PLANS, decode.messages));

/** Transforms records as a stream would. The one line that is logged is kept from the test's own output. */
const transformed = (records: Buffer[], stream = "flows-stream-f1111111-0123abc") => {
  const logged: string[] = [];
  const { write } = process.stdout;
  process.stdout.write = ((text: string) => logged.push(text) > 0) as typeof write;
  try {
    const event = {
      deliveryStreamArn: `${ARN}${stream}`,
      records: records.map((record, n) => ({ recordId: `r${n}`, data: record.toString("base64") })),
    };
    const answer = transformation(event).records;
    return { answer, figures: logged.map((text) => JSON.parse(text)) };
  } finally {
    process.stdout.write = write;
  }
};

const rowsOf = (data = ""): Record<string, unknown>[] =>
  Buffer.from(data, "base64")
    .toString()
    .split("\n")
    .filter((row) => row !== "")
    .map((row) => JSON.parse(row));

/** The rows of one record. */
const rows = (record: Buffer | string, stream?: string) => {
  const [{ result, data }] = transformed([Buffer.from(record)], stream).answer;
  assert.equal(result, "Ok");
  return rowsOf(data);
};

const ROW = rows(LINE)[0];
const wrapped = (message: string) => JSON.stringify({ message });
const envelope = (messages: string[], logGroup?: string) =>
  JSON.stringify({ ...envelopeOf(messages), ...(logGroup ? { logGroup } : {}) });

describe("the transformation that a stream asks for", () => {
  it("turns a line into a row, whatever its wrapper", () => {
    assert.equal(ROW.d, "10.0.1.5");
    for (const record of [
      LINE,
      `${LINE}\n`,
      `${LINE}\r\n`,
      wrapped(LINE),
      wrapped(`${LINE}\n`),
      envelope([LINE]),
      gzipSync(envelope([LINE])),
      gzipSync(LINE),
      gzipSync(wrapped(LINE)),
    ])
      assert.deepEqual(rows(record), [ROW], String(record).slice(0, 60));
  });

  it("reads several objects or lines of a record, with or without line feeds between them", () => {
    const two = [ROW, ROW];
    assert.deepEqual(rows(`${LINE}\n${LINE}\n`), two);
    assert.deepEqual(rows(`${wrapped(LINE)}${wrapped(LINE)}`), two);
    assert.deepEqual(rows(`${wrapped(LINE)}\n${LINE}`), two);
    assert.deepEqual(rows(`${envelope([LINE])}${envelope([LINE])}`), two);
    assert.deepEqual(rows(Buffer.concat([gzipSync(envelope([LINE])), gzipSync(envelope([LINE]))])), two);
  });

  it("keeps a text that is not a line whole, in unparsed", () => {
    for (const odd of [
      '{"log":"x"}',
      '{"level":"error","message":"hello"}',
      '{"message":"x","log":"y"}',
      "{not json",
      '{"message":5}',
      "one two",
      '"text"',
      "[1,2]",
    ])
      assert.deepEqual(rows(odd), [{ zz: odd }], odd);
    assert.deepEqual(rows(`{"a":"}\\"{"}${LINE}`), [{ zz: '{"a":"}\\"{"}' }, ROW]);
  });

  for (const { path, writers } of MEMBERS) {
    const inside = (line: string) =>
      path.reduceRight<unknown>((value, key) => ({ [key]: value, kind: "x" }), line);
    it(`takes a line out of ${path.join(".")}, where it is for ${writers}, and keeps the JSON of any other text`, () => {
      assert.deepEqual(rows(JSON.stringify(inside(LINE))), [ROW]);
      assert.deepEqual(rows(JSON.stringify(inside(`${LINE}\n`))), [ROW]);
      const other = JSON.stringify(inside("hello"));
      assert.deepEqual(rows(`${other}\n${LINE}`), [{ zz: other }, ROW]);
    });
  }

  it("finds the line among several members with text", () => {
    assert.deepEqual(rows(JSON.stringify({ message: "a line follows", log: LINE })), [ROW]);
  });

  it("reads the encodings of a file in a record", () => {
    const text = `${LINE}\n`;
    const little = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
    for (const record of [Buffer.from(`\ufeff${text}`), little, gzipSync(little)])
      assert.deepEqual(rows(record), [ROW]);
  });

  it("fails a record that is not text, which Firehose then keeps byte for byte", () => {
    const damaged = Buffer.from(`${LINE}\n2 eni-\xff\n`, "latin1");
    const zstd = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x24, 0x00]);
    for (const record of [damaged, gzipSync(damaged), zstd, gzipSync(gzipSync(LINE))]) {
      const { answer, figures } = transformed([record, Buffer.from(LINE)]);
      assert.deepEqual(
        answer.map(({ result }) => result),
        ["ProcessingFailed", "Ok"],
      );
      assert.match(figures[0].why, /its bytes are no text/);
    }
  });

  it("returns each record's id, and Dropped for one without lines", () => {
    const { answer, figures } = transformed([
      Buffer.from(LINE),
      Buffer.from(" \n"),
      gzipSync('{"messageType":"CONTROL_MESSAGE","logGroup":"","logEvents":[{"message":"hello"}]}'),
    ]);
    assert.deepEqual(
      answer.map(({ recordId, result }) => [recordId, result]),
      [
        ["r0", "Ok"],
        ["r1", "Dropped"],
        ["r2", "Dropped"],
      ],
    );
    const [{ lines, records, failedRecords }, ...more] = figures;
    assert.deepEqual([lines, records, failedRecords, more], [1, 3, 0, []]);
  });

  it("fails a record that it cannot read, which Firehose then keeps, and none beside it", () => {
    const broken = gzipSync(envelope([LINE])).subarray(0, 40);
    const { answer, figures } = transformed([broken, Buffer.from(LINE)]);
    assert.deepEqual(answer[0], { recordId: "r0", result: "ProcessingFailed" });
    assert.deepEqual(rowsOf(answer[1].data), [ROW]);
    assert.equal(figures[0].failedRecords, 1);
    assert.match(figures[0].why, /unexpected end of file/);
  });

  it("fails a record that would make its answer exceed Firehose's 6 MB, and accepts later ones that fit", () => {
    const large = Buffer.from(`${LINE}\n`.repeat(20_000));
    const { answer, figures } = transformed([large, large, Buffer.from(LINE)]);
    assert.deepEqual(
      answer.map(({ result }) => result),
      ["Ok", "ProcessingFailed", "Ok"],
    );
    assert.ok(JSON.stringify({ records: answer }).length < 6 * 1024 * 1024);
    assert.match(figures[0].why, /do not fit into Firehose's 6 MB/);
    assert.equal(figures[0].lines, 20_001);
  });

  it("reads a line by the format of the stream or log group that it comes from", () => {
    const two = "10.0.0.1 10.0.0.2";
    assert.deepEqual(rows(two, "flows-stream-f2222222-0123abc"), [{ e: "10.0.0.1", d: "10.0.0.2" }]);
    assert.deepEqual(rows(two), [{ zz: two }]);
    assert.deepEqual(
      rows(envelope([two], "flows-flow-logs-f2222222-6e60caa-0123abc"), "flows-envelope-stream"),
      [{ e: "10.0.0.1", d: "10.0.0.2" }],
    );
    assert.deepEqual(rows(envelope([LINE], "/somebody/elses"), "flows-envelope-stream"), [ROW]);
  });

  it("does not read lines of a format that the stack no longer has", () => {
    for (const [record, stream] of [
      [LINE, "flows-stream-f3333333-0123abc"],
      [envelope([LINE], "flows-flow-logs-f3333333-fcd543d-0123abc"), "flows-envelope-stream-0123abc"],
    ]) {
      const { answer, figures } = transformed([Buffer.from(record)], stream);
      assert.deepEqual(answer, [{ recordId: "r0", result: "ProcessingFailed" }]);
      assert.match(figures[0].why, /f3333333-[0-9a-f-]+ holds lines of another format.*previousFields/);
    }
  });

  it("makes one row for each line, in order, for any texts in any wrapper", () => {
    const line = fc.oneof(
      fc.constant(LINE),
      fc.string({ unit: "grapheme" }).map(wrapped),
      fc.constant("odd"),
    );
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), fc.boolean(), (lines, zipped) => {
        const text = Buffer.from(lines.join("\n"));
        const got = rows(zipped ? gzipSync(text) : text);
        assert.equal(got.length, lines.length);
        lines.forEach((each, n) => {
          if (each === LINE) assert.deepEqual(got[n], ROW);
          if (each === "odd") assert.deepEqual(got[n], { zz: "odd" });
        });
      }),
    );
  });

  it("returns every id once for any bytes", () => {
    const bytes = fc.uint8Array({ maxLength: 200 }).map((each) => Buffer.from(each));
    fc.assert(
      fc.property(fc.array(bytes), (records) => {
        const { answer } = transformed(records);
        assert.deepEqual(
          answer.map(({ recordId }) => recordId),
          records.map((_, n) => `r${n}`),
        );
        for (const { result, data } of answer) assert.equal(result === "Ok", data !== undefined);
      }),
    );
  });
});
