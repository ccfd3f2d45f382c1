import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { csvTexts, jsonTexts } from "../../cli/output/export";
import { tableTexts } from "../../cli/output/table";
import type { AthenaApi } from "../../cli/query/athena/client";
import { resultsOf } from "../../cli/query/athena/results";
import { LocalAthena, QueryError } from "../../local/athena";
import { BIN, flowlogs, textOf, workFolder } from "./flowlogs";

const LINE = "2 123456789010 eni-1 10.0.0.1 10.0.0.2 443 49152 6 10 840 1700000000 1700000060 ACCEPT OK";

/** So little memory for JavaScript that a million rows would not fit in it. */
const SMALL = { ...process.env, NODE_OPTIONS: "--max-old-space-size=160" };

const MILLION =
  "SELECT range AS n, range * 7 AS seven, 'row ' || range AS name, NULL AS nothing FROM range(1000000)";

describe("flowlogs query, of more rows than memory holds", () => {
  const dir = workFolder();
  const start = (...args: string[]) =>
    spawn(process.execPath, [BIN, "query", ...args], { cwd: dir, env: SMALL });

  before(() => flowlogs(dir, ["run", "-"], `${LINE}\n`));

  for (const [form, last] of [
    ["--csv", "999999,6999993,row 999999,"],
    ["--json", '  {"n":999999,"seven":6999993,"name":"row 999999","nothing":null}\n]'],
    ["table", "999999  6999993  row 999999     NULL"],
  ]) {
    it(`prints each of them with little memory: ${form}`, async () => {
      const child = start("--sql", MILLION, ...(form === "table" ? [] : [form]));
      let [lines, end, errors] = [0, "", ""];
      child.stderr.on("data", (chunk) => {
        errors += chunk;
      });
      for await (const chunk of child.stdout) {
        lines += String(chunk).split("\n").length - 1;
        end = (end + chunk).slice(-100);
      }
      if (child.exitCode === null) await once(child, "exit");
      assert.equal(child.exitCode, 0, errors);
      assert.ok(end.trimEnd().endsWith(last), end);
      assert.equal(lines, 1_000_000 + (form === "--csv" ? 1 : 2));
    });
  }

  it("shows the first rows before the others are found", async () => {
    const sql =
      "SELECT CASE WHEN range < 900000 THEN range ELSE error('the end is bad') END AS n FROM range(1000000)";
    const { code, stdout, stderr } = await flowlogs(dir, ["query", "--csv", "--sql", sql]);
    assert.ok(stdout.startsWith("n\n0\n1\n"), stdout.slice(0, 100));
    assert.equal(code, 1);
    assert.match(stderr, /^flowlogs: .*the end is bad/);
  });

  it("ends when its reader closes the pipe", async () => {
    const child = start("--csv", "--sql", "SELECT range AS n FROM range(100000000000)");
    for await (const chunk of child.stdout) if (/^10$/m.test(String(chunk))) break;
    const [code] = await once(child, "exit");
    assert.equal(code, 0);
  });

  it("says in a sentence that its output cannot be written", async () => {
    const child = spawn(
      "sh",
      ["-c", `"$0" "$1" query --csv --sql "SELECT 1" > /dev/full`, process.execPath, BIN],
      {
        cwd: dir,
      },
    );
    const errors = await textOf(child.stderr);
    assert.match(errors, /^flowlogs: standard output cannot be written: no space left on device\n$/);
    assert.equal(child.exitCode ?? (await once(child, "exit"))[0], 1);
  });
});

describe("rows as text", () => {
  const batches = (all: unknown[][][]) => ({
    columns: ["a", "b"],
    types: ["INTEGER", "VARCHAR"],
    batches: (async function* () {
      yield* all;
    })(),
  });

  it("is the same however the rows are grouped", async () => {
    const rows = [
      [1, "x"],
      [2, null],
      [3, 'a "b", c'],
    ];
    for (const texts of [csvTexts, jsonTexts, tableTexts]) {
      const whole = await textOf(texts(batches([rows])));
      assert.equal(await textOf(texts(batches(rows.map((row) => [row])))), whole);
      assert.equal(await textOf(texts(batches([[], rows.slice(0, 2), [], rows.slice(2), []]))), whole);
    }
  });

  it("is a complete answer without any row", async () => {
    for (const none of [[], [[]]]) {
      assert.equal(await textOf(csvTexts(batches(none))), "a,b\n");
      assert.equal(await textOf(jsonTexts(batches(none))), "[]\n");
      assert.equal(await textOf(tableTexts(batches(none))), "a  b\n-  -\n(no rows)\n");
    }
  });
});

describe("results of Athena", () => {
  it("requests a page only when it is read", async () => {
    const asked: (string | undefined)[] = [];
    const page = async (_id: string, token?: string) => {
      asked.push(token);
      const Rows = [{ Data: [{ VarCharValue: `from ${token}` }] }];
      const ResultSetMetadata = { ColumnInfo: [{ Name: "page", Type: "varchar" }] };
      return { set: { Rows, ResultSetMetadata }, next: `${Number(token ?? 0) + 1}` };
    };
    const { batches } = await resultsOf({ page } as unknown as AthenaApi, "id");
    const rows: unknown[] = [];
    for await (const batch of batches) {
      rows.push(...batch.flat());
      if (rows.length === 3) break;
    }
    assert.deepEqual(rows, ["from undefined", "from 1", "from 2"]);
    assert.deepEqual(asked, [undefined, "1", "2"]);
  });
});

describe("an answer of a local lake, as a stream", () => {
  const dir = workFolder();
  let athena: LocalAthena;

  before(async () => {
    await flowlogs(dir, ["run", "-"], `${LINE}\n`);
    athena = await LocalAthena.open(`${dir}/lake`);
  });
  after(() => athena.close());

  for (const sql of [
    "SELECT range AS n, hash(range) AS h FROM range(300000) ORDER BY h",
    "SELECT range % 7 AS k, count(*) AS n FROM range(300000) GROUP BY 1 ORDER BY 1 DESC LIMIT 5;;",
    "WITH a AS (SELECT range AS n FROM range(5000)) SELECT n FROM a ORDER BY n DESC -- backwards",
    "VALUES (1, 'a'), (NULL, 'b')",
    "(SELECT 1 AS a, 2 AS a)",
    "SELECT [1, NULL] AS list, {'a': 1} AS struct, NULL AS nothing, true AS yes, TIMESTAMP '2026-01-15' AS time",
    "SELECT true AS a WHERE false",
    "SELECT true AS a",
    "FROM flow_logs",
    "SELECT 1 AS n; -- one statement",
    "EXPLAIN SELECT 1",
    "DESCRIBE flow_logs",
    "SHOW TABLES",
  ]) {
    it(`has the columns, types and rows of the whole answer, in order: ${sql}`, async () => {
      const whole = await athena.ask(sql);
      const { columns, types, batches } = await athena.stream(sql);
      const rows: unknown[][] = [];
      for await (const batch of batches) rows.push(...batch);
      assert.deepEqual({ columns, types, rows }, whole);
    });
  }

  it("is not complete before its last row, though DuckDB's client hides an error after the first rows", async () => {
    const sql =
      "SELECT CAST(CASE WHEN range < 250000 THEN '1' ELSE 'none' END AS INTEGER) AS n FROM range(300000)";
    const { batches } = await athena.stream(sql);
    const read = async () => {
      for await (const batch of batches) assert.ok(batch.every(([n]) => n === 1));
    };
    await assert.rejects(read, (error: Error) => error instanceof QueryError && /none/.test(error.message));
    assert.deepEqual((await athena.ask("SELECT 1 AS n")).rows, [[1]]);
  });
});
