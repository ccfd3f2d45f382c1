import assert from "node:assert/strict";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { MACROS } from "../../local/athena/dialect/macros";
import { translated } from "../../local/athena/dialect/translate";
import { duckdbType, identifier } from "../../local/firehose/convert";
import { viewNames, viewsOf } from "../../queries/views";
import { layoutFrom } from "../../schema/layout";
import { child, graph } from "../components/graph";
import { parseTrino } from "./trino";

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

  it("sort after the table by name, so that tools that open a database's first table open the table", () => {
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

  it("have the day of arrival as a DATE, which compares as a date, unlike that of AWS's documentation", async () => {
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

  it("leave out the second of equal rows of an hour, and nothing else", async () => {
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
    for (const name of ["distinct", "readable", "compat"].map((view) => `flows-view-flow-logs-${view}`)) {
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

  /** Statements in the shape of published ones, each with the view or table that it reads. */
  const FOREIGN: Record<string, string> = {
    "AWS's guide, columns in full": `SELECT interface_id, numpackets, sourceaddress, destinationaddress, action FROM flow_logs_compat
      WHERE action = 'REJECT' AND protocol = 6 LIMIT 100`,
    "AWS's guide, by day of the week": `SELECT day_of_week("date") AS day, "date", interfaceid, sourceaddress, sourceport, action
      FROM flow_logs_compat WHERE action = 'REJECT' AND "date" > DATE '2026-01-01'`,
    "AWS's guide, the busiest servers": `SELECT sum(numpackets) AS packetcount, destinationaddress FROM flow_logs_compat
      WHERE destinationport = 443 AND "date" > current_date - INTERVAL '7' DAY GROUP BY destinationaddress ORDER BY packetcount DESC LIMIT 10`,
    "a security bootstrap, times as numbers": `SELECT from_unixtime(starttime), from_unixtime(endtime), account, logstatus, numbytes
      FROM flow_logs_compat WHERE year = '2026' AND month = '01' AND sourceport = 22`,
    "Tailpipe's table, calls that were rejected": `SELECT start_time, src_addr, dst_addr, src_port, dst_port, protocol, action
      FROM flow_logs_compat WHERE action = 'REJECT' AND dst_port NOT IN (22, 80, 443) ORDER BY start_time DESC`,
    "Grafana's dashboard, a table": `SELECT srcaddr, dstaddr, account_id, action, protocol, bytes, log_status FROM flow_logs
      WHERE srcport = CAST(replace(replace('HTTPS', 'HTTPS', '443'), 'HTTP', '80') AS integer)
      AND start >= 1732244400 AND start <= 1732245000 ORDER BY start`,
    "Grafana's dashboard, a graph": `SELECT floor(start / 60) * 60, sum(bytes), action FROM flow_logs
      WHERE dstport = CAST('443' AS integer) AND start BETWEEN 1732244400 AND 1732245000 GROUP BY start, action ORDER BY start ASC`,
  };
  for (const [what, sql] of Object.entries(FOREIGN))
    it(`answer a statement in the shape of ${what}`, async () => {
      assert.deepEqual(parseTrino(sql).errors, []);
      await db.run(await translated(db, sql));
    });

  it("have each column under its published names, and no name twice", async () => {
    const compat =
      viewsOf("flow_logs", columns).find(({ name }) => name === "flow_logs_compat") ?? assert.fail();
    const names = compat.columns.map(({ name }) => name);
    assert.deepEqual([...new Set(names)], names);
    const pairs =
      "srcaddr = sourceaddress AND srcaddr = src_addr AND dstport = destinationport AND start = starttime";
    assert.deepEqual(
      await ask(`SELECT count(*) FROM flow_logs_compat WHERE ${pairs} AND tcp_flags = tcpflags`),
      [["4"]],
    );
    await db.run("UPDATE flow_logs SET dstaddr = '10.0.0.9'");
    assert.deepEqual(
      await ask(`SELECT count(*) FROM flow_logs_compat WHERE srcaddr = src_addr AND tcpflags = tcp_flags AND dst_addr = '10.0.0.9'
        AND starttime = start AND start_time = from_unixtime(start, 'UTC')`),
      [["4"]],
    );
  });
});
