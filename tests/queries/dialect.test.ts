import assert from "node:assert/strict";
import { savedQueries } from "../../queries";
import { viewsOf } from "../../queries/views";
import { LABELS } from "../../schema/fields";
import { layoutFrom } from "../../schema/layout";
import { functions } from "../dialect/trino.json";
import { parseTrino } from "./trino";

/** Functions that a real Trino lists, and those that its grammar makes of SQL's own words. */
const TRINO_FUNCTIONS = new Set([...functions, "coalesce", "if", "nullif", "try_cast"]);

const check = (sql: string) => {
  const { errors, functions: called } = parseTrino(sql);
  assert.deepEqual(errors, [], sql);
  const unknown = called.filter((name) => !TRINO_FUNCTIONS.has(name));
  assert.deepEqual(unknown, [], "Trino has no such function");
};

describe("query: the SQL, by Trino's grammar", () => {
  for (const query of savedQueries()) {
    it(`parses ${query.name}, as it is saved, as it is prepared, on a schedule, and with values`, () => {
      check(query.text);
      for (const everyHours of [1, 5, 24]) check(query.scheduled(everyHours));
      check(query.prepared.text);
      const texts = query.parameters.filter((p) => p.default.startsWith("'"));
      const text = (name: string) => (name === "inside" ? "2600:1f18::/56" : "it's");
      check(
        query.withValues({ from: 0, to: 1, ...Object.fromEntries(texts.map((p) => [p.name, text(p.name)])) }),
      );
    });
  }

  const partitions = ["year", "month", "day", "hour"].map((name) => ({ name, type: "string" }));
  const labels = LABELS.map(({ column, type }) => ({ name: column, type }));
  for (const view of viewsOf("flow_logs", [...layoutFrom(["all"]).columns, ...labels, ...partitions])) {
    it(`parses the view ${view.name}`, () => check(view.sql));
  }

  const refused: Record<string, string> = {
    "a cast with colons": "SELECT a::int FROM t",
    "GROUP BY ALL": "SELECT a, count(*) FROM t GROUP BY ALL",
    QUALIFY: "SELECT a FROM t QUALIFY row_number() OVER () = 1",
    EXCLUDE: "SELECT * EXCLUDE (a) FROM t",
    "OFFSET after LIMIT": "SELECT a FROM t LIMIT 5 OFFSET 2",
    "a reserved word as a column": "SELECT end FROM t",
    "FROM without SELECT": "FROM t",
    "a comma too many": "SELECT a, FROM t",
    "a string in double quotes twice": `SELECT "a" "b" "c" FROM t`,
  };
  for (const [what, sql] of Object.entries(refused)) {
    it(`refuses SQL that DuckDB accepts and Athena does not: ${what}`, () =>
      assert.notDeepEqual(parseTrino(sql).errors, []));
  }

  it("lists the called functions, also nested ones", () => {
    const { functions } = parseTrino("SELECT strftime(to_timestamp(a), 'x'), count(*) OVER () FROM t");
    assert.deepEqual(functions.sort(), ["count", "strftime", "to_timestamp"]);
    assert.throws(() => check("SELECT strftime(a, 'x') FROM t"), /no such function/);
  });
});
