import type { DuckDBConnection } from "@duckdb/node-api";
import { parameterClauses, selectLists } from "./tree";
import { parseTrino } from "./trino";

/** Where SQL from queries/ is put: a detection's UNLOAD, a view in Glue, or a prepared statement. */
export type Form = "UNLOAD" | "view" | "prepared";

/** Constructs that a form refuses, each with example SQL. */
interface Refusal {
  what: string;
  forms: Form[];
  sql: string;
  message: RegExp;
  source: string;
}

const TYPES = 'Trino, HiveTypeTranslator.toTypeInfo: it ends in "Unsupported Hive type"';
const COLUMNS = "Trino, StatementAnalyzer, for every CREATE … AS";
const GUIDE = 'Athena user guide, "Use parameterized queries": "only in the WHERE clause"';

const typed = (what: string, sql: string, message: RegExp, source = TYPES): Refusal => ({
  what,
  forms: ["UNLOAD", "view"],
  sql: `SELECT ${sql} AS c FROM flow_logs`,
  message,
  source,
});

const placed = (clause: string, sql: string): Refusal => ({
  what: `? in ${clause}`,
  forms: ["prepared"],
  sql,
  message: new RegExp(`\\? stands in ${clause}`),
  source: GUIDE,
});

export const REFUSALS: Refusal[] = [
  typed(
    "timestamp with time zone",
    "from_unixtime(start)",
    /c is TIMESTAMP WITH TIME ZONE/,
    `${TYPES}; of Athena: aws/aws-sdk-pandas#86, Tomme/dbt-athena#115`,
  ),
  typed(
    "a timestamp with nanoseconds",
    "CAST(action AS timestamp_ns)",
    /c is TIMESTAMP_NS/,
    "elementary-data/elementary#1678",
  ),
  typed(
    "a timestamp of whole seconds",
    "CAST(action AS timestamp_s)",
    /c is TIMESTAMP_S/,
    "elementary-data/elementary#1678",
  ),
  typed("time", "CAST(action AS time)", /c is TIME$/),
  typed("time with time zone", "CAST(action AS timetz)", /c is TIME WITH TIME ZONE/),
  typed("interval", "INTERVAL '1' HOUR", /c is INTERVAL/),
  typed("json", "CAST(action AS json)", /c is JSON/),
  typed(
    "uuid",
    "uuid()",
    /c is UUID/,
    `${TYPES}; Athena user guide, engine version 3: uuid() cannot be stored`,
  ),
  typed("unknown", "NULL", /c is "NULL"/, `${COLUMNS}: "Column type is unknown"`),
  typed("a type within an array", "ARRAY[from_unixtime(start)]", /c is TIMESTAMP WITH TIME ZONE\[\]/),
  {
    what: "a column without a name",
    forms: ["UNLOAD", "view"],
    sql: "SELECT action, count(*) FROM flow_logs GROUP BY action",
    message: /column 2 has no name/,
    source: `${COLUMNS}: "Column name not specified"`,
  },
  {
    what: "two columns of one name",
    forms: ["UNLOAD", "view"],
    sql: 'SELECT action, dstport AS "Action" FROM flow_logs',
    message: /there are two columns action/,
    source: `${COLUMNS}: "Column name … specified more than once"`,
  },
  placed("SELECT", "SELECT ? AS c FROM flow_logs"),
  placed("HAVING", "SELECT action FROM flow_logs GROUP BY action HAVING count(*) > ?"),
  placed("LIMIT", "SELECT action FROM flow_logs LIMIT ?"),
  placed("ORDER BY", "SELECT action FROM flow_logs ORDER BY start + ?"),
  placed("GROUP BY", "SELECT count(*) AS c FROM flow_logs GROUP BY start / ?"),
  placed("FILTER", "SELECT count(*) FILTER (WHERE start > ?) AS c FROM flow_logs"),
  placed("ON", "SELECT a.action FROM flow_logs AS a JOIN flow_logs AS b ON a.start = ?"),
  placed("UNNEST", "SELECT c FROM flow_logs CROSS JOIN UNNEST(ARRAY[?]) AS t (c)"),
];

/** Types that Hive has, by DuckDB's names. HUGEINT is DuckDB's sum of BIGINT, which is bigint in Trino. */
const HIVE_TYPES =
  /^(BOOLEAN|(TINY|SMALL|BIG|HUGE)INT|INTEGER|FLOAT|DOUBLE|DECIMAL\(\d+,\d+\)|VARCHAR|BLOB|DATE|TIMESTAMP(_MS)?)(\[\])*$/;

/** The types of a statement's columns: those of a view, since DuckDB gives an answer's unknown type as INTEGER. */
const typesOf = async (db: DuckDBConnection, sql: string): Promise<Record<string, string>> => {
  await db.run(`CREATE OR REPLACE TEMP VIEW judged AS ${sql}`);
  const reader = await db.runAndReadAll(
    "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'judged'",
  );
  return Object.fromEntries(reader.getRows());
};

const ofColumns = (lists: (string | undefined)[][]) =>
  lists.flatMap((names) => [
    ...names.flatMap((name, i) => (name === undefined ? [`column ${i + 1} has no name`] : [])),
    ...names
      .filter((name, i) => name && names.indexOf(name) !== i)
      .map((name) => `there are two columns ${name}`),
  ]);

/** Finds the constructs of a statement that a form refuses, by its tree and the types of its columns. */
export const refusals = async (db: DuckDBConnection, form: Form, sql: string): Promise<string[]> => {
  const { tree, errors } = parseTrino(sql);
  if (form === "prepared") {
    const misplaced = parameterClauses(tree).filter((clause) => clause !== "WHERE");
    return [...errors, ...misplaced.map((clause) => `? stands in ${clause}`)];
  }
  const types = Object.entries(await typesOf(db, sql));
  const ofTypes = types
    .filter(([, type]) => !HIVE_TYPES.test(type))
    .map(([name, type]) => `${name} is ${type}`);
  return [...errors, ...ofColumns(selectLists(tree)), ...ofTypes];
};
