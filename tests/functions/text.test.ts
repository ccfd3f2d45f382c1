import assert from "node:assert/strict";
import fc from "fast-check";
import { makeText } from "../../functions/text";

const { utf8 } = makeText();
const read = (bytes: Buffer) => utf8(bytes).toString("utf8");
const LINE = "2 123456789010 eni-0a1b2c3d4e5f60718";

const little = (text: string) => Buffer.from(text, "utf16le");
const big = (text: string) => little(text).swap16();
const marked =
  (...bytes: number[]) =>
  (text: Buffer) =>
    Buffer.concat([Buffer.from(bytes), text]);

describe("etl: text of bytes", () => {
  const forms: Record<string, Buffer> = {
    "UTF-8": Buffer.from(LINE),
    "UTF-8 with a mark": marked(0xef, 0xbb, 0xbf)(Buffer.from(LINE)),
    "UTF-16 with a mark, as PowerShell writes it": marked(0xff, 0xfe)(little(LINE)),
    "UTF-16 the other way round": marked(0xfe, 0xff)(big(LINE)),
    "UTF-16 without a mark": little(LINE),
    "UTF-16 the other way round, without a mark": big(LINE),
  };
  for (const [what, bytes] of Object.entries(forms))
    it(`is the same in ${what}`, () => assert.equal(read(bytes), LINE));

  const noText: Record<string, Buffer> = {
    "bytes that are not UTF-8": Buffer.from("2 eni-\xff\xfe", "latin1"),
    "UTF-8 that was cut": Buffer.from("é").subarray(0, 1),
    "gzip inside gzip": Buffer.from([0x1f, 0x8b, 8, 0]),
    zstd: Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x24]),
    "UTF-16 with half a character": marked(0xff, 0xfe)(little(LINE).subarray(0, 11)),
    "UTF-16 with half a pair": marked(0xff, 0xfe)(little("\ud83d x")),
  };
  for (const [what, bytes] of Object.entries(noText))
    it(`is not in ${what}`, () => assert.throws(() => utf8(bytes), /its bytes are no text/));

  it("comes back whole from any of these encodings", () => {
    const text = fc
      .string({ unit: "grapheme" })
      .filter((t) => !t.includes("\u0000") && !t.startsWith("\ufeff"));
    fc.assert(
      fc.property(text, (t) => {
        assert.equal(read(Buffer.from(t)), t);
        assert.equal(read(marked(0xff, 0xfe)(little(t))), t);
        assert.equal(read(marked(0xfe, 0xff)(big(t))), t);
      }),
    );
  });
});
