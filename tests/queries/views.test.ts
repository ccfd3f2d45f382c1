import assert from "node:assert/strict";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { MACROS } from "../../local/athena/dialect/macros";
import { duckdbType, identifier } from "../../local/firehose/convert";
import { viewNames, viewsOf } from "../../queries/views";
import { layoutFrom } from "../../schema/layout";
import { child, graph } from "../components/graph";

const PARTITIONS = ["year", "month", "day", "hour"].map((name) => ({
  name,
  type: "string" as const,
  comment: name,
}));

describe("query: views", () => {
  const columns = [...layoutFrom(["recommended"]).columns, ...PARTITIONS];
  let db: DuckDBConnection;

  before(async () => {
    db = await (await DuckDBInstance.create()).connect();
    await db.run("SET TimeZone = 'UTC'");
    for (const definition of MACROS) await db.run(`CREATE MACRO ${definition}`);
    await db.run(`CREATE TABLE flow_logs (${columns.map((c) => `${identifier(c.name)} ${duckdbType(c)}`)})`);
    for (const { name, sql } of viewsOf("flow_logs", columns)) await db.run(`CREATE VIEW ${name} AS ${sql}`);
    const row = `INSERT INTO flow_logs (srcaddr, srcport, dstport, protocol, tcp_flags, start, "end", hour) VALUES`;
    await db.run(`${row} ('10.0.0.1', 40000, 443, 6, 18, 1732244410, 1732244469, '03')`);
    await db.run(`${row} ('10.0.0.1', 40000, 443, 6, 18, 1732244410, 1732244469, '03')`);
    await db.run(`${row} ('10.0.0.1', 40000, 443, 6, 18, 1732244410, 1732244469, '04')`);
    await db.run(`${row} ('10.0.0.2', 53, 40000, 99, 0, 1732244410, 1732244469, '04')`);
    await db.run(`${row} (NULL, NULL, NULL, NULL, NULL, NULL, NULL, '04')`);
  });
  after(() => db.closeSync());

  const ask = async (sql: string) => (await db.runAndReadAll(sql)).getRowsJson();

  it("sort after the table by name, so that tools that take a database's first table take the table", () => {
    assert.deepEqual([...viewNames("flow_logs"), "flow_logs"].sort()[0], "flow_logs");
  });

  it("say times, and protocols, flags and services by name; what has no name keeps its number", async () => {
    const added = "started, ended, protocol_name, tcp_flag_names, service";
    assert.deepEqual(await ask(`SELECT DISTINCT ${added} FROM flow_logs_readable ORDER BY protocol_name`), [
      ["2024-11-22 03:00:10", "2024-11-22 03:01:09", "99", "", "DNS"],
      ["2024-11-22 03:00:10", "2024-11-22 03:01:09", "TCP", "SYN ACK", "HTTPS"],
      [null, null, null, null, null],
    ]);
  });

  it("have the day of arrival as a date, which compares as one and as AWS's documentation does not", async () => {
    await db.run(
      "CREATE TABLE days AS SELECT * REPLACE ('2026' AS year, '01' AS month, '15' AS day) FROM flow_logs",
    );
    const readable = viewsOf("days", columns).find(({ name }) => name === "days_readable") ?? assert.fail();
    const count = async (where: string) =>
      (await ask(`SELECT count(*) FROM (${readable.sql}) AS readable WHERE ${where}`))[0][0];
    assert.equal(await count(`"date" >= DATE '2026-01-15'`), "5");
    assert.equal(await count(`"date" >= DATE '2026-01-16'`), "0");
    assert.equal(await count("day >= '2026/01/15'"), "0");
    assert.equal(readable.columns.find(({ name }) => name === "date")?.type, "date");
  });

  it("leave out a row that arrived twice in an hour, and nothing else", async () => {
    assert.deepEqual(await ask("SELECT count(*) FROM flow_logs_distinct"), [["4"]]);
    assert.deepEqual(await ask("SELECT count(*) FROM flow_logs_readable"), [["5"]]);
  });

  it("have what their fields allow and no more", async () => {
    const [, readable] = viewsOf("flow_logs", [...layoutFrom(["start"]).columns]);
    assert.deepEqual(
      readable.columns.map(({ name }) => name),
      ["start", "unparsed", "started"],
    );
  });

  it("are in Glue as Athena writes them: the same columns, in its names of types", async () => {
    const dev = await graph("dev");
    for (const name of ["flows-view-flow-logs-distinct", "flows-view-flow-logs-readable"]) {
      const { inputs } = child(dev, name);
      const [, base64] = /^\/\* Presto View: ([A-Za-z0-9+/=]+) \*\/$/.exec(inputs.viewOriginalText) ?? [];
      const view = JSON.parse(Buffer.from(base64, "base64").toString());
      assert.equal(view.schema, child(dev, "flows-database").state.name);
      const hive = inputs.storageDescriptor.columns as { name: string; type: string }[];
      const types: Record<string, string> = { int: "integer", string: "varchar", timestamp: "timestamp(3)" };
      assert.deepEqual(
        view.columns,
        hive.map(({ name: column, type }) => ({ name: column, type: types[type] ?? type })),
      );
      assert.ok(inputs.name > "flow_logs");
    }
  });
});
