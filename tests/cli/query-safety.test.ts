import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { questionOf } from "../../cli/query/question";
import { LocalAthena, QueryError } from "../../local/athena";
import { flowlogs, SAMPLES, workFolder } from "./flowlogs";

describe("flowlogs query, from an attacker", () => {
  const dir = workFolder();
  const lake = join(dir, "lake");
  const outside = join(dir, "outside.csv");
  let athena: LocalAthena;
  let made: string[];
  before(async () => {
    await flowlogs(dir, ["run", join(SAMPLES, "default-v2.log")]);
    athena = await LocalAthena.open(lake);
    made = readdirSync(lake).sort();
  });
  after(() => athena.close());

  const refused: Record<string, [sql: (lake: string) => string, message: RegExp]> = {
    "reads another file": [() => "SELECT * FROM read_csv('/etc/passwd')", /^Permission Error/],
    "reads another file as text": [() => "SELECT * FROM read_text('/etc/passwd')", /^Permission Error/],
    "reads another file by its name": [() => "SELECT * FROM '/etc/passwd'", /does not exist/],
    "goes up from the lake": [(at) => `SELECT * FROM read_text('${at}/../q.sql')`, /^Permission Error/],
    "looks for files": [() => "SELECT * FROM glob('/etc/*')", /^Permission Error/],
    "writes a file": [() => `COPY (SELECT 1) TO '${outside}'`, /^Permission Error/],
    "writes into the lake": [
      (at) => `COPY (SELECT 1) TO '${at}/x.csv'`,
      /^Permission Error: .* COPY was refused/,
    ],
    "has it explained while it does": [
      (at) => `EXPLAIN ANALYZE COPY (SELECT 1) TO '${at}/x.csv'`,
      /^Permission Error: .* EXPLAIN was refused/,
    ],
    "exports everything": [(at) => `EXPORT DATABASE '${at}/all'`, /^Permission Error/],
    "attaches a database": [() => "ATTACH ':memory:' AS x", /^Permission Error: .* ATTACH was refused/],
    "installs an extension": [() => "INSTALL httpfs", /^Permission Error/],
    "loads an extension": [() => "LOAD httpfs", /^Permission Error/],
    "reads the environment": [() => "SELECT getenv('HOME')", /getenv does not exist/],
    "reads secrets": [() => "SELECT * FROM duckdb_secrets()", /^Permission Error/],
    "changes a setting": [() => "SET enable_external_access = true", /^Permission Error: .* was refused/],
    "changes a setting by PRAGMA": [() => "PRAGMA memory_limit='1GB'", /Error/],
    "changes the table": [() => "CREATE OR REPLACE VIEW flow_logs AS SELECT 1 AS x", /^Permission Error/],
    "drops the table": [() => "DROP VIEW flow_logs", /^Permission Error/],
    "says two things": [() => "SELECT 1; DROP VIEW flow_logs", /^give one statement instead of 2$/],
    "says nothing": [() => "-- nothing", /^there is no statement$/],
    "calls the network": [() => "SELECT * FROM read_csv('http://127.0.0.1:1/x.csv')", /Error/],
  };
  for (const [what, [sql, message]] of Object.entries(refused)) {
    it(`refuses SQL that ${what}`, async () => {
      await assert.rejects(
        athena.ask(sql(lake)),
        (error: Error) => error instanceof QueryError && message.test(error.message),
      );
      assert.ok(!existsSync(outside));
      assert.deepEqual(readdirSync(lake).sort(), made);
    });
  }

  it("saves an answer in the named file only, and lets no SQL write there or elsewhere", async () => {
    const file = join(dir, "answer.parquet");
    const other = await LocalAthena.open(lake, file);
    await assert.rejects(other.save(`SELECT 1) TO '${outside}' --`, file), /Parser Error/);
    await assert.rejects(other.save("SELECT 1", outside), /Permission Error/);
    await assert.rejects(other.ask(`COPY (SELECT 1) TO '${file}'`), /COPY was refused/);
    assert.ok(!existsSync(outside) && !existsSync(file));
    assert.equal(await other.save("SELECT 1 AS one;", file), 1);
    other.close();
  });

  it("treats text as data, never as SQL", async () => {
    const attempts = ["' OR 1 = 1 --", "'; DROP VIEW flow_logs; --", "\\", ":rows", "''", "$1", "a\nb"];
    for (const address of attempts) {
      const { sql } = await questionOf("flows-of-address", { param: { address } });
      const { rows } = await athena.ask(sql({ from: 0, to: 2e9 }, "flow_logs"));
      assert.deepEqual(rows, [], address);
    }
  });

  const values: Record<string, [given: Record<string, string>, message: RegExp]> = {
    "SQL for a whole number": [
      { rows: "1; DROP" },
      /^parameter rows takes a whole number instead of "1; DROP"$/,
    ],
    "a fraction for a whole number": [{ rows: "1.5" }, /takes a whole number/],
    "nothing for a number": [{ rows: "" }, /takes a whole number/],
    "another writing of a number": [{ rows: "1e3" }, /takes a whole number/],
    "a number that is too long": [{ rows: "9".repeat(16) }, /takes a whole number/],
    "SQL for a moment": [{ from: "now()" }, /^parameter from takes a whole number instead of "now\(\)"$/],
    "SQL for a price": [{ price: "(SELECT 1)" }, /^parameter price takes a number instead of/],
    "a parameter of another query": [{ address: "x" }, /has no parameter "address"; it has from, to, late,/],
  };
  for (const [what, [param, message]] of Object.entries(values)) {
    it(`refuses ${what}`, () => assert.rejects(questionOf("internet-egress", { param }), { message }));
  }
});
