import { REFUSED } from "../query-error";

/** Repeats a macro for two to eight arguments: DuckDB's macros have a fixed number of them. */
const several = (name: string, body: (args: string[]) => string): string => {
  const forms = Array.from({ length: 7 }, (_, i) => "abcdefgh".slice(0, i + 2).split(""));
  return `${name}${forms.map((args) => `(${args.join(", ")}) AS ${body(args)}`).join(", ")}`;
};

const anyNull = (args: string[]) => args.map((arg) => `${arg} IS NULL`).join(" OR ");
const orNull = (name: string) =>
  several(
    name,
    (args) => `CASE WHEN NOT (${anyNull(args)}) THEN system.main.${name}(${args.join(", ")}) END`,
  );

/** Raises an error that TRY can catch. DuckDB refuses error() inside TRY. */
const refused = (why: string) => `CAST('${REFUSED}${why}' AS INTEGER)`;

const isDecimal = (arg: string) => `system.main.typeof(${arg}) LIKE 'DECIMAL%'`;
const isDouble = (arg: string) => `system.main.typeof(${arg}) IN ('DOUBLE', 'FLOAT')`;
const DECIMALS =
  "Athena divides decimals to as many digits as they have, which a local lake does not: write 2e0 for 2.0, or CAST(… AS double)";

const TIMES = [
  `from_unixtime(seconds) AS to_timestamp(seconds), (seconds, zone) AS
    CASE zone WHEN 'UTC' THEN to_timestamp(seconds) ELSE error('from_unixtime knows the zone UTC only, on a local lake') END`,
  `date_add(unit, number, moment) AS moment + number * CASE unit
    WHEN 'millisecond' THEN INTERVAL 1 MILLISECOND WHEN 'second' THEN INTERVAL 1 SECOND
    WHEN 'minute' THEN INTERVAL 1 MINUTE WHEN 'hour' THEN INTERVAL 1 HOUR WHEN 'day' THEN INTERVAL 1 DAY
    WHEN 'week' THEN INTERVAL 1 WEEK WHEN 'month' THEN INTERVAL 1 MONTH WHEN 'quarter' THEN INTERVAL 3 MONTH
    WHEN 'year' THEN INTERVAL 1 YEAR ELSE error('date_add knows no such unit') END`,
  // Counts whole units. DuckDB's date_diff counts the boundaries between.
  "date_diff(unit, first, last) AS system.main.date_sub(unit, first, last)",
  "from_iso8601_timestamp(text) AS CAST(text AS TIMESTAMPTZ)",
  "from_iso8601_date(text) AS CAST(text AS DATE)",
  `to_iso8601(moment) AS CASE system.main.typeof(moment) WHEN 'DATE' THEN strftime(moment, '%Y-%m-%d')
    WHEN 'TIMESTAMP' THEN strftime(moment, '%Y-%m-%dT%H:%M:%S') || CASE system.main.date_part('milliseconds', moment) % 1000
      WHEN 0 THEN '' ELSE strftime(moment, '.%g') END
    ELSE strftime(moment, '%Y-%m-%dT%H:%M:%S.%gZ') END`,
  "to_unixtime(moment) AS epoch(moment)",
  // Saved queries use only specifiers that both engines have. Formats in other statements are translated before.
  "date_format(moment, format) AS strftime(moment, format)",
  `date_part(part, moment) AS CASE lower(part) WHEN 'dow' THEN isodow(moment) WHEN 'day_of_week' THEN isodow(moment)
    WHEN 'day_of_month' THEN day(moment) WHEN 'day_of_year' THEN dayofyear(moment) WHEN 'year_of_week' THEN isoyear(moment)
    WHEN 'yow' THEN isoyear(moment) ELSE system.main.date_part(part, moment) END`,
  "millisecond(moment) AS system.main.date_part('milliseconds', moment) % 1000",
  "day_of_week(moment) AS isodow(moment)",
  "dow(moment) AS isodow(moment)",
  "day_of_year(moment) AS dayofyear(moment)",
  "doy(moment) AS dayofyear(moment)",
  "day_of_month(moment) AS day(moment)",
  "year_of_week(moment) AS isoyear(moment)",
  "yow(moment) AS isoyear(moment)",
  "week_of_year(moment) AS week(moment)",
  "last_day_of_month(moment) AS last_day(moment)",
  "with_timezone(moment, zone) AS timezone(zone, moment)",
  "current_timezone() AS current_setting('TimeZone')",
];

const NUMBERS = [
  `"/"(a, b) AS CASE
    WHEN ${isDouble("a")} OR ${isDouble("b")} THEN system.main."/"(a, b)
    WHEN b = 0 THEN ${refused("Division by zero")}
    WHEN ${isDecimal("a")} OR ${isDecimal("b")} THEN ${refused(DECIMALS)}
    ELSE system.main.divide(a, b) END`,
  `"%"(a, b) AS CASE WHEN b = 0 AND NOT (${isDouble("a")} OR ${isDouble("b")}) THEN ${refused("Division by zero")}
    ELSE system.main."%"(a, b) END`,
  `mod(a, b) AS CASE WHEN b = 0 AND NOT (${isDouble("a")} OR ${isDouble("b")}) THEN ${refused("Division by zero")}
    ELSE system.main."%"(a, b) END`,
  "truncate(number) AS trunc(number)",
  "e() AS system.main.exp(1)",
  "nan() AS CAST('nan' AS DOUBLE)",
  "infinity() AS CAST('infinity' AS DOUBLE)",
  "is_nan(number) AS isnan(number)",
  "is_infinite(number) AS isinf(number)",
  "is_finite(number) AS isfinite(number)",
  "rand() AS random()",
  `width_bucket(number, low, high, buckets) AS CASE WHEN number < low THEN 0 WHEN number >= high THEN buckets + 1
    ELSE CAST(floor((number - low) * buckets / (high - low)) AS BIGINT) + 1 END`,
  "to_base(number, base) AS lower(system.main.to_base(number, base))",
  "bitwise_and(a, b) AS a & b",
  "bitwise_or(a, b) AS a | b",
  "bitwise_xor(a, b) AS xor(a, b)",
  "bitwise_not(a) AS ~a",
  "bitwise_left_shift(number, bits) AS number << bits",
];

const TEXTS = [
  several("concat", (args) => args.join(" || ")),
  orNull("greatest"),
  orNull("least"),
  "replace(text, old) AS system.main.replace(text, old, ''), (text, old, new) AS system.main.replace(text, old, new)",
  "codepoint(letter) AS unicode(letter)",
  `split_part(text, delimiter, n) AS CASE WHEN n <= 0 THEN CAST(${refused("Index must be greater than zero")} AS VARCHAR)
    ELSE string_split(text, delimiter)[n] END`,
  ...["substr", "substring"].map(
    (
      name,
    ) => `${name}(text, n) AS CASE WHEN n = 0 OR n < -length(text) THEN left(text, 0) ELSE system.main.substr(text, n) END,
      (text, n, size) AS CASE WHEN n = 0 OR n < -length(text) THEN left(text, 0) ELSE system.main.substr(text, n, size) END`,
  ),
  "levenshtein_distance(a, b) AS levenshtein(a, b)",
  "hamming_distance(a, b) AS hamming(a, b)",
  "to_utf8(text) AS encode(text)",
  "from_utf8(bytes) AS decode(bytes)",
  ...["md5", "sha1", "sha256"].map((name) => `${name}(bytes) AS unhex(system.main.${name}(bytes))`),
  "regexp_like(text, pattern) AS regexp_matches(text, pattern)",
  `regexp_extract(text, pattern) AS CASE WHEN regexp_matches(text, pattern) THEN system.main.regexp_extract(text, pattern) END,
    (text, pattern, n) AS CASE WHEN regexp_matches(text, pattern) THEN system.main.regexp_extract(text, pattern, n) END`,
  `regexp_replace(text, pattern) AS system.main.regexp_replace(text, pattern, '', 'g'),
    (text, pattern, new) AS system.main.regexp_replace(text, pattern, system.main.regexp_replace(new, '\\$(\\d)', '\\\\\\1', 'g'), 'g')`,
  "regexp_split(text, pattern) AS string_split_regex(text, pattern)",
  "regexp_count(text, pattern) AS len(regexp_extract_all(text, pattern))",
  `json_extract_scalar(json, path) AS CASE WHEN json_valid(json) AND json_type(json, path) NOT IN ('OBJECT', 'ARRAY')
    THEN json_extract_string(json, path) END`,
  "json_extract(json, path) AS CASE WHEN json_valid(json) THEN system.main.json_extract(json, path) END",
  "json_parse(text) AS CAST(text AS JSON)",
  "json_format(json) AS CAST(json AS VARCHAR)",
];

const hasNull = (list: string) => `len(list_filter(${list}, lambda x: x IS NULL)) > 0`;

const LISTS = [
  "element_at(many, key) AS many[key]",
  `contains(list, value) AS CASE WHEN list_contains(list, value) THEN true WHEN ${hasNull("list")} THEN NULL
    WHEN list IS NOT NULL AND value IS NOT NULL THEN false END`,
  `array_join(list, delimiter) AS array_to_string(list_filter(list, lambda x: x IS NOT NULL), delimiter),
    (list, delimiter, empty) AS array_to_string(list_transform(list, lambda x: coalesce(CAST(x AS VARCHAR), empty)), delimiter)`,
  `array_max(list) AS CASE WHEN NOT ${hasNull("list")} THEN list_max(list) END`,
  `array_min(list) AS CASE WHEN NOT ${hasNull("list")} THEN list_min(list) END`,
  "array_position(list, value) AS CASE WHEN list IS NOT NULL AND value IS NOT NULL THEN coalesce(list_position(list, value), 0) END",
  "array_union(a, b) AS list_distinct(list_concat(a, b))",
  "array_except(a, b) AS list_distinct(list_filter(a, lambda x: NOT list_contains(b, x)))",
  "arrays_overlap(a, b) AS list_has_any(a, b)",
  "array_remove(list, value) AS list_filter(list, lambda x: x <> value)",
  "repeat(value, count) AS list_transform(range(count), lambda i: value)",
  `sequence(first, last) AS CASE WHEN first <= last THEN generate_series(first, last) ELSE generate_series(first, last, -1) END,
    (first, last, step) AS generate_series(first, last, step)`,
  "slice(list, n, size) AS list_slice(list, n, n + size - 1)",
];

/**
 * Macros for functions of Athena's SQL that DuckDB lacks, or that mean something else there. A macro hides a built-in
 * function.
 */
export const MACROS = [...TIMES, ...NUMBERS, ...TEXTS, ...LISTS];
