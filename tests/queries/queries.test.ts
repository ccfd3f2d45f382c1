import assert from "node:assert/strict";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { MACROS } from "../../local/athena/dialect/macros";
import { duckdbType, identifier } from "../../local/firehose/convert";
import { missingFields, parseQuery, type SavedQuery, savedQueries, tableOf } from "../../queries";
import { type Column, type Layout, layoutFrom, layoutOfColumns } from "../../schema/layout";

const PARTITIONS = ["year", "month", "day", "hour"];

const connect = async (): Promise<DuckDBConnection> => {
  const db = await (await DuckDBInstance.create()).connect();
  await db.run("SET TimeZone = 'UTC'");
  for (const definition of MACROS) await db.run(`CREATE MACRO ${definition}`);
  return db;
};

/** A layout with these fields and columns of networks; with one of each kind at least, as a layout has. */
const layoutWith = (names: string[]): Layout => {
  const columns = names.map((name) => name.replaceAll("-", "_"));
  const layout = layoutOfColumns(columns);
  return layout.fields.length > 0 ? layout : layoutOfColumns([...columns, "version"]);
};

const columnsOf = (names: string[]): Column[] => [...layoutWith(names).columns];

/** A query of a table that has these fields. */
const queryOf = ({ name }: SavedQuery, fields: string[]): SavedQuery =>
  savedQueries(tableOf(layoutWith(fields))).find((query) => query.name === name) ?? assert.fail();

/** An empty table with these columns and the partition columns. */
const createTable = (db: DuckDBConnection, columns: readonly Column[]) => {
  const declared = columns.map((column) => `${identifier(column.name)} ${duckdbType(column)}`);
  const partitions = PARTITIONS.map((name) => `${name} VARCHAR`);
  return db.run(`CREATE OR REPLACE TABLE flow_logs (${[...declared, ...partitions].join(", ")})`);
};

describe("query: saved queries", () => {
  let db: DuckDBConnection;
  before(async () => {
    db = await connect();
  });
  after(() => db.closeSync());

  it("are at least these, each with a title and a question", () => {
    const queries = savedQueries();
    const names = queries.map((query) => query.name);
    for (const name of ["top-talkers", "rejected-by-port", "traffic-per-minute", "bytes-by-interface"]) {
      assert.ok(names.includes(name), name);
    }
    assert.ok(names.length >= 6);
    for (const query of queries) assert.match(query.question, /\?/);
  });

  for (const query of savedQueries()) {
    it(`${query.name}: runs as it is saved, on a table with only the fields that it declares`, async () => {
      await createTable(db, columnsOf(query.fields));
      const { columnCount } = await db.run(queryOf(query, query.fields).text);
      assert.ok(columnCount > 1);
    });

    it(`${query.name}: runs with all optional fields, and without each of them`, async () => {
      const optional = query.reads.filter((name) => !query.fields.includes(name));
      for (const left of ["", ...optional]) {
        const fields = query.reads.filter((name) => name !== left);
        await createTable(db, columnsOf(fields));
        const fitted = queryOf(query, fields);
        await db.run(fitted.text);
        assert.deepEqual(
          fitted.reads.filter((name) => !fields.includes(name)),
          [],
        );
      }
    });

    it(`${query.name}: needs every field that it declares`, async () => {
      for (const field of query.fields) {
        const others = query.fields.filter((name) => name !== field);
        await createTable(db, columnsOf(others));
        await assert.rejects(
          db.run(queryOf(query, query.fields).text),
          /Binder Error/,
          `it runs without ${field}`,
        );
        assert.deepEqual(missingFields(query, layoutWith(others)), [field]);
      }
    });

    it(`${query.name}: takes a value for every parameter`, async () => {
      await createTable(db, columnsOf(query.reads));
      const text = (name: string) => (name === "inside" ? "10.1.0.0/16, 2600:1f18::/56" : "it's; -- :rows");
      const values = Object.fromEntries(
        query.parameters.map((p) => [p.name, p.default.startsWith("'") ? text(p.name) : 7]),
      );
      await db.run(query.withValues(values));
    });
  }

  it("have a history if they read days before the window, and then run daily", () => {
    const daily = savedQueries().filter(({ everyHours }) => everyHours === 24);
    assert.deepEqual(
      daily.map(({ name, historyDays }) => [name, historyDays]),
      [
        ["traffic-spikes", 7],
        ["exfiltration", 7],
        ["new-talkers", 7],
        ["unusual-ports", 7],
      ],
    );
    for (const { name, historyDays, withValues } of savedQueries()) {
      const sql = withValues({ from: 10 * 86_400, to: 11 * 86_400 });
      assert.equal(/- [1-9]\d* \* 86400/.test(sql), historyDays > 0, name);
    }
  });

  it("answer for the window only, and read no other partition", async () => {
    await createTable(db, layoutFrom(["recommended"]).columns);
    const insert = (start: number, hour: string) =>
      db.run(`INSERT INTO flow_logs (start, interface_id, srcaddr, dstaddr, bytes, packets, year, month, day, hour)
        VALUES (${start}, 'eni-${hour}', '10.0.0.${hour}', '10.0.0.99', 1, 1, '2026', '03', '04', '${hour}')`);
    const at = (hour: number) => Date.UTC(2026, 2, 4, hour) / 1000;
    await insert(at(5), "05"); // on time
    await insert(at(6) + 1800, "07"); // within the allowance
    await insert(at(6) + 1900, "08"); // later than the allowance
    await insert(at(7), "07"); // after the window
    await insert(at(4), "05"); // before the window
    const [topTalkers] = savedQueries(tableOf(layoutFrom(["recommended"]))).filter(
      (query) => query.name === "top-talkers",
    );
    const sources = async (late: number) => {
      const sql = topTalkers.withValues({ from: at(5), to: at(7), late });
      return (await db.runAndReadAll(sql)).getRows().map(([srcaddr]) => srcaddr);
    };
    assert.deepEqual(await sources(0), ["10.0.0.05", "10.0.0.07"]);
    assert.deepEqual(await sources(1), ["10.0.0.05", "10.0.0.07", "10.0.0.08"]);
  });
});

describe("query: the header of a saved query", () => {
  const good =
    "-- title: A\n-- question: B?\n-- fields: srcaddr\n-- parameter: rows = 5; how many\nSELECT :rows";

  it("has the defaults, and quotes a text in their place", () => {
    const query = parseQuery("q", good, "traffic");
    assert.equal(query.text, "-- A: B?\nSELECT 5");
    assert.equal(query.withValues({ rows: "x'; DROP" }), "-- A: B?\nSELECT 'x''; DROP'");
  });

  const broken: Record<string, [source: string, message: RegExp]> = {
    "no title": [good.replace("-- title: A\n", ""), /query q has no "-- title:" line/],
    "a parameter without a meaning": [
      good.replace("; how many", ""),
      /is not of the form "name = default; meaning"/,
    ],
    "a parameter that nobody declared": [
      good.replace(":rows", ":row"),
      /uses :row, which its header does not declare/,
    ],
  };
  for (const [what, [source, message]] of Object.entries(broken)) {
    it(`is refused with ${what}`, () => assert.throws(() => parseQuery("q", source, "traffic"), { message }));
  }
});
