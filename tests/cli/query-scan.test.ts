import assert from "node:assert/strict";
import { join } from "node:path";
import { hourOf, type Partition, partitionsOf } from "../../cli/query/files";
import { scansOf, sizeOf } from "../../cli/query/scan";
import { LocalAthena } from "../../local/athena";
import { flowlogs, SAMPLES, workFolder } from "./flowlogs";

describe("flowlogs query: what it reads of a lake", () => {
  const dir = workFolder();
  const lake = join(dir, "lake");
  let athena: LocalAthena;
  let all: Partition[];
  before(async () => {
    await flowlogs(dir, ["run", join(SAMPLES, "default-v2.log")]);
    athena = await LocalAthena.open(lake);
    all = partitionsOf(lake, athena.table);
  });
  after(() => athena.close());

  /** Returns the partitions in which SQL finds rows. */
  const found = async (where: string) => {
    const { rows } = await athena.ask(
      `SELECT DISTINCT year, month, day, hour FROM flow_logs WHERE ${where} ORDER BY ALL`,
    );
    return rows.map((row) => row.join());
  };

  it("has the lake's folders as partitions, in their order", async () => {
    assert.deepEqual(
      all.map(({ values }) => values.join()),
      await found("true"),
    );
    assert.ok(all.length > 3);
    assert.deepEqual(all.map(hourOf), all.map(hourOf).sort());
  });

  const wheres = [
    "year BETWEEN '2015' AND '2016' AND year || month || day || hour BETWEEN '2015052000' AND '2016103112'",
    "hour IN ('03', '11')",
    "day LIKE '%1%' AND year > '2014' AND month <> '10'",
    "strpos(day, '1') > 0 AND month > '09'",
    "(year = '2014' OR hour = '03') AND year <> 'a)b('",
    "NOT (year = '2014')",
  ];
  for (const where of wheres) {
    it(`knows the partitions of: ${where}`, async () => {
      const [{ partitions }] = await scansOf(athena, all, `SELECT srcaddr FROM flow_logs WHERE ${where}`);
      const expected = await found(where);
      assert.ok(expected.length > 0 && expected.length < all.length);
      assert.deepEqual(
        partitions.map(({ values }) => values.join()),
        expected,
      );
    });
  }

  it("knows the columns, also those that only a condition reads, and each scan of the table", async () => {
    const filtered = "SELECT count(*) FROM flow_logs WHERE dstport = 22 AND action = 'bytes'";
    assert.deepEqual(
      (await scansOf(athena, all, filtered)).map(({ columns }) => columns),
      [["dstport", "action"]],
    );
    const twice = "SELECT a.srcaddr FROM flow_logs AS a JOIN flow_logs AS b ON a.bytes = b.packets";
    const columns = (await scansOf(athena, all, twice)).map((scan) => scan.columns.join());
    assert.deepEqual(columns.sort(), ["packets", "srcaddr,bytes"]);
  });

  it("measures files, and the chunks of the columns in them", async () => {
    const whole = await sizeOf(await scansOf(athena, all, "SELECT * FROM flow_logs"));
    const one = await sizeOf(await scansOf(athena, all, "SELECT srcaddr FROM flow_logs"));
    const none = await sizeOf(await scansOf(athena, all, "SELECT count(*) FROM flow_logs"));
    const files = all.flatMap((partition) => partition.files);
    assert.equal(
      whole.bytes,
      files.reduce((sum, { bytes }) => sum + bytes, 0),
    );
    // A file is its column chunks, its footer, and twelve bytes: the format's name at both ends, the footer's length.
    assert.equal(whole.columnBytes + whole.footerBytes + 12 * files.length, whole.bytes);
    assert.ok(one.columnBytes > 0 && one.columnBytes < whole.columnBytes / 5);
    assert.equal(none.columnBytes, 0);
  });
});
