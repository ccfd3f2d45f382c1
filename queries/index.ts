import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Layout } from "../schema/layout";

/** A value that a query may be asked with: a number or a text, never SQL. */
export type ParameterValue = string | number;

export interface Parameter {
  name: string;
  /** The default, in SQL. */
  default: string;
  meaning: string;
}

/** A question with its answer in SQL that Athena and DuckDB both run. */
export interface SavedQuery {
  /** Name of its file and of the named query in Athena. */
  name: string;
  title: string;
  question: string;
  /** Flow-log fields that it reads. */
  fields: string[];
  parameters: Parameter[];
  /** The SQL with every default in place. */
  text: string;
  /** The SQL with these values in place of defaults. */
  withValues(values: Record<string, ParameterValue>): string;
}

const literal = (value: ParameterValue) =>
  typeof value === "number" ? String(value) : `'${value.replaceAll("'", "''")}'`;

/**
 * Every query asks about a window of time. `start` bounds the flows; the partitions, which go by arrival, bound what
 * is read. The clause on `year` alone lets Athena leave whole years out before it looks at each hour.
 */
const WINDOW = `start >= :from
  AND start < :to
  AND year BETWEEN date_format(from_unixtime(:from), '%Y')
    AND date_format(from_unixtime(:to + :late * 3600), '%Y')
  AND year || month || day || hour BETWEEN date_format(from_unixtime(:from), '%Y%m%d%H')
    AND date_format(from_unixtime(:to + :late * 3600), '%Y%m%d%H')`;

const WINDOW_PARAMETERS: Parameter[] = [
  {
    name: "from",
    default: "(to_unixtime(now()) - 24 * 3600)",
    meaning: "start of the window, epoch seconds",
  },
  { name: "to", default: "to_unixtime(now())", meaning: "end of the window, epoch seconds" },
  { name: "late", default: "1", meaning: "hours by which a line may arrive after its flow" },
];

/** The window that leaves nothing out: what a local lake is asked about unless hours are named, however old it is. */
export const EVERYTHING = { from: 0, to: 4_102_444_800 };

const substitute = (sql: string, values: Map<string, string>, name: string) =>
  sql.replaceAll(/(?<![:\w]):([a-z]+)\b/g, (_, parameter: string) => {
    const value = values.get(parameter);
    if (value === undefined)
      throw new Error(`query ${name} uses :${parameter}, which its header does not declare`);
    return value;
  });

const parameterFrom = (line: string, name: string): Parameter => {
  const parts = /^(\w+) = (.+?); (.+)$/.exec(line);
  if (!parts)
    throw new Error(`query ${name}: "parameter: ${line}" is not of the form "name = default; meaning"`);
  return { name: parts[1], default: parts[2], meaning: parts[3] };
};

/** Reads one query: `-- key: value` lines, then the SQL. */
export const parseQuery = (name: string, source: string): SavedQuery => {
  const header = [...source.matchAll(/^-- (\w+): (.+)$/gm)].map(([, key, value]) => ({ key, value }));
  const only = (key: string) => {
    const value = header.find((line) => line.key === key)?.value;
    if (value === undefined) throw new Error(`query ${name} has no "-- ${key}:" line`);
    return value;
  };
  const title = only("title");
  const question = only("question");
  const own = header.filter(({ key }) => key === "parameter").map(({ value }) => parameterFrom(value, name));
  const parameters = [...WINDOW_PARAMETERS, ...own];
  const body = source
    .replaceAll(/^--.*\n/gm, "")
    .trim()
    .replace(":window", WINDOW);

  const withValues = (values: Record<string, ParameterValue>) => {
    const filled = new Map(parameters.map((p) => [p.name, p.default]));
    for (const [key, value] of Object.entries(values)) filled.set(key, literal(value));
    return `-- ${title}: ${question}\n${substitute(body, filled, name)}`;
  };
  return {
    name,
    title,
    question,
    fields: only("fields").split(" "),
    parameters,
    text: withValues({}),
    withValues,
  };
};

/** Every saved query, by name. */
export const savedQueries = (): SavedQuery[] =>
  readdirSync(__dirname)
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file) => parseQuery(file.slice(0, -".sql".length), readFileSync(join(__dirname, file), "utf8")));

/** The fields that a query reads and a layout does not have. */
export const missingFields = (query: SavedQuery, layout: Layout): string[] => {
  const has = new Set<string>(layout.fields.map((f) => f.name));
  return query.fields.filter((field) => !has.has(field));
};
