import assert from "node:assert/strict";
import { savedQueries } from "../../queries";
import { viewsOf } from "../../queries/views";
import { LABELS } from "../../schema/fields";
import { layoutFrom } from "../../schema/layout";
import { parseTrino } from "./trino";

/** Functions of Athena's engine 3 (Trino) that queries here may call; what is not among them is looked up first. */
const TRINO_FUNCTIONS = new Set(
  `abs any_value approx_distinct approx_percentile arbitrary array_agg array_join avg bit_count bitwise_and bitwise_or
   bool_and bool_or cardinality ceil ceiling chr coalesce concat contains corr count count_if cume_dist date date_add
   date_diff date_format date_parse date_trunc day day_of_week dense_rank element_at every first_value floor format
   from_iso8601_timestamp from_unixtime greatest hour if json_extract_scalar lag last_value lead least length ln log
   log10 log2 lower lpad ltrim map_agg max max_by min min_by minute mod month nth_value ntile nullif now parse_datetime
   percent_rank pow power rank regexp_count regexp_extract regexp_like regexp_replace replace reverse round row_number
   rpad rtrim second sequence sign split split_part sqrt starts_with stddev stddev_pop stddev_samp strpos substr
   substring sum to_hex to_iso8601 to_unixtime transform trim try_cast typeof upper url_extract_host var_pop var_samp
   variance width_bucket year`.split(/\s+/),
);

const check = (sql: string) => {
  const { errors, functions } = parseTrino(sql);
  assert.deepEqual(errors, [], sql);
  const unknown = functions.filter((name) => !TRINO_FUNCTIONS.has(name));
  assert.deepEqual(unknown, [], "Trino has no such function");
};

describe("query: the SQL, by Trino's grammar", () => {
  for (const query of savedQueries()) {
    it(`parses ${query.name}, as it is saved, as it is prepared, on a schedule, and with values`, () => {
      check(query.text);
      for (const everyHours of [1, 5, 24]) check(query.scheduled(everyHours));
      check(query.prepared.text);
      const texts = query.parameters.filter((p) => p.default.startsWith("'"));
      check(query.withValues({ from: 0, to: 1, ...Object.fromEntries(texts.map((p) => [p.name, "it's"])) }));
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
    it(`refuses what DuckDB takes and Athena does not: ${what}`, () =>
      assert.notDeepEqual(parseTrino(sql).errors, []));
  }

  it("sees the functions that are called, also within others", () => {
    const { functions } = parseTrino("SELECT strftime(to_timestamp(a), 'x'), count(*) OVER () FROM t");
    assert.deepEqual(functions.sort(), ["count", "strftime", "to_timestamp"]);
    assert.throws(() => check("SELECT strftime(a, 'x') FROM t"), /no such function/);
  });
});
