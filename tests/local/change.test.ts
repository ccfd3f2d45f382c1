import assert from "node:assert/strict";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Layout, layoutFrom } from "../../schema/layout";
import { ask, kept, lakesFolder, runLines } from "./lakes";

// Two formats with as many fields of the same types, so that a line does not show its format.
const OLD = ["srcaddr", "dstaddr", "packets", "bytes", "start"];
const NEW = ["dstaddr", "srcaddr", "bytes", "packets", "end"];
const TIME = 1768435200;

/** The address by which a line says who wrote it. */
const WRITERS = { before: "10.1.0.1", late: "10.1.0.2", new: "10.1.0.3" };

/** Lines of a format with an address for their origin, in which every value identifies its field. */
const linesOf = (names: string[], who: keyof typeof WRITERS, from: number) => {
  const values = (n: number): Record<string, string> => ({
    srcaddr: `2001:db8::${n}`,
    dstaddr: WRITERS[who],
    packets: String(n),
    bytes: String(n * 1000),
    start: String(TIME + n),
    end: String(TIME + n),
  });
  const layout: Layout = layoutFrom(names);
  return Array.from({ length: 100 }, (_, i) => ({
    text: names.map((name) => values(from + i)[name]).join(" "),
    layout,
  }));
};

const BEFORE = linesOf(OLD, "before", 1);
const LATE = linesOf(OLD, "late", 101);
const FRESH = linesOf(NEW, "new", 201);

describe("local: a change of fields while lines are under way", () => {
  const dir = lakesFolder();
  /** Counts the rows of each origin, and checks that each value is in its column. */
  const rows = (lake: string) =>
    ask(
      join(dir, lake),
      `SELECT dstaddr, count(*), bool_and(bytes = 1000 * packets AND srcaddr = '2001:db8::' || packets),
       count(unparsed), ${lake.endsWith("-known") ? `count(start), count("end")` : `0, count("end")`}
       FROM flow_logs GROUP BY dstaddr ORDER BY dstaddr`,
    );

  for (const way of ["LAMBDA", "SUBSCRIPTION", "DIRECT"]) {
    it(`${way}: old and new lines are each read in their format, and columns that a line lacks are NULL`, async () => {
      const lake = `${way}-known`;
      const at = join(dir, lake);
      await runLines({ ingestion: way, fields: OLD.join(" ") }, at, BEFORE);
      const changed = { ingestion: way, fields: NEW.join(" "), previousFields: JSON.stringify([OLD]) };
      const { totals, stream } = await runLines(changed, at, [...LATE, ...FRESH, ...LATE]);
      assert.deepEqual([totals.failedEvents, stream.failedRecords, stream.rows], [0, 0, 300]);
      assert.deepEqual(await rows(lake), [
        [WRITERS.before, "100", true, "0", "100", "0"],
        [WRITERS.late, "200", true, "0", "200", "0"],
        [WRITERS.new, "100", true, "0", "0", "100"],
      ]);
    });

    it(`${way}: lines of a format that the stack no longer has are kept unread`, async () => {
      const lake = `${way}-unknown`;
      const at = join(dir, lake);
      await runLines({ ingestion: way, fields: OLD.join(" ") }, at, BEFORE);
      const changed = { ingestion: way, fields: NEW.join(" ") };
      const { totals, stream } = await runLines(changed, at, [...LATE, ...FRESH]);
      assert.match(String(totals.why), /another format than the stack has; name it in previousFields/);
      assert.equal(stream.rows, 100);
      assert.deepEqual(await rows(lake), [
        [WRITERS.before, "100", true, "0", 0, "0"],
        [WRITERS.new, "100", true, "0", 0, "100"],
      ]);
      const events = kept(at, "aws/lambda/async").map((e) => e.requestPayload.awslogs.data);
      const records = kept(at, "errors/processing-failed").map((e) => e.rawData);
      assert.equal(events.length === 0, way !== "LAMBDA");
      const texts = [...events, ...records].map((base64) => {
        const bytes = Buffer.from(base64, "base64");
        const value = JSON.parse(String(way === "DIRECT" ? bytes : gunzipSync(bytes)));
        return value.logEvents ?? [value];
      });
      const lines = texts.flat().map(({ message }) => message);
      assert.deepEqual(
        lines,
        LATE.map(({ text }) => text),
      );
    });
  }
});
