import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { DuckDBInstance } from "@duckdb/node-api";
import { layoutFrom } from "../../schema/layout";
import { AthenaStub, type Call, execution, page } from "./athena-api";
import { BIN, type Outcome, workFolder } from "./flowlogs";

const HEADER = ["srcaddr", "bytes", "share"];
const STARTED = { body: { QueryExecutionId: "q-1" } };

type Replies = Record<
  string,
  (
    before: number,
    call: Call,
  ) => ReturnType<typeof page> | { error: string; message: string } | { body: object }
>;

/** A query that succeeds at once with one page, except where a test overrides a response. */
const GOOD: Replies = {
  StartQueryExecution: () => STARTED,
  GetQueryExecution: () => execution("SUCCEEDED"),
  GetQueryResults: () => page([HEADER, ["10.0.0.1", "9007199254740993", "0.5"]]),
  StopQueryExecution: () => ({ body: {} }),
  GetTableMetadata: () => ({
    body: {
      TableMetadata: {
        Name: "flow_logs",
        Columns: layoutFrom(["recommended"]).columns.map(({ name }) => ({ Name: name })),
      },
    },
  }),
};

describe("flowlogs query --engine athena", () => {
  const dir = workFolder();
  let stub: AthenaStub;
  let env: Record<string, string>;

  const serve = async (replies: Replies = {}) => {
    stub = new AthenaStub((call, before) => ({ ...GOOD, ...replies })[call.operation](before, call));
    env = await stub.listen();
  };
  afterEach(() => stub.close());

  const begin = (args: string[]): { child: ChildProcess; outcome: Promise<Outcome> } => {
    const child = spawn(process.execPath, [BIN, "query", "--engine", "athena", ...args], {
      cwd: dir,
      env: { ...process.env, ...env },
    });
    const outcome = async (): Promise<Outcome> => {
      const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
      const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
      return { code, stdout, stderr };
    };
    return { child, outcome: outcome() };
  };
  const query = (...args: string[]) => begin(args).outcome;

  it("sends a saved query with its values, once, to the workgroup and the database", async () => {
    await serve();
    const { code, stderr } = await query("flows-of-address", "-p", "address=10.0.0.1' OR '", "--hours", "2");
    assert.equal(code, 0, stderr);
    const [{ input }] = stub.of("StartQueryExecution");
    assert.equal(input.WorkGroup, "flows-workgroup");
    assert.deepEqual(input.QueryExecutionContext, { Catalog: "AwsDataCatalog", Database: "flows_dev" });
    assert.match(input.ClientRequestToken, /^[0-9a-f-]{36}$/);
    assert.match(input.QueryString, /'10\.0\.0\.1'' OR ''' IN \('', srcaddr, dstaddr\)/);
    const [, from, to] = /start >= (\d+)\s+AND start < (\d+)/.exec(input.QueryString) ?? [];
    assert.equal(Number(to) - Number(from), 7200);
    assert.ok(Math.abs(Number(to) - Date.now() / 1000) < 60);
  });

  it("returns every page of the results, without the header, and NULL as NULL", async () => {
    await serve({
      GetQueryResults: (before) =>
        [
          page([HEADER, ["10.0.0.1", "9007199254740993", "0.5"]], "two"),
          page([["", null, null]], "three"),
          page([[null, "0", "1.0E10"]]),
        ][before],
    });
    const { stdout, stderr } = await query("--sql", "SELECT 1", "--json");
    assert.equal(
      stdout,
      `[\n${[
        '{"srcaddr":"10.0.0.1","bytes":9007199254740993,"share":0.5}',
        '{"srcaddr":"","bytes":null,"share":null}',
        '{"srcaddr":null,"bytes":0,"share":10000000000}',
      ]
        .map((row) => `  ${row}`)
        .join(",\n")}\n]\n`,
      stderr,
    );
    assert.deepEqual(
      stub.of("GetQueryResults").map(({ input }) => input.NextToken),
      [undefined, "two", "three"],
    );
  });

  it("waits while the query is queued and runs, and prints the scanned bytes and the cost to standard error", async () => {
    const states = ["QUEUED", "RUNNING", "SUCCEEDED"];
    await serve({ GetQueryExecution: (before) => execution(states[before]) });
    const { code, stdout, stderr } = await query("top-talkers", "--csv");
    assert.equal(code, 0, stderr);
    assert.equal(stdout, "srcaddr,bytes,share\n10.0.0.1,9007199254740993,0.5\n");
    assert.match(stderr, /^2500\.0 MB read in 1\.5 s, about 0\.012500 USD \(5 a TB, 10 MB at least\)$/m);
    assert.equal(stub.of("GetQueryExecution").length, 3);
  });

  it("warns on standard error that rows of a window up to now may still arrive, and not of an old window", async () => {
    await serve();
    const [open, closed] = [
      await query("top-talkers", "--json"),
      await query("top-talkers", "--from", "2026-01-15", "--hours", "2", "--json"),
    ];
    assert.equal(open.stdout, closed.stdout);
    assert.match(
      open.stderr,
      /^rows of this window may still come: it ends now, .*; --to \S+ ends it where nearly all are there$/m,
    );
    assert.doesNotMatch(closed.stderr, /still come/);
    const without = await query("--sql", "SELECT count(*) FROM flow_logs");
    assert.doesNotMatch(without.stderr, /still come/);
  });

  it("retries StartQueryExecution with the same token when it is throttled", async () => {
    const busy = { error: "TooManyRequestsException", message: "Rate exceeded" };
    await serve({ StartQueryExecution: (before) => (before < 2 ? busy : STARTED) });
    const { code, stderr } = await query("top-talkers");
    assert.equal(code, 0, stderr);
    const tokens = stub.of("StartQueryExecution").map(({ input }) => input.ClientRequestToken);
    assert.equal(tokens.length, 3);
    assert.equal(new Set(tokens).size, 1);
  });

  const failing: Record<string, [replies: Replies, message: RegExp]> = {
    "a query that fails": [
      {
        GetQueryExecution: () =>
          execution("FAILED", {
            StateChangeReason: "other words",
            AthenaError: {
              ErrorMessage: "COLUMN_NOT_FOUND: line 2:3: Column 'az_id' cannot be resolved\nmore",
            },
          }),
      },
      /^flowlogs: query q-1 failed: COLUMN_NOT_FOUND: line 2:3: Column 'az_id' cannot be resolved\n$/,
    ],
    "a query that somebody else stops": [
      { GetQueryExecution: () => execution("CANCELLED", { StateChangeReason: "Query cancelled by user" }) },
      /^flowlogs: query q-1 cancelled: Query cancelled by user\n$/,
    ],
    "a start that Athena refuses": [
      {
        StartQueryExecution: () => ({
          error: "InvalidRequestException",
          message: "WorkGroup flows-workgroup is not found.",
        }),
      },
      /^flowlogs: Athena refuses: WorkGroup flows-workgroup is not found\. \(InvalidRequestException\)\n$/,
    ],
  };
  for (const [what, [replies, message]] of Object.entries(failing)) {
    it(`ends with 1 and one sentence for ${what}`, async () => {
      await serve(replies);
      const { code, stdout, stderr } = await query("top-talkers");
      assert.match(stderr, message);
      assert.deepEqual([code, stdout], [1, ""]);
    });
  }

  it("stops the query in Athena on Ctrl-C, and ends with 130", async () => {
    let child: ChildProcess | undefined;
    await serve({
      GetQueryExecution: () => {
        child?.kill("SIGINT");
        return execution("RUNNING");
      },
    });
    const begun = begin(["top-talkers"]);
    child = begun.child;
    const { code, stderr } = await begun.outcome;
    assert.equal(code, 130);
    assert.match(stderr, /^flowlogs: stopped query q-1; what it had read until then is billed\n$/);
    assert.deepEqual(
      stub.of("StopQueryExecution").map(({ input }) => input.QueryExecutionId),
      ["q-1"],
    );
  });

  it("keeps the first row of a statement whose result has no header", async () => {
    await serve({ GetQueryResults: () => page([["flow_logs", null, null]]) });
    const { stdout } = await query("--sql", "SHOW TABLES", "--csv");
    assert.equal(stdout, "srcaddr,bytes,share\nflow_logs,,\n");
  });

  it("writes rows as Parquet with the types that Athena names", async () => {
    await serve();
    const { code, stdout, stderr } = await query("top-talkers", "--parquet", "rows.parquet");
    assert.deepEqual([code, stdout], [0, ""], stderr);
    const db = await (await DuckDBInstance.create()).connect();
    const reader = await db.runAndReadAll(`FROM '${join(dir, "rows.parquet")}'`);
    db.closeSync();
    assert.deepEqual(reader.columnNames(), HEADER);
    assert.deepEqual(reader.columnTypes().map(String), ["VARCHAR", "BIGINT", "DOUBLE"]);
    assert.deepEqual(reader.getRows(), [["10.0.0.1", 9_007_199_254_740_993n, 0.5]]);
  });

  it("takes workgroup and database from a stack's outputs", async () => {
    await serve();
    const outputs = {
      workgroup: "w",
      database: "d",
      table: "flow_logs",
      bucket: "b",
      region: "eu-west-3",
    };
    writeFileSync(join(dir, "outputs.json"), JSON.stringify(outputs));
    const { code, stderr } = await query("top-talkers", "--stack-outputs", "outputs.json");
    assert.equal(code, 0, stderr);
    const [{ input }] = stub.of("StartQueryExecution");
    assert.deepEqual([input.WorkGroup, input.QueryExecutionContext.Database], ["w", "d"]);
  });

  it("explains with one call only, for the table's columns", async () => {
    await serve();
    const { stdout } = await query("top-talkers", "--from", "2026-01-15", "--hours", "2", "--explain");
    assert.match(stdout, /^partitions {2}4, 2026-01-15 00:00 to 2026-01-15 03:00 UTC$/m);
    assert.deepEqual(
      stub.calls.map(({ operation }) => operation),
      ["GetTableMetadata"],
    );
    assert.match(stdout, /flow_direction/);
  });

  it("uses only the fields that a query needs, if it has no permission to read the table", async () => {
    await serve({ GetTableMetadata: () => ({ error: "AccessDeniedException", message: "no" }) });
    const { code, stderr } = await query("top-talkers", "--hours", "2");
    assert.equal(code, 0, stderr);
    assert.doesNotMatch(stub.of("StartQueryExecution")[0].input.QueryString, /flow_direction/);
  });

  it("says what to install if the SDK is missing, and which settings are missing", async () => {
    await serve();
    const hook = join(dir, "hook.js");
    writeFileSync(
      hook,
      `const { Module } = require("node:module");
      const resolve = Module._resolveFilename;
      Module._resolveFilename = (name, ...rest) => resolve(name.replace(/client-athena$/, "none"), ...rest);`,
    );
    env.NODE_OPTIONS = `--require ${hook}`;
    const missing = await query("top-talkers");
    assert.equal(missing.code, 1);
    assert.equal(
      missing.stderr,
      "flowlogs: --engine athena needs the AWS SDK: npm install --save-dev @aws-sdk/client-athena\n",
    );
    env = { FLOWLOGS_WORKGROUP: "w" };
    const unset = await query("top-talkers");
    assert.equal(unset.code, 2);
    assert.match(
      unset.stderr,
      /^flowlogs: Athena is asked with --database: give it, or --stack-outputs FILE/,
    );
  });
});
