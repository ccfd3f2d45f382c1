import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { MACROS } from "../../local/athena/dialect/macros";
import { duckdbType, identifier } from "../../local/firehose/convert";
import { parseQuery, type SavedQuery, savedQueries } from "../../queries";
import { SCHEDULED_TIME } from "../../queries/scheduled";
import { viewsOf } from "../../queries/views";
import { FIELD_BY_NAME, LABELS } from "../../schema/fields";
import { layoutFrom } from "../../schema/layout";
import { TRANSIT_FIELDS } from "../../schema/transit";
import { REFUSALS, refusals } from "./forms";
import { argumentsOf, parameterClauses, readsOf } from "./tree";
import { parseTrino } from "./trino";

const PARTITIONS = ["year", "month", "day", "hour"].map((name) => ({ name, type: "string" as const }));
/** Athena's hidden column of every table. */
const FILE_TIME = `"$file_modified_time" TIMESTAMPTZ`;
const COLUMNS = [
  ...layoutFrom(["all"]).columns,
  ...TRANSIT_FIELDS.filter(({ name }) => !FIELD_BY_NAME.has(name)).map(({ column, type }) => ({
    name: column,
    type,
  })),
  ...LABELS.map(({ column, type }) => ({ name: column, type })),
  ...PARTITIONS,
];

/** The parameters of a query that stand once, and in a WHERE clause: each is made the only `?`, and the tree says where. */
const bindable = ({ name, group, parameters }: SavedQuery) => {
  const source = readFileSync(join(__dirname, "../../queries", group, `${name}.sql`), "utf8");
  const clauses = (parameter: string) => {
    const header = `-- prepared: ${parameter}\n${source.replace(/^-- prepared: .*\n/m, "")}`;
    return parameterClauses(parseTrino(parseQuery(name, header, group).prepared.text).tree);
  };
  const own = parameters
    .map((parameter) => parameter.name)
    .filter((each) => source.includes(`-- parameter: ${each} `));
  return own.filter((parameter) => clauses(parameter).join() === "WHERE");
};

/** The SQL of a run in the state machine's input. */
const scheduledOf = (query: SavedQuery) =>
  query.scheduled(1).replaceAll(SCHEDULED_TIME, "2026-01-15T10:15:00Z");

describe("query: the SQL, by the statement around it", () => {
  let db: DuckDBConnection;
  before(async () => {
    db = await (await DuckDBInstance.create()).connect();
    await db.run("SET TimeZone = 'UTC'");
    for (const definition of MACROS) await db.run(`CREATE MACRO ${definition}`);
    await db.run(
      `CREATE TABLE flow_logs (${[...COLUMNS.map((c) => `${identifier(c.name)} ${duckdbType(c)}`), FILE_TIME]})`,
    );
  });
  after(() => db.closeSync());

  for (const query of savedQueries()) {
    it(`${query.name}: UNLOAD takes the types and the names of its columns`, async () =>
      assert.deepEqual(await refusals(db, "UNLOAD", scheduledOf(query)), []));

    it(`${query.name}: prepared, has ? in WHERE alone, for each parameter that stands there once and nowhere else`, async () => {
      assert.deepEqual(await refusals(db, "prepared", query.prepared.text), []);
      assert.deepEqual([...query.prepared.parameters].sort(), bindable(query).sort());
    });

    it(`${query.name}: reads the table once, also if named queries are inlined`, () =>
      assert.equal(readsOf(parseTrino(query.text).tree, "flow_logs"), 1));

    it(`${query.name}: names the zone in every conversion of seconds to a time`, () =>
      assert.ok(argumentsOf(parseTrino(query.text).tree, "from_unixtime").every((count) => count === 2)));
  }

  for (const { name, sql } of viewsOf("flow_logs", COLUMNS))
    it(`${name}: a view takes the types and the names of its columns`, async () =>
      assert.deepEqual(await refusals(db, "view", sql), []));

  for (const { what, forms, sql, message, source } of REFUSALS)
    for (const form of forms)
      it(`${form} refuses ${what} (${source})`, async () =>
        assert.match((await refusals(db, form, sql)).join("\n"), message));

  const functions: Record<string, string> = {
    "from_unixtime(3600)": "1970-01-01 01:00:00+00",
    "from_unixtime(3600, 'UTC')": "1970-01-01 01:00:00+00",
    "date_format(from_unixtime(3600, 'UTC'), '%Y%m%d%H')": "1970010101",
    "date_add('second', -1, TIMESTAMP '1970-01-01 00:00:00.000')": "1969-12-31 23:59:59",
    "date_add('hour', 25, TIMESTAMP '1970-01-01 00:00:00.000')": "1970-01-02 01:00:00",
    "date_add('month', 1, TIMESTAMP '2024-01-31 00:00:00.000')": "2024-02-29 00:00:00",
    "date_add('year', 1, TIMESTAMP '2024-02-29 00:00:00.000')": "2025-02-28 00:00:00",
  };
  for (const [call, text] of Object.entries(functions))
    it(`a local lake answers as Trino's documents say: ${call}`, async () => {
      const [[value]] = (await db.runAndReadAll(`SELECT CAST(${call} AS varchar)`)).getRows();
      assert.equal(value, text);
    });

  it("a local lake refuses an unknown zone and an unknown unit", async () => {
    await assert.rejects(db.run("SELECT from_unixtime(0, 'Asia/Tokyo')"), /knows the zone UTC only/);
    await assert.rejects(db.run("SELECT date_add('fortnight', 1, now())"), /knows no such unit/);
  });
});
