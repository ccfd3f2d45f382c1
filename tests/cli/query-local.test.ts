import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { answerTo } from "../../cli/query/answer";
import { listOf } from "../../cli/query/list";
import { LocalEngine } from "../../cli/query/local";
import { questionOf } from "../../cli/query/question";
import { moment } from "../../cli/query/window";
import { missingFields, savedQueries } from "../../queries";
import { BIN, flowlogs, textOf, workFolder } from "./flowlogs";

const COUNT = "SELECT count(*) AS n FROM flow_logs WHERE :window";

describe("flowlogs query, of a local lake", () => {
  const dir = workFolder();
  const query = (...args: string[]) => flowlogs(dir, ["query", ...args]);
  /** Returns the command's answer, without the process. */
  const text = (name: string | undefined, options: object = {}) =>
    textOf(answerTo(name, { engine: "duckdb", lake: join(dir, "lake"), ...options }));
  const rows = async (name: string | undefined, options: object = {}) =>
    JSON.parse(await text(name, { json: true, ...options }));
  const count = async (options: object = {}) => (await rows(undefined, { sql: COUNT, ...options }))[0].n;
  const late = join(dir, "late");
  const twice = join(dir, "twice");

  before(async () => {
    const made = ["--lines", "6000", "--days", "2", "--day", "2026-01-15", "--header"];
    const { stdout } = await flowlogs(dir, ["traffic", ...made]);
    await flowlogs(dir, ["run", "-"], stdout);
  });

  it("queries the 24 hours before the newest flow, the given hours, or with --all everything", async () => {
    assert.ok((await count({ all: true })) > 5900);
    const [{ last }] = await rows(undefined, { sql: "SELECT max(start) AS last FROM flow_logs" });
    const between = async (from: number, to: number) => {
      const sql = `SELECT count(*) AS n FROM flow_logs WHERE start >= ${from} AND start < ${to}`;
      return (await rows(undefined, { sql }))[0].n;
    };
    assert.equal(await count(), await between(last + 1 - 86_400, last + 1));
    assert.equal(await count({ hours: 3 }), await between(last + 1 - 10_800, last + 1));
    const noon = Date.UTC(2026, 0, 15, 12) / 1000;
    const fromNoon = await between(noon, noon + 7200);
    assert.equal(
      await count({ from: moment("2026-01-15T12:00"), to: moment("2026-01-15 14:00Z") }),
      fromNoon,
    );
    assert.equal(await count({ from: moment(String(noon)), hours: 2 }), fromNoon);
    assert.equal(await count({ to: moment("2026-01-15T15:00+01:00"), hours: 2 }), fromNoon);
    assert.equal(await count({ from: moment("2026-01-16") }), await between(noon + 43_200, last + 1));
  });

  it("reads the partitions of the window alone, for every saved query that the lake has fields for", async () => {
    const engine = await LocalEngine.open(join(dir, "lake"));
    const definition = await engine.definition();
    const answerable = savedQueries().filter((saved) => missingFields(saved, definition.layout).length === 0);
    assert.ok(answerable.length > 10);
    const from = Date.UTC(2026, 0, 16, 4) / 1000;
    for (const { name, parameters } of answerable) {
      const hasHistory = parameters.some((p) => p.name === "days");
      for (const distinct of [false, true]) {
        const question = await questionOf(name, { distinct, param: hasHistory ? { days: "0" } : undefined });
        const sql = question.sql({ from, to: from + 3600 }, engine.table, definition);
        const { partitions: read } = await engine.explain(sql);
        assert.equal(read?.first, "2026-01-16 04:00", name);
        assert.equal(read?.last, "2026-01-16 06:00", name);
      }
    }
    engine.close();
  });

  it("explains from the lake's files what it would read, and runs nothing", async () => {
    const { code, stdout, stderr } = await query("top-talkers", "--hours", "2", "--explain");
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^-- Top talkers: .*\n-- Counts each packet once, .*\nWITH lines AS \(\n/);
    assert.match(stdout, /^partitions {2}[34] of \d\d, 2026-01-16 2\d:00 to 2026-01-1[67] \d\d:00 UTC$/m);
    assert.match(
      stdout,
      /^columns {5}interface_id, srcaddr, dstaddr, packets, bytes, start, .*flow_direction.*: \d+\.\d\d MB of that$/m,
    );
    const every = await rows(undefined, { sql: "SELECT * FROM flow_logs", explain: true });
    assert.equal(every.partitions.read, every.partitions.of);
    assert.ok(every.files.columnBytes > 0 && every.files.columnBytes < every.files.bytes);
  });

  it("finds the newest flow also if lines were added long afterwards", async () => {
    cpSync(join(dir, "lake"), late, { recursive: true });
    const day = join(late, "flow-logs/year=2026/month=01/day=16");
    const hour = readdirSync(day).sort().at(-1) as string;
    const later = join(late, "flow-logs/year=2027/month=03/day=01/hour=00");
    mkdirSync(dirname(later), { recursive: true });
    renameSync(join(day, hour), later);
    assert.equal(await count({ lake: late }), await count());
    const window = { from: moment("2026-01-16T04:00"), hours: 1 };
    const { partitions } = await rows("top-talkers", { lake: late, explain: true, ...window });
    assert.deepEqual([partitions.read, partitions.last], [3, "2026-01-16 06:00"]);
  });

  it("asks the view without duplicates with --distinct", async () => {
    cpSync(join(dir, "lake"), twice, { recursive: true });
    for (const file of readdirSync(twice, { recursive: true }).map(String))
      if (file.endsWith(".parquet"))
        cpSync(join(twice, file), join(twice, file.replace(".parquet", "-again.parquet")));
    const all = { all: true };
    assert.equal(await count({ lake: twice, ...all }), 2 * (await count(all)));
    assert.equal(
      await count({ lake: twice, distinct: true, ...all }),
      await count({ distinct: true, ...all }),
    );
    const top = { csv: true, distinct: true };
    assert.equal(await text("top-talkers", { lake: twice, ...top }), await text("top-talkers", top));
    await assert.rejects(text(undefined, { sql: "SELECT 1", distinct: true }), /needs SQL that reads FROM/);
  });

  it("takes SQL from a file, with parameters of its own", async () => {
    const file = join(dir, "q.sql");
    writeFileSync(file, `-- parameter: port = 443; of the destination\n${COUNT} AND dstport = :port`);
    const all = { all: true };
    const of = (port: number) =>
      rows(undefined, { sql: `SELECT count(*) AS n FROM flow_logs WHERE dstport = ${port}` });
    assert.deepEqual(await rows(undefined, { file, ...all }), await of(443));
    assert.deepEqual(await rows(undefined, { file, param: { port: "22" }, ...all }), await of(22));
    const { code, stderr } = await query("--file", "none.sql");
    assert.deepEqual([code, stderr], [1, "flowlogs: cannot read none.sql: there is no such file\n"]);
  });

  it("writes Parquet that holds the same rows, whole or not at all", async () => {
    const { code, stdout, stderr } = await query("top-talkers", "--parquet", "top.parquet");
    assert.deepEqual([code, stdout, stderr], [0, "", "10 rows in top.parquet\n"]);
    cpSync(join(dir, "top.parquet"), join(dir, "lake/top.parquet"));
    const copy = `SELECT * FROM read_parquet('${join(dir, "lake/top.parquet")}')`;
    assert.deepEqual(await rows(undefined, { sql: copy }), await rows("top-talkers"));
    const parquet = join(dir, "bad.parquet");
    await assert.rejects(text(undefined, { sql: "SELECT CAST(action AS int) FROM flow_logs", parquet }));
    assert.deepEqual(
      readdirSync(dir).filter((name) => name.startsWith("bad")),
      [],
    );
  });

  it("ends without an error when its reader closes the pipe (| head)", async () => {
    const child = spawn(process.execPath, [BIN, "query", "--csv", "--sql", "SELECT * FROM flow_logs"], {
      cwd: dir,
    });
    const errors: Buffer[] = [];
    child.stderr.on("data", (chunk) => errors.push(chunk));
    child.stdout.once("data", () => child.stdout.destroy());
    const [code] = await once(child, "close");
    assert.deepEqual([code, Buffer.concat(errors).toString()], [0, ""]);
  });

  it("lists the queries that a lake or a stack cannot answer, each with the missing fields", async () => {
    const reasons = async (lake: string, stack?: string) =>
      Object.fromEntries((await listOf({ lake, stack })).rows.map((row) => [row[0], row[4]]));
    const ofLake = await reasons(join(dir, "lake"));
    assert.equal(ofLake["top-talkers"], null);
    assert.equal(ofLake["traffic-between-networks"], "no src_network, dst_network");
    assert.deepEqual(await reasons("none", "dev"), ofLake);
    assert.deepEqual((await listOf({ lake: "none" })).columns, ["query", "group", "question", "parameters"]);
    const { code, stdout } = await query("--list", "--csv");
    assert.equal(code, 0);
    assert.match(stdout, /^query,group,question,parameters,left_out\n/);
  });
});
