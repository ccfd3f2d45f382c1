import assert from "node:assert/strict";
import { join } from "node:path";
import { traffic } from "../../local/traffic";
import { type Layout, parseFormat, TRANSIT_CATALOG } from "../../schema/layout";
import { ask, kept, lakesFolder, runLines } from "./lakes";

const WAYS = ["LAMBDA", "SUBSCRIPTION", "DIRECT"];

const VPC = parseFormat("recommended");
const TRANSIT = parseFormat(TRANSIT_CATALOG.presets.all.join(" "));
const SMALL = parseFormat("srcaddr dstaddr bytes");

const DAY = { seed: 7, from: Date.UTC(2026, 0, 15) / 1000, days: 1 };

/** A line of the synthetic shop with each kind of damage. */
const oddOf = (line: string): string[] => [
  line.slice(0, line.lastIndexOf(" ")),
  `${line} extra`,
  line.replace(" ", "  "),
  line.replace("eni-", 'eni-"\\/\u0001\t'),
  line.replace("eni-", "eni-é🦊\u2028\ufffd"),
  line.replace(/ \d+ 6 /, " 99999999999999999999 6 "),
  `{"message":"${line}"}`,
  `{"logEvents":[{"message":"x"}]}`,
  "{",
  "\u001f\u008b\u0008",
  "x".repeat(100_000),
];

const NODATA =
  "5 123456789010 eni-0a1b2c3d4e5f60718 - - - - - - - 1768435200 1768435259 - NODATA vpc-0 subnet-0 - - - - - - -";

/** Lines of three formats, in the order in which a file might have them. */
function* lines(): Generator<{ text: string; layout: Layout }> {
  let last = "";
  for (const text of traffic({ ...DAY, lines: 3000, layout: VPC })) {
    yield { text, layout: VPC };
    last = text;
  }
  for (const text of [...oddOf(last), NODATA]) yield { text, layout: VPC };
  for (const text of traffic({ ...DAY, lines: 500, layout: TRANSIT })) yield { text, layout: TRANSIT };
  for (const text of traffic({ ...DAY, lines: 500, layout: SMALL })) yield { text, layout: SMALL };
  yield { text: "2001:db8::1 - 18446744073709551615", layout: SMALL };
  yield { text: "2001:db8::1 2001:db8::2 9223372036854775807", layout: SMALL };
}

/** With DIRECT, a flow log wraps each line in JSON. A line that does not fit keeps its wrapper. */
const withoutWrapper = (value: unknown): unknown => {
  if (typeof value !== "string" || !value.startsWith('{"message":')) return value;
  return JSON.parse(value).message;
};

describe("local: every ingestion, on the same lines", () => {
  const dir = lakesFolder();

  let runs: Record<string, Awaited<ReturnType<typeof runLines>>>;
  before(async function () {
    this.timeout(120_000);
    runs = {};
    for (const way of WAYS) runs[way] = await runLines({ ingestion: way }, join(dir, way), lines());
  });

  it("make a row of every line, and have the same counts of the function", () => {
    const { lines: all, rows, unparsed, dropped, rawBytes } = runs.LAMBDA.totals;
    assert.equal(all, 4014);
    assert.equal(rows, all);
    assert.equal(unparsed, 11);
    for (const way of WAYS) {
      const { totals, stream } = runs[way];
      assert.deepEqual(
        { ...totals, invocations: 0 },
        { lines: all, rows, unparsed, dropped, rawBytes, failedEvents: 0, why: "", invocations: 0 },
        way,
      );
      assert.deepEqual([stream.rows, stream.failedRows, stream.failedRecords], [all, 0, 0], way);
    }
  });

  it("make the same rows, value by value, and fail no record", async () => {
    const rowsOf = async (way: string) => {
      const rows = await ask(join(dir, way), "SELECT * FROM flow_logs");
      const read = way === "DIRECT" ? rows.map((row) => row.map(withoutWrapper)) : rows;
      return read.map((row) => JSON.stringify(row)).sort();
    };
    const expected = await rowsOf("LAMBDA");
    assert.equal(expected.length, 4014);
    for (const way of WAYS) {
      assert.deepEqual(await rowsOf(way), expected, way);
      assert.deepEqual([...kept(join(dir, way), "errors"), ...kept(join(dir, way), "aws")], [], way);
    }
  });

  it("read a line by its source's format, and by no other", async () => {
    const sql = `SELECT count(tgw_id), count(interface_id), count(*) FILTER (srcaddr IS NOT NULL AND version IS NULL)
      FROM flow_logs WHERE unparsed IS NULL`;
    // Every transit-gateway line is "-" where the shop has nothing, and every one of the shop has its interface.
    for (const way of WAYS) assert.deepEqual(await ask(join(dir, way), sql), [["0", "3002", "501"]], way);
  });

  it("keep an odd line whole", async () => {
    const sql = "SELECT unparsed FROM flow_logs WHERE unparsed IS NOT NULL ORDER BY 1";
    // Two spaces between values are read as one.
    const odd = [...lines()].slice(3000, 3000 + 11).flatMap(({ text }) => (/^5 {2}/.test(text) ? [] : text));
    const expected = [...odd, "2001:db8::1 - 18446744073709551615"].sort();
    for (const way of WAYS) {
      const found = (await ask(join(dir, way), sql)).flat();
      const read = way === "DIRECT" ? found.map(withoutWrapper) : found;
      assert.deepEqual(read.sort(), expected, way);
    }
  });

  it("are declared with their resources: log group and function, log group and stream, streams alone", () => {
    const { LAMBDA, SUBSCRIPTION, DIRECT } = runs;
    assert.deepEqual(
      [LAMBDA, SUBSCRIPTION, DIRECT].map(({ isTransformed }) => isTransformed),
      [false, true, true],
    );
    assert.equal(DIRECT.stream.records, 4014);
    assert.ok(SUBSCRIPTION.stream.records < 100 && LAMBDA.stream.records < 100);
    // A stream for each format, or one function for each, but one stream for all that is subscribed.
    assert.deepEqual(
      [LAMBDA, SUBSCRIPTION, DIRECT].map(({ fits }) => fits.length),
      [3, 1, 3],
    );
    assert.deepEqual(SUBSCRIPTION.fits[0].formats.sort(), [VPC, TRANSIT, SMALL].map((l) => l.format).sort());
  });
});
