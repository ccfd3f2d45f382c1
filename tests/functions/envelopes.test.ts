import assert from "node:assert/strict";
import fc from "fast-check";
import { makeDecode } from "../../functions/decode";
import { makeLine } from "../../functions/line";
import { makeTransform } from "../../functions/transform";
import { DEFAULT_LAYOUT, layoutFrom, parseFormat, withNetworks } from "../../schema/layout";
import { packNetworks } from "../../schema/networks";
import { columnPlan, type Plan, wirePlan } from "../../schema/plan";
import { envelopeOf, LINE } from "./envelope";

const NETWORKS = { office: ["203.0.113.0/24", "2001:db8:1::/48"], prod: ["10.0.0.0/8"], db: ["10.0.7.0/24"] };
const everything = wirePlan(withNetworks(DEFAULT_LAYOUT), {
  drops: [
    { name: "log-status", token: "NODATA" },
    { name: "action", token: "REJECT" },
  ],
  networks: packNetworks(NETWORKS),
});
const plain = wirePlan(DEFAULT_LAYOUT);

/** Applies the rule for one line to many. */
const expected = (plan: Plan, messages: string[]) => {
  const outcomes = messages.map(makeLine(plan));
  const count = (...which: string[]) => outcomes.filter(({ outcome }) => which.includes(outcome)).length;
  return {
    rows: outcomes.map(({ row }) => row).join(""),
    lines: messages.length,
    dropped: count("dropped"),
    unparsed: count("unparsed", "shortened"),
    shortened: count("shortened"),
    rawBytes: messages.reduce((sum, message) => sum + Buffer.byteLength(message.toWellFormed()), 0),
  };
};
const transformOf = (plan: Plan) => makeTransform(plan, makeDecode().messages);
const transformed = (transform: ReturnType<typeof transformOf>, envelope: string) => {
  const { records, ...counts } = transform.envelope(Buffer.from(envelope));
  return { rows: records.map(({ data }) => Buffer.from(data).toString()).join(""), ...counts };
};

const REJECT = LINE.replace("ACCEPT", "REJECT");
const NODATA = "2 123456789010 eni-1 - - - - - - - 1431280876 1431280934 - NODATA";
const ODD = [
  'he said "no" \\',
  "",
  "été",
  "\u0000",
  `{"message":"${LINE}"}`,
  '"message":"',
  "a\nb",
  `${LINE} `,
  "\ud83d",
];

describe("etl: transform of envelopes", () => {
  for (const [what, plan] of Object.entries({ "the plain plan": plain, "drops and networks": everything })) {
    it(`makes the same rows from bytes as the rule for a line does, with ${what}`, () => {
      const token = fc.oneof(
        fc.constantFrom(
          "-",
          "0",
          "2",
          "443",
          "2147483648",
          "10.0.7.9",
          "2001:db8:1::7",
          "ACCEPT",
          "REJECT",
          "NODATA",
          "x!",
        ),
        fc.string({ maxLength: 9 }),
        fc.nat().map(String),
      );
      const message = fc.oneof(
        {
          weight: 4,
          arbitrary: fc.constantFrom(LINE, REJECT, NODATA, LINE.replace("10.0.1.5", "203.0.113.9")),
        },
        {
          weight: 4,
          arbitrary: fc
            .tuple(fc.constantFrom(...LINE.split(" ").keys()), token)
            .map(([n, t]) => LINE.split(" ").with(n, t).join(" ")),
        },
        { weight: 1, arbitrary: fc.constantFrom(...ODD) },
        { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
      );
      const transform = transformOf(plan);
      fc.assert(
        fc.property(fc.array(message, { maxLength: 12 }), (messages) => {
          assert.deepEqual(
            transformed(transform, JSON.stringify(envelopeOf(messages))),
            expected(plan, messages),
          );
        }),
        { numRuns: 1000 },
      );
    });
  }

  const messages = [LINE, ...ODD, REJECT];
  const envelope = envelopeOf(messages);
  const events = envelope.logEvents;
  const written: Record<string, string> = {
    "as CloudWatch Logs does": JSON.stringify(envelope),
    "with a line feed at the end": `${JSON.stringify(envelope)}\n`,
    "over several lines": JSON.stringify(envelope, null, 2),
    "with extracted fields after the message": JSON.stringify({
      ...envelope,
      logEvents: events.map((e) => ({ ...e, extractedFields: { message: "not this", srcaddr: "1.1.1.1" } })),
    }),
    "with extracted fields before the message": JSON.stringify({
      ...envelope,
      logEvents: events.map((e) => ({ extractedFields: { message: "not this" }, ...e })),
    }),
    "with times as text": JSON.stringify({
      ...envelope,
      logEvents: events.map((e) => ({ ...e, timestamp: "1" })),
    }),
    "with numbers for ids": JSON.stringify({ ...envelope, logEvents: events.map((e, id) => ({ ...e, id })) }),
    "with short ids": JSON.stringify({
      ...envelope,
      logEvents: events.map((e, n) => ({ ...e, id: `${n}` })),
    }),
    "with ids that are words": JSON.stringify({
      ...envelope,
      logEvents: events.map((e) => ({ ...e, id: 'a","timestamp":1' })),
    }),
    "with the events first": JSON.stringify({ logEvents: events, messageType: "DATA_MESSAGE" }),
    "with more after the events": JSON.stringify({ ...envelope, policyLevel: "ACCOUNT_LEVEL" }),
    "with the events' name in a log group's": JSON.stringify({ ...envelope, logGroup: '"logEvents":[' }),
    "with every letter escaped": JSON.stringify(envelope).replaceAll("e", "\\u0065"),
  };
  for (const [what, text] of Object.entries(written)) {
    it(`reads an envelope that is written ${what}`, () => {
      assert.deepEqual(transformed(transformOf(plain), text), expected(plain, messages));
    });
  }

  it("finds no line in a control message or an empty list", () => {
    const control = JSON.stringify({ ...envelopeOf([LINE]), messageType: "CONTROL_MESSAGE" });
    for (const text of [control, JSON.stringify(envelopeOf([]))]) {
      assert.deepEqual(transformed(transformOf(plain), text), expected(plain, []));
    }
  });

  it("refuses a truncated envelope, or one with a wrong byte, rather than lose a line", () => {
    const text = JSON.stringify(envelopeOf([LINE, "odd", LINE]));
    const transform = transformOf(plain);
    for (let end = 0; end < text.length; end += 7) {
      assert.throws(
        () => transformed(transform, text.slice(0, end)),
        /not a CloudWatch Logs subscription event: /,
      );
    }
    for (const wrong of [
      text.replace("odd", "o\u0001d"),
      text.replace("odd", "o\\xd"),
      `${text}x`,
      text.replace('"}]}', '"},]}'),
    ]) {
      assert.throws(() => transformed(transform, wrong), /its envelope is not JSON/);
    }
  });

  it("fills records to near 1,000 KiB, at ends of rows, and keeps nothing of the last envelope", () => {
    const transform = transformOf(plain);
    const many = Array.from({ length: 30_000 }, (_, n) => LINE.replace(" 11 ", ` ${n + 1} `));
    for (let round = 0; round < 2; round++) {
      const { records, lines } = transform.lines(many);
      assert.equal(lines, 30_000);
      assert.ok(records.length > 4);
      for (const { data } of records) assert.equal(data.at(-1), 10);
      for (const { data } of records.slice(0, -1))
        assert.ok(data.length <= 1_024_000 && data.length > 1_023_000);
      assert.equal(
        records.reduce((sum, { rows }) => sum + rows, 0),
        30_000,
      );
      const rows = records.map(({ data }) => Buffer.from(data).toString()).join("");
      assert.equal(rows, expected(plain, many).rows);
      assert.equal(transform.lines([LINE]).records.length, 1);
    }
  });

  it("passes a row that is longer than a record to the rule, which shortens it", () => {
    const layout = parseFormat("interface-id");
    const long = "x".repeat(1_100_000);
    const { records, shortened } = transformOf(columnPlan(layout)).lines(["a", long, "b"]);
    assert.equal(shortened, 1);
    assert.ok(records.every(({ data }) => data.length <= 1_024_000));
    const rows = records
      .map(({ data }) => Buffer.from(data).toString())
      .join("")
      .trimEnd()
      .split("\n");
    assert.deepEqual([rows.length, rows[0], rows[2]], [3, '{"interface_id":"a"}', '{"interface_id":"b"}']);
  });
});

describe("etl: filters and names of networks", () => {
  const rowsOf = (plan: Plan, lines: string[]) =>
    transformOf(plan)
      .lines(lines)
      .records.flatMap(({ data }) => Buffer.from(data).toString().trimEnd().split("\n"))
      .map((row) => JSON.parse(row));

  it("leaves out NODATA, and the other action, and counts them; a line that does not fit stays", () => {
    const { records, ...counts } = transformOf(everything).lines([LINE, REJECT, NODATA, "odd REJECT NODATA"]);
    assert.deepEqual([counts.lines, counts.dropped, counts.unparsed], [4, 2, 1]);
    assert.equal(records[0].rows, 2);
  });

  it("keeps a line without an action when only one action is kept", () => {
    const plan = columnPlan(DEFAULT_LAYOUT, { drops: [{ name: "action", token: "ACCEPT" }] });
    assert.deepEqual(
      rowsOf(plan, [LINE, REJECT, NODATA]).map((row) => row.log_status),
      ["OK", "NODATA"],
    );
  });

  it("names the network of each address by the longest prefix, and names none for others", () => {
    const layout = withNetworks(layoutFrom(["dstaddr", "bytes", "srcaddr"]));
    assert.deepEqual(
      layout.columns.slice(3).map((c) => c.name),
      ["src_network", "dst_network", "unparsed"],
    );
    const plan = columnPlan(layout, { networks: packNetworks(NETWORKS) });
    assert.deepEqual(
      rowsOf(plan, ["10.0.7.9 1 10.9.9.9", "203.0.113.7 2 192.0.2.1", "- 3 2001:db8:1::5", "- - -"]),
      [
        { dstaddr: "10.0.7.9", bytes: 1, srcaddr: "10.9.9.9", src_network: "prod", dst_network: "db" },
        { dstaddr: "203.0.113.7", bytes: 2, srcaddr: "192.0.2.1", dst_network: "office" },
        { bytes: 3, srcaddr: "2001:db8:1::5", src_network: "office" },
        {},
      ],
    );
  });
});
