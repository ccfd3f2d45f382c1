import assert from "node:assert/strict";
import { cpSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { answerTo } from "../../cli/query/answer";
import { cameTooLate, stillComing } from "../../cli/query/late";
import { LocalEngine } from "../../cli/query/local";
import { moment } from "../../cli/query/window";
import { flowlogs, textOf, workFolder } from "./flowlogs";

const NOW = moment("2026-01-17T12:00");
const HOUR = 3600;

describe("flowlogs query: rows that may still arrive", () => {
  const said: Record<string, [to: number, words: RegExp]> = {
    "that ends now": [
      NOW,
      /^rows of this window may still come: it ends now, and lines arrive up to 1 hour after/,
    ],
    "that ends a minute ago": [NOW - 60, /: it ends 1 minute before now,/],
    "that ends just within the hour": [NOW - HOUR + 1, /: it ends 59 minutes before now,/],
    "that ends later": [NOW + 1, /: it ends after now,/],
  };
  for (const [what, [to, words]] of Object.entries(said))
    it(`are mentioned for a window ${what}, with the end of the last complete window`, () => {
      assert.match(stillComing(to, NOW) ?? "", words);
      const [, until] = /--to (\S+) ends it/.exec(stillComing(to, NOW) ?? "") ?? [];
      assert.equal(stillComing(moment(until), NOW), undefined);
    });

  it("are not mentioned for a window that ended an hour ago, or for a lake without new rows for an hour", () => {
    assert.equal(stillComing(NOW - HOUR, NOW), undefined);
    assert.equal(stillComing(NOW, NOW, NOW - HOUR), undefined);
    assert.notEqual(stillComing(NOW, NOW, NOW - HOUR + 1), undefined);
  });

  it("that arrived too late are counted in a sentence, with the parameter that reads them", () => {
    const window = { from: 0, to: 1, late: 1 };
    assert.equal(
      cameTooLate(window, { rows: 1, late: 5 }),
      "1 row of this window arrived more than 1 hour after its end and is not in the answer; -p late=5 reads further",
    );
    assert.match(
      cameTooLate({ ...window, late: 2 }, { rows: 1200, late: 5 }),
      /^1,200 rows .* than 2 hours .* and are not/,
    );
  });
});

describe("flowlogs query, of a local lake with late rows", () => {
  const dir = workFolder();
  const lake = join(dir, "lake");
  const late = join(dir, "late");
  const day = "flow-logs/year=2026/month=01/day=15";
  /** An hour's rows, which arrived in hour 05 and in a copy of the lake at the hour 20. */
  const window = { from: moment("2026-01-15T05:00"), to: moment("2026-01-15T06:00") };

  before(async () => {
    const { stdout } = await flowlogs(dir, ["traffic", "--lines", "4000", "--day", "2026-01-15", "--header"]);
    await flowlogs(dir, ["run", "-"], stdout);
    cpSync(lake, late, { recursive: true });
    const [file] = readdirSync(join(late, day, "hour=05"));
    mkdirSync(join(late, day, "hour=20"), { recursive: true });
    renameSync(join(late, day, "hour=05", file), join(late, day, "hour=20", file));
  });

  /** Returns the standard output and standard error of a query at a time. */
  const asked = async (name: string | undefined, options: object, now: number) => {
    const write = process.stderr.write;
    const said: string[] = [];
    process.stderr.write = ((text: string) => said.push(text) > 0) as typeof process.stderr.write;
    try {
      const text = await textOf(answerTo(name, { engine: "duckdb", lake, ...options }, now));
      return { text, said };
    } finally {
      process.stderr.write = write;
    }
  };

  it("says in one line how many there are, in every output format, and reads them with the parameter", async () => {
    for (const form of [{ csv: true }, { json: true }, {}]) {
      const before = await asked("top-talkers", { ...form, ...window }, NOW);
      const { text, said } = await asked("top-talkers", { ...form, ...window, lake: late }, NOW);
      assert.notEqual(text, before.text);
      assert.deepEqual(before.said, []);
      assert.equal(said.length, 1);
      const [, hours] =
        /^\d+ rows of this window arrived more than 1 hour after its end .*; -p late=(\d+) reads/.exec(
          said[0],
        ) ?? [];
      const all = await asked("top-talkers", { ...form, ...window, lake: late, param: { late: hours } }, NOW);
      assert.deepEqual([all.text, all.said], [before.text, []]);
    }
  });

  it("counts exactly the rows that the answer lacks, and none of another window", async () => {
    const count = async (from: string) => {
      const sql = "SELECT count(*) AS n FROM flow_logs WHERE :window";
      return Number(
        JSON.parse((await asked(undefined, { sql, json: true, lake: from, ...window }, NOW)).text)[0].n,
      );
    };
    const engine = await LocalEngine.open(late);
    const leftOut = await engine.leftOut({ ...window, late: 1 });
    assert.equal(leftOut?.rows, (await count(lake)) - (await count(late)));
    const other = { from: moment("2026-01-15T08:00"), to: moment("2026-01-15T09:00"), late: 1 };
    assert.equal(await engine.leftOut(other), undefined);
    engine.close();
  });

  it("says nothing for a query about arrivals, for SQL without a window, and when nothing runs", async () => {
    const of = async (name: string | undefined, options: object) =>
      (await asked(name, { lake: late, ...options }, NOW)).said;
    assert.deepEqual(await of("rows-per-partition", window), []);
    assert.deepEqual(await of(undefined, { sql: "SELECT count(*) FROM flow_logs" }), []);
    assert.deepEqual(await of("top-talkers", { ...window, explain: true }), []);
  });

  it("says that rows may still arrive while the lake is less than an hour old, but not for an earlier window", async () => {
    const end = moment("2026-01-16T00:20");
    const { said } = await asked("top-talkers", {}, end);
    assert.equal(said.length, 1);
    assert.match(
      said[0],
      /^rows of this window may still come: it ends \d+ minutes before now, .*; --to 2026-01-15T23:20 ends it/,
    );
    assert.deepEqual(
      (await asked("top-talkers", { to: moment("2026-01-15T23:20"), hours: 3 }, end)).said,
      [],
    );
    assert.deepEqual((await asked("top-talkers", { all: true }, end)).said.length, 1);
    assert.deepEqual((await asked("top-talkers", { all: true }, end + 2 * HOUR)).said, []);
  });

  it("says so when it writes a file, too", async () => {
    const parquet = join(dir, "top.parquet");
    const { text, said } = await asked("top-talkers", { ...window, lake: late, parquet }, NOW);
    assert.equal(text, "");
    assert.match(said.join(""), /^\d+ rows in .*top\.parquet\n\d+ rows of this window arrived/);
  });
});
