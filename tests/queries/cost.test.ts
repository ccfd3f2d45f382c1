import assert from "node:assert/strict";
import { join } from "node:path";
import { type Partition, partitionsOf } from "../../cli/query/files";
import { scansOf, sizeOf } from "../../cli/query/scan";
import { LocalAthena } from "../../local/athena";
import { missingFields, savedQueries } from "../../queries";
import { GIB, readingOf, runsOf, SCAN, shareOf, usdOf } from "../../queries/cost";
import { SCHEDULED_TIME } from "../../queries/scheduled";
import { layoutOfColumns } from "../../schema/layout";
import { flowlogs, workFolder } from "../cli/flowlogs";

/** A folder for each hour of some weeks. */
const hoursUpTo = (last: number): Partition[] =>
  Array.from({ length: 24 * 40 }, (_, ago) => new Date((last - ago * 3600) * 1000).toISOString()).map(
    (text) => ({
      values: [text.slice(0, 4), text.slice(5, 7), text.slice(8, 10), text.slice(11, 13)],
      files: [],
    }),
  );

const named = (name: string) => savedQueries().find((query) => query.name === name) ?? assert.fail();

describe("query: a scheduled query", () => {
  const dir = workFolder();
  const lake = join(dir, "lake");
  let athena: LocalAthena;
  let columns: string[];

  before(async function () {
    this.timeout(180_000);
    const { stdout } = await flowlogs(dir, ["traffic", "--lines", "200000", "--format", "all", "--header"]);
    await flowlogs(dir, ["run", "-"], stdout);
    athena = await LocalAthena.open(lake);
    columns = athena.table.columns.map(({ name }) => name);
  });
  after(() => athena.close());

  const answerable = () =>
    savedQueries().filter((query) => missingFields(query, layoutOfColumns(columns)).length === 0);

  it("reads the share of its columns in a run's Parquet", async () => {
    const partitions = partitionsOf(lake, athena.table);
    const all = await sizeOf(await scansOf(athena, partitions, "SELECT * FROM flow_logs"));
    assert.ok(answerable().length > 30);
    for (const query of answerable()) {
      // If the window excludes nothing by the files' statistics, DuckDB does not read the column start.
      const sql = query.withValues({
        from: Date.UTC(2026, 0, 15, 0, 9) / 1000,
        to: Date.UTC(2026, 0, 15, 23, 51) / 1000,
      });
      // DuckDB may read the table twice for a window over a partition; Trino does not.
      const scans = await scansOf(athena, partitions, sql);
      // DuckDB reads nothing if statistics show that no line is unparsed.
      if (scans.length === 0) continue;
      const read = [...new Set(scans.flatMap((scan) => scan.columns))];
      const { columnBytes } = await sizeOf([{ columns: read, partitions: scans[0].partitions }]);
      const more = shareOf(query, columns) - columnBytes / all.columnBytes;
      // DuckDB reads less if statistics show that a column has no NULL.
      assert.ok(more > -0.01 && more < 0.08, `${query.name}: ${more}`);
    }
  });

  it("reads as many hours as the conditions of the scheduled SQL select", async () => {
    const timed = await LocalAthena.open(lake, undefined, true);
    const queries = ["top-talkers", "rows-per-partition", "exfiltration"].map(named);
    for (const everyHours of [1, 6, 24])
      for (const query of queries)
        for (const [n, { perDay, hours }] of runsOf(query, everyHours).entries()) {
          const due = Date.UTC(2026, 10, 28, n === 0 ? 0 : 12) / 1000;
          const scheduled = new Date((due + 900) * 1000).toISOString();
          const sql = query.scheduled(everyHours).replaceAll(SCHEDULED_TIME, scheduled);
          if (perDay === 0) continue;
          const [{ partitions }] = await scansOf(timed, hoursUpTo(due + 7200), sql);
          assert.equal(partitions.length, hours, `${query.name} every ${everyHours} hours, run ${n}`);
        }
    timed.close();
  });

  it("costs the bytes of a month's runs, at least 10 MB for each run", () => {
    assert.equal(usdOf(2e12), 10);
    assert.equal(usdOf(1), usdOf(SCAN.leastBytes));
    const query = { ...named("exfiltration"), fields: ["bytes"] };
    const only = { columns: ["bytes"], bytesPerDay: 24e9 };
    const { bytesPerRun, usdPerMonth } = readingOf(query, { ...only, everyHours: 24 });
    assert.equal(bytesPerRun, (51 + 7 * 24) * 1e9);
    assert.equal(usdPerMonth.toFixed(6), ((219e9 / 1e12) * 5 * (365 / 12)).toFixed(6));
    const least = readingOf(query, { ...only, bytesPerDay: 1, everyHours: 1 });
    assert.equal(least.usdPerMonth.toFixed(6), (usdOf(0) * 730).toFixed(6));
  });

  it("costs at most a tenth for a query with a history that runs daily instead of hourly", () => {
    const of = (everyHours: number) =>
      readingOf(named("exfiltration"), { columns, bytesPerDay: GIB, everyHours }).usdPerMonth;
    assert.ok(of(24) < of(1) / 10);
  });
});
