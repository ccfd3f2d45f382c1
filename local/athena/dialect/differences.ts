/** Expressions for which Trino gives another answer than a local lake, or an error, with the difference in words. */
export const DIFFERENT: { why: string; expressions: string[] }[] = [
  {
    why: "A DATE plus an interval, `date_add` and `date_trunc` of a DATE are a time at midnight, not a DATE",
    expressions: [
      "date_trunc('month', DATE '2026-01-15')",
      "date_trunc('week', DATE '2026-01-15')",
      "date_add('day', 1, DATE '2026-01-31')",
      "date_add('month', 1, DATE '2026-01-31')",
      "date_add('quarter', 1, DATE '2026-01-31')",
      "DATE '2026-01-31' + interval '1' month",
      "DATE '2026-01-15' - interval '1' day",
    ],
  },
  {
    why: "A time with a zone is shown in UTC, or without its zone behind AT TIME ZONE: the moment is the same",
    expressions: [
      "from_iso8601_timestamp('2026-01-15T01:02:03+02:00')",
      "from_unixtime(0) AT TIME ZONE 'America/New_York'",
    ],
  },
  {
    why: "A double cast to a whole number is rounded to the even one at half",
    expressions: ["CAST(2.5e0 AS bigint)"],
  },
  {
    why: "A double cast to varchar is written in digits, not as 1.0E10",
    expressions: ["CAST(1e10 AS varchar)", "CAST(0.1e0 AS varchar)"],
  },
  {
    why: "A group that took no part in a match of `regexp_extract` is an empty text, not NULL",
    expressions: ["regexp_extract('abc', '(\\d)?c', 1)"],
  },
  {
    why: "`list[n]` beyond the end is NULL, not an error; `element_at` is NULL on both",
    expressions: ["(ARRAY[1,2,3])[9]"],
  },
  { why: "`round` of a decimal drops the digits that are zeros then", expressions: ["round(2.345, 2)"] },
  {
    why: "Functions of DuckDB's own run, and Trino has none of their name",
    expressions: ["ends_with('abc', 'bc')"],
  },
  {
    why: "NULL without a type is taken where Trino cannot choose between functions",
    expressions: ["substr(NULL, 0)", "json_extract_scalar(NULL, '$.a')"],
  },
];
