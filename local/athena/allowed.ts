import type { DuckDBConnection } from "@duckdb/node-api";
import { quoted } from "../firehose/convert";
import { FORMATTED, RENAMED, SAME } from "./dialect/functions";
import { MACROS } from "./dialect/macros";
import { EXPLAIN, parsed } from "./parsed";
import { QueryError, refusal } from "./query-error";

/**
 * Functions that a question may call. DuckDB's SELECT can write files, change settings or end the process by a function:
 * `enable_logging(storage = 'file', …)` has run before the statement's type is known.
 */

/** Functions that make rows of their arguments, and the one for Parquet, of which only the lake's files can be read. */
const TABLE_FUNCTIONS = new Set([
  ...["unnest", "range", "generate_series", "json_each", "json_tree", "repeat"],
  "read_parquet",
]);

/** Functions without effects whose result differs at each call. */
const CHANGING = ["random", "uuid", "gen_random_uuid", "uuidv4", "uuidv7", "error"];

/** Functions that Athena has too, operators, and macros of this engine: none has an effect, so the catalog is not asked. */
const KNOWN = new Set([
  ...SAME,
  ...Object.values(RENAMED),
  ...Object.values(FORMATTED),
  ...MACROS.map((definition) => /^\w+/.exec(definition)?.[0] ?? ""),
]);
const isKnown = (name: string) => KNOWN.has(name) || /^\W+$/.test(name);

/** Functions that DuckDB's catalog calls pure, and that take SQL, read settings or are DuckDB's own affair. */
const WITHHELD =
  "^(json_(de)?serialize_.*|json_execute_.*|query.*|current_setting|getvariable|getenv|pg_.*|has_.*_privilege|__internal_.*|parse_duckdb_.*)$";

interface Call {
  name: string;
  makesRows: boolean;
}

/** The calls in a statement as DuckDB's parser gives it. */
function* callsIn(value: unknown, makesRows = false): Generator<Call> {
  if (typeof value !== "object" || value === null) return;
  if ("function_name" in value) yield { name: String(value.function_name).toLowerCase(), makesRows };
  const type = "type" in value ? value.type : undefined;
  for (const [key, inner] of Object.entries(value))
    yield* callsIn(inner, type === "TABLE_FUNCTION" && key === "function");
}

/** Returns the names that are functions with effects, by DuckDB's catalog. It skips unknown names, which cannot run. */
const effectiveAmong = async (db: DuckDBConnection, names: string[]): Promise<Set<unknown>> => {
  if (names.length === 0) return new Set();
  const reader = await db.runAndReadAll(`SELECT function_name FROM duckdb_functions()
    WHERE function_name IN (${names.map(quoted).join(", ")})
    GROUP BY function_name
    HAVING regexp_matches(function_name, ${quoted(WITHHELD)})
      OR NOT bool_or(function_type IN ('scalar', 'aggregate', 'macro'))
      OR (bool_or(coalesce(stability = 'VOLATILE', false)) AND function_name NOT IN (${CHANGING.map(quoted).join(", ")}))`);
  return new Set(reader.getRows().map(([name]) => name));
};

/**
 * Lets one statement through that calls only functions without effects.
 * @throws QueryError that names the function, or if the calls cannot be read: DuckDB gives no tree for PIVOT, for example.
 */
export const checkCalls = async (db: DuckDBConnection, sql: string): Promise<void> => {
  const { statements } = await parsed(db, sql.replace(EXPLAIN, ""));
  if (statements === undefined) throw refusal("another statement");
  const calls = [...callsIn(statements)];
  const scalars = calls.filter(({ name, makesRows }) => !makesRows && !isKnown(name)).map(({ name }) => name);
  const effective = await effectiveAmong(db, [...new Set(scalars)]);
  const refused = calls.find(({ name, makesRows }) =>
    makesRows ? !TABLE_FUNCTIONS.has(name) : effective.has(name),
  );
  if (refused) throw new QueryError(`Permission Error: function ${refused.name} may not be called on a lake`);
};
