import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { localSql } from "../../docs/generate/local-sql";
import { withBlock } from "../../docs/generate/markdown";
import { DIFFERENT } from "../../local/athena/dialect/differences";
import { FORMATTED, RENAMED, SAME, UNTRANSLATED } from "../../local/athena/dialect/functions";
import { MACROS } from "../../local/athena/dialect/macros";
import { translated } from "../../local/athena/dialect/translate";
import { asQueryError } from "../../local/athena/query-error";
import { STATEMENTS } from "./cases";
import { REFUSED } from "./refused";
import { answers, functions } from "./trino.json";
import { type Kept, same } from "./values";

const KEPT = answers as Record<string, Kept | { error: string }>;
const macroNames = MACROS.map((macro) => /^"?([^"(]+)/.exec(macro)?.[1] ?? "");
const known = DIFFERENT.flatMap(({ expressions }) => expressions);

describe("Athena's SQL on a local lake", () => {
  let db: DuckDBConnection;

  before(async () => {
    db = await (await DuckDBInstance.create()).connect();
    await db.run("SET TimeZone = 'UTC'");
    for (const macro of MACROS) await db.run(`CREATE MACRO ${macro}`);
  });
  after(() => db.closeSync());

  const ask = async (sql: string): Promise<Kept | { error: string }> => {
    try {
      const reader = await db.runAndReadAll(await translated(db, sql));
      return { types: reader.columnTypes().map(String), rows: reader.getRows() };
    } catch (error) {
      return { error: asQueryError(error).message };
    }
  };

  for (const [name, sql] of STATEMENTS) {
    const theirs = KEPT[name];
    const verb = known.includes(name)
      ? "differs as is said of"
      : REFUSED.includes(name)
        ? "refuses"
        : "answers as Trino did";
    it(`${verb}: ${name}`, async () => {
      const ours = await ask(sql);
      const isSame = "error" in theirs ? "error" in ours : !("error" in ours) && same(theirs, ours);
      if (known.includes(name))
        assert.ok(!isSame && !("error" in ours), "it is the same now: take it from the list");
      else if (REFUSED.includes(name))
        assert.ok("error" in ours && !("error" in theirs), JSON.stringify(ours));
      else
        assert.ok(
          isSame,
          `Trino: ${JSON.stringify(theirs)}; here: ${"error" in ours ? ours.error : ours.rows}`,
        );
    });
  }

  it("lists differences and refusals of tried expressions only", () => {
    const names = STATEMENTS.map(([name]) => name);
    assert.deepEqual(
      [...known, ...REFUSED].filter((name) => !names.includes(name)),
      [],
    );
  });

  it("knows every function of Trino: as equal, as translated, or as refused by name", async () => {
    const handled = new Set([...SAME, ...macroNames, ...Object.keys(RENAMED), ...Object.keys(FORMATTED)]);
    // A keyword, and the function that AT TIME ZONE becomes.
    const own = ["current_date", "timezone"];
    // SHOW FUNCTIONS leaves out functions that Trino's grammar or analyser implements.
    const unlisted = ["format", "json_exists", "json_query", "json_value"];
    const others = functions.filter((name) => !handled.has(name) && !own.includes(name));
    assert.deepEqual([...UNTRANSLATED], [...others, ...unlisted]);
  });

  it("has a recorded answer of Trino for every function that it does not refuse", () => {
    const tried = STATEMENTS.filter(([name]) => !REFUSED.includes(name))
      .map(([, sql]) => sql)
      .join("\n");
    const names = [...SAME, ...macroNames, ...Object.keys(RENAMED), ...Object.keys(FORMATTED)].filter(
      (name) => /^\w+$/.test(name) && name !== "date_part",
    );
    assert.deepEqual(
      names.filter((name) => !new RegExp(`\\b${name}\\s*\\(`).test(tried)),
      [],
    );
  });

  for (const [sql, error] of Object.entries({
    "SELECT soundex('a')": /^Athena's soundex is not translated for a local lake: ask Athena itself/,
    "SELECT count(*) FROM (SELECT typeof(1) AS t)": /^Athena's typeof is not translated/,
    "SELECT CAST('10.0.0.1' AS IPADDRESS)": /^Athena's type ipaddress is not translated/,
    "SELECT CAST('abc' AS varchar(2))": /^varchar\(2\) does not shorten text on a local lake; write substr/,
    "SELECT date_format(now(), concat('%', 'Y'))": /^date_format takes only a format in quotes/,
    "SELECT date_format(now(), '%U')": /^Athena has no specifier %U in a date's format "%U"$/,
    "SELECT 1 / 0": /^Division by zero$/,
    "SELECT 5 / 2.0": /^Athena divides decimals to as many digits as they have/,
  })) {
    it(`says why it does not run: ${sql}`, async () => {
      const answer = await ask(sql);
      assert.match("error" in answer ? answer.error : "it runs", error);
    });
  }

  it("leaves texts, comments and names in quotes as they are", async () => {
    const sql = `SELECT 'transform(x) ipaddress varchar(2)' AS "max_by(a)", 'é' AS e, /* ipaddress */ transform(ARRAY[4], x -> x / 3) AS t -- every(x)`;
    const own = await translated(db, sql);
    assert.equal(own, sql.replace("transform(ARRAY", "list_transform(ARRAY"));
    const explained = await translated(db, `EXPLAIN (FORMAT JSON) ${sql}`);
    assert.equal(explained, `EXPLAIN (FORMAT JSON) ${own}`);
  });

  it("is printed in the docs: npm run docs brings it up to date", () => {
    const page = readFileSync(join(__dirname, "../../docs/local-sql.md"), "utf8");
    assert.equal(page, withBlock(page, "functions", localSql()));
  });
});
