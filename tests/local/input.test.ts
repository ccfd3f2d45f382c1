import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type FormatSource, type InputLine, readInput } from "../../local/input";
import { type Layout, parseFormat } from "../../schema/layout";
import { rowOf } from "./inputs";

const LINE =
  "2 123456789010 eni-0a1b2c3d4e5f60718 10.0.1.5 10.0.0.220 39812 443 6 11 8341 1732244410 1732244469 ACCEPT OK";
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

  it("reads a file's format from its header, which is not a line", async () => {
    const { lines, sources } = await sample("custom-v3-header.log");
    assert.equal(lines.length, 3);
    assert.equal(lines[0].layout.fields[1].name, "vpc-id");
    assert.deepEqual(sources, ["header"]);
  });

  it("follows a header in the middle of concatenated files", async () => {
    const { lines } = await read("srcaddr bytes end\n10.0.0.1 1 2\nbytes packets\n1 2\n");
    assert.deepEqual(
      lines.map(({ text, layout }) => [text, layout.fields.length]),
      [
        ["10.0.0.1 1 2", 3],
        ["1 2", 2],
      ],
    );
  });

  it("assumes AWS's default format without a header, and says so", async () => {
    const { lines, sources } = await sample("default-v2.log");
    assert.equal(lines[0].layout.fields.length, 14);
    assert.deepEqual(sources, ["default"]);
  });

  it("skips a header that agrees with --format, in any spelling", async () => {
    const format = parseFormat("srcaddr dstaddr end");
    const headers = [
      "srcaddr dstaddr end",
      "$" + "{srcaddr} $" + "{dstaddr} $" + "{end}",
      "SRCADDR  DSTADDR END",
    ];
    for (const header of [...headers, "srcaddr dst-adress end"]) {
      const { lines, sources } = await read(`${header}\n10.0.0.1 10.0.0.2 1\n`, format);
      assert.deepEqual(lines, [{ text: "10.0.0.1 10.0.0.2 1", layout: format }], header);
      assert.deepEqual(sources, ["--format"]);
    }
    const single = parseFormat("srcaddr");
    assert.deepEqual((await read("srcaddr\n10.0.0.1\n", single)).texts, ["10.0.0.1"]);
  });

  const contradictions: Record<string, string> = {
    "in another order": "dstaddr srcaddr bytes\n10.0.0.2 10.0.0.1 7\n",
    "of other fields": "srcaddr dstaddr packets\n10.0.0.1 10.0.0.2 7\n",
    "of more fields": "srcaddr dstaddr bytes packets\n10.0.0.1 10.0.0.2 7 1\n",
    "on the way": "10.0.0.1 10.0.0.2 7\ndstaddr srcaddr bytes\n10.0.0.2 10.0.0.1 7\n",
    "of a table": "dstaddr,srcaddr,bytes\n10.0.0.2,10.0.0.1,7\n",
  };
  for (const [what, text] of Object.entries(contradictions))
    it(`refuses a header ${what} that contradicts --format, and shows both`, () =>
      assert.rejects(read(text, parseFormat("srcaddr dstaddr bytes")), {
        name: "Error",
        message:
          /^the header of .* contradicts --format: it names "[\w ]+", and --format "srcaddr dstaddr bytes"; leave --format out, as the header is right$/,
      }));

  it("removes the time before a line of a CloudWatch Logs export, and keeps it as the event's time", async () => {
    const { lines } = await sample("cloudwatch-export.log");
    assert.ok(lines[0].text.startsWith("2 123456789010 "));
    assert.equal(lines[0].time, Date.UTC(2024, 10, 22, 3, 0, 10));
  });

  it("unwraps Firehose's JSON, and nothing that only looks like it", async () => {
    const { texts } = await sample("wrapped.jsonl");
    assert.ok(texts.every((text) => text.startsWith("2 123456789010 ")));
    const odd = [
      '{"message": 7}',
      '{"other":"x"}',
      '{"message":"cut',
      "{}",
      '[{"message":"x"}]',
      '{"message":"hello"}',
    ];
    assert.deepEqual((await read(odd.join("\n"))).texts, odd);
  });

  it("unwraps objects that Firehose wrote one after another on one line, whatever is in them", async () => {
    const wrapped = (message: string) => JSON.stringify({ message });
    const odd = wrapped('he said "}{" {"message":');
    const { texts } = await read(`${wrapped(LINE)}${odd}${wrapped(LINE)}`);
    assert.deepEqual(texts, [LINE, odd, LINE]);
  });

  it("removes a wrapper if the rest fits the file's format, also that of --format", async () => {
    const wrapped = `${JSON.stringify({ message: "10.0.0.1 7" })}\n2024-11-22T03:00:10.000Z 10.0.0.2 8\n`;
    assert.deepEqual((await read(wrapped, parseFormat("srcaddr bytes"))).texts, ["10.0.0.1 7", "10.0.0.2 8"]);
    assert.deepEqual((await read(wrapped)).texts, wrapped.trimEnd().split("\n"));
  });

  it("knows a header in the JSON of a shipper that read a file of S3", async () => {
    const header = "dstaddr srcaddr bytes log-status";
    const lines = [header, "10.0.0.2 10.0.0.1 7 OK"].map((message) => JSON.stringify({ message }));
    const { lines: read1, sources } = await read(lines.join("\n"));
    assert.deepEqual(
      read1.map(({ text, layout }) => [text, layout.fields[0].name]),
      [["10.0.0.2 10.0.0.1 7 OK", "dstaddr"]],
    );
    assert.deepEqual(sources, ["header"]);
  });

  it("keeps a text whole that only seems to fit a short format", async () => {
    for (const [text, format] of [
      ["action,log_status\nACCEPT,OK more\n", undefined],
      ["action tls-version interface-id\nACCEPT eni-1\n", undefined],
      ['{"message": "a"}\n', "action log-status"],
      ['{"message":""}\n', "action"],
    ] as const) {
      const { lines } = await read(text, format && parseFormat(format));
      const rows = lines.map(rowOf);
      assert.deepEqual(rows, [{ unparsed: text.trimEnd().split("\n").at(-1) }], text);
    }
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

  it("keeps a ruler outside of a table, and skips a table's rulers", async () => {
    const ruler = "+-----+-----+";
    assert.deepEqual((await read([ruler, "a line", ruler, ruler].join("\n"))).texts.sort(), [
      ...[ruler, ruler, ruler],
      "a line",
    ]);
    const table = [ruler, "|srcaddr|bytes|", ruler, "|10.0.0.1|7|", ruler];
    assert.deepEqual((await read(table.join("\n"))).texts, ["10.0.0.1 7"]);
  });

  it("reads cells as pandas and Excel write them: words for NULL, whole numbers with .0, and a line about the delimiter", async () => {
    const table = "sep=;\nsrcaddr;srcport;bytes\n10.0.0.1;443.0;3456.0\nnan;NaN;None\n10.0.0.2;443.5;1";
    assert.deepEqual((await read(table)).texts, ["10.0.0.1 443 3456", "- - -", "10.0.0.2;443.5;1"]);
  });

  it("accepts LF CR as the end of a line", async () => {
    assert.deepEqual((await read("a b\n\rc d\n\r")).texts, ["a b", "c d"]);
  });

  it("joins a line that is longer than a read buffer", async () => {
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
      Buffer.from("version account-id src-addr\n"),
      /^the header of .* cannot be read: format: unknown field "src-addr"; did you mean "srcaddr"\?; write AWS's names into it, or name the fields with --format, if the header is wrong$/,
    ],
    "a header with other programs' names": [
      Buffer.from("Source IP;Dest Port;Proto\n10.0.1.5;443;6\n"),
      /unknown field "source-ip"; did you mean "srcaddr"\?; unknown field "dest-port"; did you mean "dstport"\?; unknown field "proto"; did you mean "protocol"\?/,
    ],
    "a line without an end": [
      Buffer.alloc(17_000_000, "x"),
      /line 1 is longer than 16 MiB, so it is no log of lines$/,
    ],
    "a small gzip of a line without an end": [
      gzipSync(Buffer.alloc(64_000_000, "x")),
      /line 1 is longer than 16 MiB/,
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
      message: `cannot read ${dir}: it is a folder`,
    });
  });
});
