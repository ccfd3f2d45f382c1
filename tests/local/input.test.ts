import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type FormatSource, type InputLine, readInput } from "../../local/input";
import { type Layout, parseFormat } from "../../schema/layout";

const SAMPLES = join(__dirname, "../samples");
const dir = mkdtempSync(join(tmpdir(), "input-"));
after(() => rmSync(dir, { recursive: true }));

const read = async (content: string | Buffer, format?: Layout) => {
  const file = join(dir, "input");
  writeFileSync(file, content);
  const sources: FormatSource[] = [];
  const lines: InputLine[] = [];
  for await (const some of readInput(file, format, (source) => sources.push(source))) lines.push(...some);
  return { sources, lines, texts: lines.map((line) => line.text) };
};
const sample = (name: string) => read(readFileSync(join(SAMPLES, name)));

describe("local: input", () => {
  it("reads a plain file and its gzip alike, whatever it is called", async () => {
    const plain = await sample("default-v2.log");
    assert.equal(plain.texts.length, 9);
    assert.deepEqual((await sample("delivered-v2.log.gz")).texts, plain.texts);
  });

  it("reads gzip of several members, as files put together are", async () => {
    const { texts } = await read(Buffer.concat([gzipSync("a\nb\n"), gzipSync("c\n")]));
    assert.deepEqual(texts, ["a", "b", "c"]);
  });

  it("takes a file's format from its header, which is no line", async () => {
    const { lines, sources } = await sample("custom-v3-header.log");
    assert.equal(lines.length, 3);
    assert.equal(lines[0].layout.fields[1].name, "vpc-id");
    assert.deepEqual(sources, ["header"]);
  });

  it("follows a header in the middle, where files were put together", async () => {
    const { lines } = await read("srcaddr\n10.0.0.1\nbytes packets\n1 2\n");
    assert.deepEqual(
      lines.map(({ text, layout }) => [text, layout.fields.length]),
      [
        ["10.0.0.1", 1],
        ["1 2", 2],
      ],
    );
  });

  it("takes AWS's default format where nothing tells, and says so", async () => {
    const { lines, sources } = await sample("default-v2.log");
    assert.equal(lines[0].layout.fields.length, 14);
    assert.deepEqual(sources, ["default"]);
  });

  it("lets --format win over the header, which is still no line", async () => {
    const { lines, sources } = await read("srcaddr dstaddr\n1 2\n", parseFormat("bytes packets"));
    assert.deepEqual(
      lines.map((line) => line.layout.fields[0].name),
      ["bytes"],
    );
    assert.deepEqual(sources, ["--format"]);
  });

  it("takes the time off a line that was exported from CloudWatch Logs, and keeps it", async () => {
    const { lines } = await sample("cloudwatch-export.log");
    assert.ok(lines[0].text.startsWith("2 123456789010 "));
    assert.equal(lines[0].time, Date.UTC(2024, 10, 22, 3, 0, 10));
  });

  it("unwraps what was delivered to Firehose, and nothing that only looks like it", async () => {
    const { texts } = await sample("wrapped.jsonl");
    assert.ok(texts.every((text) => text.startsWith("2 123456789010 ")));
    const odd = ['{"message": 7}', '{"other":"x"}', '{"message":"cut', "{}", '[{"message":"x"}]'];
    assert.deepEqual((await read(odd.join("\n"))).texts, odd);
  });

  it("unwraps objects that Firehose wrote one after another on one line", async () => {
    const wrapped = (message: string) => JSON.stringify({ message });
    const messages = ["2 a", 'he said "}{" {"message":', "2 b"];
    assert.deepEqual((await read(messages.map(wrapped).join(""))).texts, messages);
  });

  it("counts every line but an empty one, with or without a line feed at the end", async () => {
    assert.deepEqual((await read("a\n\n\r\n \nb")).texts, ["a", " ", "b"]);
    assert.deepEqual((await read("a\r\nb\r\n")).texts, ["a", "b"]);
    assert.deepEqual((await read("")).texts, []);
    assert.deepEqual((await read("a")).texts, ["a"]);
  });

  it("replaces bytes that are not UTF-8 and leaves the neighbours alone", async () => {
    assert.deepEqual((await read(Buffer.from("a\n\xff\xfe\nb\n", "latin1"))).texts, [
      "a",
      "\ufffd\ufffd",
      "b",
    ]);
  });

  it("puts a line together that is longer than what is read at once", async () => {
    const long = "é".repeat(300_000);
    assert.deepEqual((await read(`a\n${long}\nb`)).texts, ["a", long, "b"]);
  });

  const unreadable: Record<string, [content: Buffer, message: RegExp]> = {
    "gzip that was cut": [
      gzipSync("x".repeat(1000)).subarray(0, 20),
      /the gzip data is damaged \(unexpected end of file\)$/,
    ],
    "gzip that is damaged": [
      Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 255, 255]),
      /the gzip data is damaged/,
    ],
    "a header with an unknown field": [
      Buffer.from("version src-addr\n"),
      /^the header of .* will not do: format: unknown field "src-addr"; did you mean "srcaddr"\?$/,
    ],
  };
  for (const [what, [content, message]] of Object.entries(unreadable)) {
    it(`refuses ${what} in one sentence`, () => assert.rejects(read(content), { name: "Error", message }));
  }

  it("refuses a file that is not there, and a folder", async () => {
    const open = (name: string) => readInput(name, undefined, () => {}).next();
    await assert.rejects(open(join(dir, "none")), {
      message: `cannot read ${join(dir, "none")}: there is no such file`,
    });
    await assert.rejects(open(dir), {
      message: `cannot read ${dir}: it is a directory; name the files in it`,
    });
  });
});
