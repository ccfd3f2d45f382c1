import assert from "node:assert/strict";
import fc from "fast-check";
import { makeDecode } from "../../functions/decode";
import { makeTransform } from "../../functions/transform";
import { FIELDS, type Field } from "../../schema/fields";
import { DEFAULT_LAYOUT, layoutFrom, parseFormat } from "../../schema/layout";
import { columnPlan, type Plan, wirePlan } from "../../schema/plan";
import { valuesOf } from "../../schema/values";
import { LINE } from "./envelope";

/** The transform as a function of one line. */
const transformOf = (plan: Plan) => {
  const transform = makeTransform(plan, makeDecode().messages);
  return (line: string) => {
    const { records, unparsed } = transform.lines([line]);
    return { row: records.map(({ data }) => Buffer.from(data).toString()).join(""), fits: unparsed === 0 };
  };
};
const transform = transformOf(columnPlan(DEFAULT_LAYOUT));
const rowOf = (line: string) => JSON.parse(transform(line).row);
const unparsed = (line: string) => assert.deepEqual(rowOf(line), { unparsed: line });
const tokens = LINE.split(" ");
const withToken = (n: number, token: string) => tokens.with(n, token).join(" ");

describe("etl: transform", () => {
  it("turns a line into a row: numbers as numbers, the rest as text", () => {
    assert.deepEqual(rowOf(LINE), {
      version: 2,
      account_id: "123456789010",
      interface_id: "eni-0a1b2c3d4e5f60718",
      srcaddr: "10.0.1.5",
      dstaddr: "10.0.0.220",
      srcport: 39812,
      dstport: 443,
      protocol: 6,
      packets: 11,
      bytes: 8341,
      start: 1732244410,
      end: 1732244469,
      action: "ACCEPT",
      log_status: "OK",
    });
  });

  it("writes the short keys for Firehose, each row a line", () => {
    const { row, fits } = transformOf(wirePlan(layoutFrom(["srcaddr", "dstport", "az-id"])))(
      "10.0.1.5 443 use1-az1",
    );
    assert.equal(row, '{"d":"10.0.1.5","g":443,"w":"use1-az1"}\n');
    assert.equal(fits, true);
  });

  it("omits NULL and keeps zero", () => {
    const nodata = "2 123456789010 eni-1 - - - - - - - 1431280876 1431280934 - NODATA";
    assert.deepEqual(rowOf(nodata), {
      version: 2,
      account_id: "123456789010",
      interface_id: "eni-1",
      start: 1431280876,
      end: 1431280934,
      log_status: "NODATA",
    });
    const icmp = rowOf(tokens.with(5, "0").with(6, "0").with(7, "0").join(" "));
    assert.deepEqual([icmp.srcport, icmp.dstport, icmp.protocol], [0, 0, 0]);
  });

  it("keeps an account id with leading zeros as text", () => {
    assert.equal(rowOf(withToken(1, "001234567890")).account_id, "001234567890");
  });

  it("writes a counter past 2^53 digit by digit", () => {
    assert.match(transform(withToken(8, "9007199254740993")).row, /"packets":9007199254740993,/);
    assert.match(transform(withToken(9, "9223372036854775807")).row, /"bytes":9223372036854775807,/);
  });

  it("turns a line of NULL only into an empty row", () => {
    const { row, fits } = transformOf(columnPlan(parseFormat("srcaddr bytes")))("- -");
    assert.deepEqual([row, fits], ["{}\n", true]);
  });

  const misfits: Record<string, string> = {
    "13 fields": tokens.slice(1).join(" "),
    "15 fields": `${LINE} extra`,
    "a port that is a word": withToken(5, "abc"),
    "a negative number": withToken(5, "-1"),
    "a fraction": withToken(9, "1.5"),
    "a number with an exponent": withToken(9, "1e3"),
    "a number in hexadecimal": withToken(9, "0x10"),
    "a number with a plus": withToken(9, "+1"),
    "a number with leading zeros, which JSON cannot write": withToken(9, "0012"),
    "an int past 32 bits": withToken(5, "2147483648"),
    "a bigint past 64 bits": withToken(9, "9223372036854775808"),
    "a far longer number": withToken(9, "9".repeat(400)),
    "two spaces where a value is missing": LINE.replace(" 443 ", "  "),
    "a tab where a value is missing": LINE.replace(" 443 ", "\t"),
    "another kind of space": LINE.replace(" ", "\u00a0"),
    "letters that are not ASCII": withToken(2, "eni-é"),
    "bytes that were not UTF-8": withToken(2, "eni-\ufffd\ufffd"),
    "a control character": withToken(2, "eni-\u0000"),
    "a line feed inside": `${LINE}\n${LINE}`,
    JSON: `{"message":"${LINE}"}`,
    "quotes and backslashes": 'he said "no" \\ {"message":"2 1 eni-1"}',
    "one word": "word",
    nothing: "",
    "a space": " ",
    "the format's own header": DEFAULT_LAYOUT.fields.map((f) => f.name).join(" "),
  };
  for (const [what, line] of Object.entries(misfits)) {
    it(`keeps a line with ${what} whole, in unparsed alone`, () => {
      assert.equal(transform(line).fits, false);
      unparsed(line);
    });
  }

  it("ignores white space at the end, which a producer may add", () => {
    for (const end of ["\n", "\r\n", " "]) assert.equal(rowOf(LINE + end).log_status, "OK");
  });

  it("takes tabs or several spaces between values, as documentation and some shippers write them", () => {
    for (const line of [
      LINE.replace(" ", "  "),
      LINE.replaceAll(" ", "\t"),
      ` ${LINE}`,
      LINE.replaceAll(" ", " \t "),
    ])
      assert.deepEqual(rowOf(line), rowOf(LINE));
  });

  it("keeps quotes and backslashes in a text field as they are", () => {
    assert.equal(rowOf(withToken(12, '"ACC\\EPT"')).action, '"ACC\\EPT"');
  });

  it("keeps a line of 300 kB whole", () => {
    unparsed("x".repeat(300_000));
  });

  for (const [what, letter] of Object.entries({
    letters: "x",
    quotes: '"',
    "control characters": "\u0001",
    "3-byte letters": "東",
  })) {
    it(`shortens a line of a million ${what} so that its row fits a record, and says how long it was`, () => {
      const line = letter.repeat(1_048_576);
      const { row, fits } = transform(line);
      assert.equal(fits, false);
      assert.ok(
        Buffer.byteLength(row) <= 1_024_000 && Buffer.byteLength(row) > 900_000,
        `${Buffer.byteLength(row)}`,
      );
      assert.ok(
        JSON.parse(row).unparsed.endsWith(` [shortened: the line has ${Buffer.byteLength(line)} bytes]`),
      );
    });
  }

  it("writes half a surrogate pair as a replacement character, which every reader accepts", () => {
    assert.deepEqual(rowOf("\ud83d"), { unparsed: "\ufffd" });
  });

  it("gives back any record in any layout", () => {
    const text = fc.string({
      unit: fc.integer({ min: 33, max: 126 }).map((code) => String.fromCharCode(code)),
      minLength: 1,
    });
    const tokenOf = (field: Field) => {
      const { most, isAddress } = valuesOf(field);
      if (isAddress) return fc.oneof(fc.ipV4(), fc.ipV6());
      return most === undefined ? text : fc.bigInt({ min: 0n, max: BigInt(most) }).map(String);
    };
    /** A window does not end before it starts. */
    const inOrder = (fields: Field[], values: string[]): string[] => {
      const [start, end] = ["start", "end"].map((name) => fields.findIndex((f) => f.name === name));
      const isTurned = start >= 0 && end >= 0 && ![values[start], values[end]].includes("-");
      if (!isTurned || BigInt(values[start]) <= BigInt(values[end])) return values;
      return values.with(start, values[end]).with(end, values[start]);
    };
    const record = fc
      .shuffledSubarray([...FIELDS], { minLength: 1 })
      .chain((fields) =>
        fc.tuple(fc.constant(fields), fc.tuple(...fields.map((f) => fc.oneof(fc.constant("-"), tokenOf(f))))),
      );
    fc.assert(
      fc.property(record, ([fields, drawn]) => {
        const values = inOrder(fields, drawn);
        const { row, fits } = transformOf(columnPlan(layoutFrom(fields.map((f) => f.name))))(
          values.join(" "),
        );
        assert.equal(fits, true);
        const expected = fields.flatMap(({ column, type }, i) =>
          values[i] === "-"
            ? []
            : [`"${column}":${type === "string" ? JSON.stringify(values[i]) : values[i]}`],
        );
        assert.equal(row, `{${expected.join(",")}}\n`);
      }),
      { numRuns: 300 },
    );
  });

  it("turns any text into one line of valid JSON", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string()), (line) => {
        const { row, fits } = transform(line);
        assert.equal(row.indexOf("\n"), row.length - 1);
        const parsed = JSON.parse(row);
        if (!fits) assert.deepEqual(parsed, { unparsed: line.toWellFormed() });
      }),
      { numRuns: 500 },
    );
  });
});
