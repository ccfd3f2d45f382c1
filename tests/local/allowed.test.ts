import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { LocalAthena, QueryError } from "../../local/athena";

const TABLE = JSON.stringify({
  name: "flow_logs",
  columns: [{ name: "srcaddr", type: "string" }],
  partitionKeys: [{ name: "year", type: "string" }],
  template: "flow-logs/year=$" + "{year}",
});

const refusedAs = (pattern: RegExp) => (error: Error) =>
  error instanceof QueryError && pattern.test(error.message);

describe("functions that a query calls", () => {
  const lake = mkdtempSync(join(tmpdir(), "allowed-"));
  let athena: LocalAthena;
  before(async () => {
    writeFileSync(join(lake, "table.json"), TABLE);
    athena = await LocalAthena.open(lake);
  });
  after(() => {
    athena.close();
    rmSync(lake, { recursive: true });
  });
  afterEach(() => {
    assert.deepEqual(readdirSync(lake), ["table.json"]);
    assert.equal(readFileSync(join(lake, "table.json"), "utf8"), TABLE);
  });

  /** A call that overwrites the table's definition, in each place where SQL has room for one. */
  const call = `enable_logging(storage = 'file', storage_path = '${join(lake, "table.json")}')`;
  const PLACES: Record<string, string> = {
    "in FROM": `SELECT * FROM ${call}`,
    "before SELECT": `FROM ${call}`,
    "in a subquery": `SELECT (SELECT count(*) FROM ${call})`,
    "in EXISTS": `SELECT 1 WHERE EXISTS (FROM ${call})`,
    "in a named query": `WITH a AS (SELECT * FROM ${call}) SELECT 1`,
    "in a named query that is materialized": `WITH a AS MATERIALIZED (FROM ${call}) SELECT * FROM a`,
    "in a join": `SELECT * FROM flow_logs, LATERAL (SELECT * FROM ${call})`,
    "in a union": `SELECT 1 UNION ALL SELECT 1 FROM ${call}`,
    "in ORDER BY": `SELECT 1 ORDER BY (SELECT count(*) FROM ${call})`,
    "in LIMIT": `SELECT 1 LIMIT (SELECT count(*) FROM ${call})`,
    "in EXPLAIN": `EXPLAIN SELECT * FROM ${call}`,
    "in EXPLAIN behind a comment": `/* a */ -- b\n EXPLAIN (FORMAT json) SELECT * FROM ${call}`,
    "in DESCRIBE": `DESCRIBE SELECT * FROM ${call}`,
    "in SUMMARIZE": `SUMMARIZE SELECT * FROM ${call}`,
    "in PIVOT": `PIVOT (SELECT 1 AS a, 2 AS b FROM ${call}) ON a USING sum(b)`,
    "in UNPIVOT": `UNPIVOT (SELECT 1 AS a FROM ${call}) ON a INTO NAME n VALUE v`,
    "in an INSERT behind WITH": `WITH a AS (SELECT 1) INSERT INTO flow_logs SELECT * FROM ${call}`,
    "in VALUES": `VALUES ((SELECT count(*) FROM ${call}))`,
    "behind a text that looks like a comment": `SELECT '--', (SELECT count(*) FROM ${call})`,
    "behind a text that looks like an open comment": `SELECT '/*' FROM ${call} WHERE '*/' <> ''`,
    "behind comments within comments": `/* /* */ */ SELECT * FROM ${call}`,
    "with its schema": `SELECT * FROM main.${call}`,
    "with its catalog": `SELECT * FROM system.main.${call}`,
    "in quotes": `SELECT * FROM "enable_logging"${call.slice("enable_logging".length)}`,
    "in capitals": `SELECT * FROM ${call.replace("enable", "ENABLE")}`,
    "as SQL for another function": `SELECT * FROM query('SELECT 1 FROM ${call.replaceAll("'", "''")}')`,
    "as SQL to plan": `SELECT json_serialize_plan('SELECT 1 FROM ${call.replaceAll("'", "''")}')`,
    "as a tree": `SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))`,
  };
  for (const [place, sql] of Object.entries(PLACES))
    it(`refuses a function with effects ${place}`, () =>
      assert.rejects(athena.ask(sql), refusedAs(/^Permission Error: |^Parser Error: |^give one/)));

  it("refuses each of DuckDB's table functions but those that make rows of their arguments or of the lake's Parquet", async () => {
    const db = await (await DuckDBInstance.create()).connect();
    const names = (
      await db.runAndReadAll(
        "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type IN ('table', 'table_macro', 'pragma')",
      )
    )
      .getRows()
      .map(([name]) => String(name));
    db.closeSync();
    assert.ok(names.length > 100);
    const allowed = [
      "generate_series",
      "json_each",
      "json_tree",
      "range",
      "read_parquet",
      "repeat",
      "unnest",
    ];
    for (const name of names.filter((each) => !allowed.includes(each)))
      await assert.rejects(
        athena.ask(`SELECT * FROM ${name}()`),
        refusedAs(new RegExp(`^Permission Error: function ${name} may not be called|^Parser Error`)),
        name,
      );
  });

  it("refuses functions that wait, log, count on, or read settings", async () => {
    for (const sql of [
      "sleep_ms(1)",
      "write_log('x')",
      "nextval('x')",
      "setseed(0.5)",
      "current_setting('memory_limit')",
      "getvariable('x')",
      "pg_sleep(1)",
    ])
      await assert.rejects(athena.ask(`SELECT ${sql}`), refusedAs(/^Permission Error: function/), sql);
  });

  it("takes functions that make rows, aggregates, windows, lambdas, casts, random and Athena's own", async () => {
    const { rows } =
      await athena.ask(`SELECT sum(n) OVER (), array_agg(n) OVER (ORDER BY n), n + 1, CAST(n AS varchar),
        transform(ARRAY[n], x -> x * 2), random() >= 0, to_iso8601(DATE '2026-01-15'), coalesce(nullif(n, 1), 7)
      FROM UNNEST(sequence(1, 3)) AS t (n) WHERE n BETWEEN 1 AND 3 AND CAST(n AS varchar) LIKE '%' LIMIT 1`);
    assert.equal(rows.length, 1);
  });

  it("names a function that does not exist in DuckDB's own words", () =>
    assert.rejects(athena.ask("SELECT no_such_function(1)"), refusedAs(/no_such_function does not exist/)));

  it("has no file of DuckDB's own left behind", () => assert.ok(!existsSync(join(lake, "duckdb.log"))));
});
