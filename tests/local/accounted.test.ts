import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { InputError } from "../../local/input";
import { read } from "./inputs";

const lineOf = (n: number) =>
  `2 123456789010 eni-${String(n).padStart(17, "0")} 10.0.1.5 10.0.0.220 39812 443 6 11 8341 1732244410 1732244469 ACCEPT OK`;
const linesFrom = (from: number, count: number) => Array.from({ length: count }, (_, i) => lineOf(from + i));
const HEADER = "dstaddr srcaddr bytes";

describe("local: every line of an input is accounted for", () => {
  const dir = mkdtempSync(join(tmpdir(), "accounted-"));
  after(() => rmSync(dir, { recursive: true, force: true }));
  const file = join(dir, "input");

  /** Returns the texts of a file with these bytes; undefined if it is refused. */
  const textsOf = async (bytes: Buffer | string): Promise<string[] | undefined> => {
    writeFileSync(file, bytes);
    try {
      return (await read(file)).texts;
    } catch (error) {
      assert.ok(error instanceof InputError, String(error));
      return undefined;
    }
  };
  const count = fc.integer({ min: 1, max: 40 });

  it("truncated anywhere: whole lines are lines, and the rest is kept as it is", () =>
    fc.assert(
      fc.asyncProperty(count, fc.double({ min: 0, max: 1, noNaN: true }), async (n, part) => {
        const text = linesFrom(0, n).join("\n");
        const cut = text.slice(0, Math.floor(text.length * part));
        assert.deepEqual(
          await textsOf(cut),
          cut.split("\n").filter((line) => line !== ""),
        );
      }),
      { numRuns: 200 },
    ));

  it("truncated gzip is refused", () =>
    fc.assert(
      fc.asyncProperty(count, fc.double({ min: 0.1, max: 0.99, noNaN: true }), async (n, part) => {
        const bytes = gzipSync(linesFrom(0, n).join("\n"));
        assert.equal(await textsOf(bytes.subarray(0, Math.floor(bytes.length * part))), undefined);
      }),
      { numRuns: 100 },
    ));

  it("whatever bytes are in front: each line is there once, or the file is refused", () => {
    // These two make all of the file UTF-16, by its byte order mark or by its zeros.
    const isUtf16 = (bytes: Uint8Array) =>
      (bytes[0] === 0xff && bytes[1] === 0xfe) ||
      (bytes[0] === 0xfe && bytes[1] === 0xff) ||
      bytes.includes(0);
    const front = fc.uint8Array({ maxLength: 60 }).filter((bytes) => !isUtf16(bytes));
    return fc.assert(
      fc.asyncProperty(front, count, async (bytes, n) => {
        const lines = linesFrom(0, n);
        const texts = await textsOf(Buffer.concat([bytes, Buffer.from(`\n${lines.join("\n")}\n`)]));
        for (const line of texts ? lines : [])
          assert.equal(texts?.filter((text) => text.includes(line)).length, 1, line);
      }),
      { numRuns: 300 },
    );
  });

  it("whatever two files are joined: the lines of both are there, in order", () =>
    fc.assert(
      fc.asyncProperty(count, count, fc.boolean(), fc.boolean(), async (one, two, isHeaded, isZipped) => {
        const first = [HEADER, ...Array.from({ length: one }, (_, i) => `10.0.0.1 10.0.0.2 ${i}`)];
        const second = isHeaded ? first : linesFrom(one, two);
        const parts = [first, second].map((lines) => `${lines.join("\n")}\n`);
        const bytes = Buffer.concat(parts.map((part) => (isZipped ? gzipSync(part) : Buffer.from(part))));
        assert.deepEqual(
          await textsOf(bytes),
          [...first, ...second].filter((line) => line !== HEADER),
        );
      }),
      { numRuns: 100 },
    ));
});
