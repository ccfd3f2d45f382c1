import { EXPRESSIONS } from "./expressions";

/** A table for aggregates: a number, a text with NULL, a key. */
const ROWS = "(VALUES (1, 'a', 1e0), (2, 'b', 2e0), (3, NULL, 4e0), (NULL, 'b', NULL)) AS t(n, s, x)";

/** Aggregates and window functions, each of a row or more. */
export const QUERIES: Record<string, string> = Object.fromEntries(
  Object.entries({
    count: "count(*), count(n), count(DISTINCT s), count_if(n > 1), count(*) FILTER (WHERE s = 'b')",
    sum: "sum(n), avg(n), min(n), max(s), sum(x), avg(x)",
    none: "sum(n) FILTER (WHERE n > 9), max(s) FILTER (WHERE n > 9), count(n) FILTER (WHERE n > 9)",
    approx_distinct: "approx_distinct(s), approx_distinct(n)",
    approx_percentile: "approx_percentile(n, 0.5e0), approx_percentile(x, 0.5e0)",
    by: "max_by(s, n), min_by(s, n), max_by(n, s)",
    arbitrary: "arbitrary(n) IS NOT NULL, any_value(s) IS NOT NULL",
    bool: "bool_and(n > 0), bool_or(n > 2), every(n > 1)",
    statistics: "stddev(n), stddev_pop(n), stddev_samp(x), variance(n), var_pop(n), var_samp(x)",
    correlation: "corr(n, x), covar_pop(n, x), covar_samp(n, x), regr_slope(x, n), regr_intercept(x, n)",
    geometric_mean: "geometric_mean(x)",
    array_agg: "array_agg(n ORDER BY n DESC), array_agg(s ORDER BY s) FILTER (WHERE s IS NOT NULL)",
    listagg: "listagg(s, ',') WITHIN GROUP (ORDER BY s)",
    histogram:
      "contains(map_keys(histogram(s)), 'b'), contains(map_keys(histogram(s)), 'z'), contains(map_keys(histogram(s) FILTER (WHERE n > 9)), 'a')",
    map_agg: "element_at(map_agg(n, s), 2), element_at(histogram(s), 'b'), cardinality(map_agg(n, x))",
    checksum: "checksum(n) IS NOT NULL",
    bitwise_agg: "bitwise_and_agg(n), bitwise_or_agg(n), bitwise_xor_agg(n)",
    moments: "kurtosis(x), skewness(x)",
  }).map(([name, columns]) => [
    name,
    `SELECT ${columns} FROM ${ROWS}${name === "map_agg" ? " WHERE n IS NOT NULL AND s IS NOT NULL" : ""}`,
  ]),
);

Object.assign(QUERIES, {
  group: `SELECT s, sum(n) FROM ${ROWS} GROUP BY s ORDER BY s`,
  order: `SELECT n FROM ${ROWS} ORDER BY n`,
  "order, descending": `SELECT n FROM ${ROWS} ORDER BY n DESC`,
  "order, nulls first": `SELECT n FROM ${ROWS} ORDER BY n NULLS FIRST`,
  rollup: `SELECT s, count(*) FROM ${ROWS} GROUP BY ROLLUP (s) ORDER BY 1, 2`,
  windows: `SELECT n, row_number() OVER (ORDER BY n), rank() OVER (ORDER BY s), dense_rank() OVER (ORDER BY s),
    lag(n) OVER (ORDER BY n), lead(n, 1, 0) OVER (ORDER BY n), first_value(n) OVER (ORDER BY n), last_value(n) OVER (ORDER BY n),
    nth_value(n, 2) OVER (ORDER BY n), cume_dist() OVER (ORDER BY n), ntile(2) OVER (ORDER BY n),
    sum(n) OVER (ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), percent_rank() OVER (ORDER BY n) FROM ${ROWS} ORDER BY n`,
  unnest: "SELECT x FROM UNNEST(ARRAY[3,1,2]) AS u(x) ORDER BY x",
  "cross join unnest": `SELECT n, y FROM ${ROWS} CROSS JOIN UNNEST(split('p,q', ',')) AS u(y) WHERE n < 2 ORDER BY y`,
  "unnest with ordinality": "SELECT x, i FROM UNNEST(ARRAY['b','a']) WITH ORDINALITY AS u(x, i) ORDER BY i",
  limit: `SELECT n FROM ${ROWS} ORDER BY n LIMIT 2`,
  offset: `SELECT n FROM ${ROWS} ORDER BY n OFFSET 1 LIMIT 1`,
  fetch: `SELECT n FROM ${ROWS} ORDER BY n FETCH FIRST 1 ROW ONLY`,
  union: "SELECT 1 UNION SELECT 1 UNION ALL SELECT 2 ORDER BY 1",
  except: "SELECT x FROM (VALUES 1, 2, 2) AS t(x) EXCEPT SELECT 1",
  "max_by, filtered": `SELECT max_by(s, n) FILTER (WHERE n < 3), approx_distinct(s) FILTER (WHERE n < 3) FROM ${ROWS}`,
  "max_by, over": `SELECT n, max_by(s, n) OVER (ORDER BY n) FROM ${ROWS} WHERE n < 3 ORDER BY n`,
  nested: `SELECT max(a) FROM (SELECT transform(ARRAY[n], x -> x / 2)[1] AS a FROM ${ROWS} WHERE n IN (SELECT truncate(2.5e0)))`,
  exists: `SELECT count(*) FROM ${ROWS} WHERE EXISTS (SELECT 1 WHERE n > 1)`,
});

/** Every statement to try, by the name of Trino's recorded answer: the expression, or the whole query. */
export const STATEMENTS: [name: string, sql: string][] = [
  ...Object.values(EXPRESSIONS)
    .flat()
    .map((expression): [string, string] => [expression, `SELECT ${expression}`]),
  ...Object.values(QUERIES).map((query): [string, string] => [query, query]),
];
