import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { load, open } from "../../bench/detections/measure";
import { duckdbType } from "../../local/firehose/convert";
import { traffic } from "../../local/traffic";
import { ATTACK_KINDS, plant } from "../../local/traffic/attacks";
import { type ParameterValue, type SavedQuery, savedQueries } from "../../queries";
import { FIELD_BY_NAME } from "../../schema/fields";
import { layoutFrom } from "../../schema/layout";
import { TRANSIT_FIELDS } from "../../schema/transit";

const DAY = 86_400;
const TRAFFIC = { lines: 12_000, days: 3, from: Date.UTC(2026, 0, 15) / 1000, seed: 1 };
const LAYOUT = layoutFrom(["all"]);

/** Queries that show no row of this traffic at their defaults. */
const SILENT = [
  ...["listed-address", "other-resolvers", "skipped-windows", "unparsed-lines"],
  ...["transit-gateway-losses", "transit-gateway-pairs", "unusual-protocols"],
];

const ordinary = ({ default: value }: { default: string }): ParameterValue =>
  value.startsWith("'") ? value.slice(1, -1) : Number(value);

describe("query: prepared statements", () => {
  const folder = mkdtempSync(join(tmpdir(), "prepared-"));
  let db: DuckDBConnection;
  let listed: string;

  before(async () => {
    const attacks = plant({ ...TRAFFIC, attacks: Object.keys(ATTACK_KINDS) });
    db = await open();
    const lines = traffic({ ...TRAFFIC, layout: LAYOUT, attacks });
    await load({ db, folder, again: 50 }, "flow_logs", lines, LAYOUT);
    await db.run(`ALTER TABLE flow_logs ADD COLUMN unparsed VARCHAR`);
    for (const { column, type } of TRANSIT_FIELDS.filter(({ name }) => !FIELD_BY_NAME.has(name)))
      await db.run(`ALTER TABLE flow_logs ADD COLUMN ${column} ${duckdbType({ name: column, type })}`);
    for (const [label, address] of [
      ["src_network", "srcaddr"],
      ["dst_network", "dstaddr"],
    ])
      await db.run(
        `ALTER TABLE flow_logs ADD COLUMN ${label} VARCHAR; UPDATE flow_logs SET ${label} = substr(${address}, 1, 5)`,
      );
    // now() is the end of the last day.
    await db.run(`CREATE MACRO now() AS to_timestamp(${TRAFFIC.from + TRAFFIC.days * DAY})`);
    // DuckDB replaces a window over a partition by a join of the table with itself where that is faster. Trino does not.
    await db.run("SET disabled_optimizers = 'window_self_join'");
    listed = attacks.flatMap(({ truth }) => truth.targets).join(",");
  });
  after(() => {
    db.closeSync();
    rmSync(folder, { recursive: true });
  });

  const rowsOf = async (sql: string, values: ParameterValue[] = []) => {
    const statement = await db.prepare(sql);
    statement.bind(values);
    const reader = await statement.runAndReadAll();
    return { columns: reader.columnNames(), types: reader.columnTypes().map(String), rows: reader.getRows() };
  };

  /** Other values than the defaults: half of each number, and planted addresses. */
  const others = ({ parameters, prepared }: SavedQuery): Record<string, ParameterValue> =>
    Object.fromEntries(
      parameters
        .filter(({ name }) => prepared.parameters.includes(name))
        .map((parameter) => {
          const value = ordinary(parameter);
          if (typeof value === "number")
            return [parameter.name, Number.isInteger(value) ? value / 2 : value * 2];
          return [parameter.name, parameter.name === "address" ? listed.split(",")[0] : listed];
        }),
    );

  for (const query of savedQueries()) {
    const { name, text, parameters, prepared, withValues } = query;

    it(`${name}: answers as the saved query does, if it is given the defaults`, async () => {
      const defaults = prepared.parameters.map((each) =>
        ordinary(parameters.find((p) => p.name === each) ?? assert.fail()),
      );
      const expected = await rowsOf(text);
      assert.equal(expected.rows.length > 0, !SILENT.includes(name), `${expected.rows.length} rows`);
      assert.deepEqual(await rowsOf(prepared.text, defaults), expected);
    });

    if (prepared.parameters.length > 0)
      it(`${name}: answers as the saved query does with other values`, async () => {
        const values = others(query);
        const inOrder = prepared.parameters.map((each) => values[each]);
        assert.deepEqual(await rowsOf(prepared.text, inOrder), await rowsOf(withValues(values)));
      });

    it(`${name}: reads the table once by DuckDB's plan, or not at all if nothing can match`, async () => {
      const [[, plan]] = (await db.runAndReadAll(`EXPLAIN (FORMAT JSON) ${text}`)).getRows();
      const reads = String(plan).match(/"Table": "[\w.]*flow_logs"/g)?.length ?? 0;
      assert.ok(reads === 1 || (reads === 0 && SILENT.includes(name)), `${reads} reads`);
    });
  }
});
