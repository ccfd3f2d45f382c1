import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { FIELD_BY_NAME, FIELDS, LABELS } from "../schema/fields";
import type { Layout } from "../schema/layout";
import { TRANSIT_FIELDS } from "../schema/transit";
import type { FlowTable } from "./flow-table";
import { withFragments } from "./fragments";
import { scheduledPieces } from "./scheduled";
import { insideWords, withSides, wordsOf } from "./sides";

/** A value of a parameter: a number or a text, never SQL. */
export type ParameterValue = string | number;

export interface Parameter {
  name: string;
  /** The default, in SQL. */
  default: string;
  meaning: string;
}

/** Subjects of queries; each group is a folder. */
export const GROUPS = ["traffic", "security", "operations", "compliance"] as const;

export type Group = (typeof GROUPS)[number];

/** A question with its answer in SQL that Athena and DuckDB both run. */
export interface SavedQuery {
  /** Name of its file and of the named query in Athena. */
  name: string;
  group: Group;
  title: string;
  question: string;
  /** Flow-log fields that it needs, and the columns `src_network` and `dst_network` that `networks` adds. */
  fields: string[];
  /** All fields that it reads: the needed ones, and optional ones that the table has. */
  reads: string[];
  parameters: Parameter[];
  /** True if its window is about the start of flows, not about their arrival. */
  isOfFlows: boolean;
  /** Days before its window that it reads for comparison; mostly 0. */
  historyDays: number;
  /**
   * Default hours between scheduled runs: a day for a query with a history, since every run reads all of that, otherwise an
   * hour.
   */
  everyHours: number;
  /** The SQL with all defaults. */
  text: string;
  /** Returns the SQL with these values instead of the defaults. */
  withValues(values: Record<string, ParameterValue>): string;
  /** Returns a sentence on the addresses that count as inside for these values, if the query distinguishes them. */
  insideWords(values: Record<string, ParameterValue>): string | undefined;
  /**
   * Returns the SQL for scheduled runs every so many hours. It reads the objects that were stored since the run before.
   */
  scheduled(everyHours: number): string;
  /**
   * The SQL with `?` for parameters that are only in WHERE clauses, and the names of these parameters in that order. Athena
   * takes `?` only there ("Use parameterized queries" in its guide). All others keep their defaults, also the window.
   */
  prepared: { text: string; parameters: string[] };
}

const literal = (value: ParameterValue) =>
  typeof value === "number" ? String(value) : `'${value.replaceAll("'", "''")}'`;

/** Hours after a flow until which nearly all lines have arrived. */
export const LATE_HOURS = 1;

/** Parameters of the window, which every query has. */
const WINDOW_PARAMETERS: Parameter[] = [
  {
    name: "from",
    default: "(to_unixtime(now()) - 24 * 3600)",
    meaning: "start of the window, epoch seconds",
  },
  { name: "to", default: "to_unixtime(now())", meaning: "end of the window, epoch seconds" },
  { name: "late", default: String(LATE_HOURS), meaning: "hours by which a line may arrive after its flow" },
];

/** The blocks that count as inside. The SQL contains patterns of their addresses, not the blocks themselves. */
const INSIDE_PARAMETER = "inside";

/** The days before the window that `:history` reads. */
const HISTORY_PARAMETER = "days";

/** A window over all rows: the default for a local lake, however old it is. */
export const EVERYTHING = { from: 0, to: 4_102_444_800 };

const substitute = (sql: string, lookUp: (parameter: string) => string | undefined, name: string) =>
  sql.replaceAll(/(?<![:\w]):([a-z]+)\b/g, (_, parameter: string) => {
    const value = lookUp(parameter);
    if (value === undefined)
      throw new Error(`query ${name} uses :${parameter}, which its header does not declare`);
    return value;
  });

/** Stands for an unknown table: one of network interfaces, with all of their fields. */
const ANY_TABLE: FlowTable = { has: (name) => FIELD_BY_NAME.has(name), inside: "" };

/** Returns the table of a layout, in which these CIDR blocks count as inside. */
export const tableOf = ({ fields }: Pick<Layout, "fields">, inside: readonly string[] = []): FlowTable => ({
  has: (name) => fields.some((field) => field.name === name),
  inside: inside.join(","),
});

/** Returns the fields that SQL names. */
const namedIn = (sql: string): string[] => {
  // Skips columns that the table lacks: the SQL has NULL under their names.
  const said = sql.replaceAll(/--.*$/gm, "").replaceAll(/CAST\(NULL AS varchar\) AS \w+/g, "");
  const all = new Set([...FIELDS, ...TRANSIT_FIELDS]);
  return [...all].filter(({ column }) => new RegExp(`\\b${column}\\b`).test(said)).map(({ name }) => name);
};

const parameterFrom = (line: string, name: string): Parameter => {
  const parts = /^(\w+) = (.+?); (.+)$/.exec(line);
  if (!parts)
    throw new Error(`query ${name}: "parameter: ${line}" is not of the form "name = default; meaning"`);
  return { name: parts[1], default: parts[2], meaning: parts[3] };
};

/** Returns the values of the `-- key: value` lines above a query's SQL, in their order. */
const headerLines = (source: string, key: string): string[] =>
  [...source.matchAll(/^-- (\w+): (.+)$/gm)].filter(([, name]) => name === key).map(([, , value]) => value);

/** Texts of a query's header. */
interface About {
  title: string;
  question: string;
  /** Names of fields, separated by spaces, or `none`. */
  fields: string;
}

/** Makes a query of its SQL and the texts of its header. Parameters are in the lines above the SQL. */
export const queryOf = (
  name: string,
  { title, question, fields }: About,
  source: string,
  group: Group,
  table: FlowTable = ANY_TABLE,
): SavedQuery => {
  const own = headerLines(source, "parameter")
    .map((value) => parameterFrom(value, name))
    .map((each) => (each.name === INSIDE_PARAMETER ? { ...each, default: literal(table.inside) } : each));
  const parameters = [...WINDOW_PARAMETERS, ...own];
  const written = source.replaceAll(/^--.*\n/gm, "").trim();
  const asked = withSides(written, table);
  const body = withFragments(asked);

  const filledWith = (values: Record<string, string>, sql = body) => {
    const all = new Map([...parameters.map((p) => [p.name, p.default] as const), ...Object.entries(values)]);
    return substitute(sql, (parameter) => all.get(parameter), name);
  };
  const tableWith = (values: Record<string, ParameterValue>): FlowTable => ({
    ...table,
    inside: String(values[INSIDE_PARAMETER] ?? table.inside),
  });
  const withValues = (values: Record<string, ParameterValue>) => {
    const literals = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, literal(value)]));
    const here = tableWith(values);
    const words = [`${title}: ${question}`, ...wordsOf(written, here)];
    const sql = filledWith(literals, withFragments(withSides(written, here)));
    return `${words.map((line) => `-- ${line}\n`).join("")}${sql}`;
  };
  const scheduled = (everyHours: number) => {
    const { pieces, from, to } = scheduledPieces(everyHours);
    return filledWith({ from, to }, withFragments(asked, pieces));
  };
  const names = headerLines(source, "prepared")[0]?.split(" ") ?? [];
  const bound: string[] = [];
  const bind = (parameter: string) => {
    if (!names.includes(parameter)) return parameters.find((p) => p.name === parameter)?.default;
    bound.push(parameter);
    return "?";
  };
  const prepared = { text: substitute(body, bind, name), parameters: bound };
  const needed = fields === "none" ? [] : fields.split(" ");
  const historyDays = Number(own.find((parameter) => parameter.name === HISTORY_PARAMETER)?.default ?? 0);
  return {
    name,
    group,
    title,
    question,
    fields: needed,
    reads: [...new Set([...needed, ...namedIn(asked)])],
    parameters,
    isOfFlows: /:(window|history)\b/.test(source),
    historyDays,
    everyHours: historyDays > 0 ? 24 : 1,
    text: withValues({}),
    withValues,
    insideWords: (values) => insideWords(written, tableWith(values)),
    scheduled,
    prepared,
  };
};

/** Reads a query's file: `-- key: value` lines, then the SQL. */
export const parseQuery = (name: string, source: string, group: Group, table?: FlowTable): SavedQuery => {
  const only = (key: string) => {
    const [value] = headerLines(source, key);
    if (value === undefined) throw new Error(`query ${name} has no "-- ${key}:" line`);
    return value;
  };
  const about = { title: only("title"), question: only("question"), fields: only("fields") };
  return queryOf(name, about, source, group, table);
};

/** Returns one saved query for a table. */
export const savedQuery = (group: Group, name: string, table: FlowTable = ANY_TABLE): SavedQuery =>
  parseQuery(name, readFileSync(join(__dirname, group, `${name}.sql`), "utf8"), group, table);

/** Returns the group and the name of each saved query, in that order. */
export const queryNames = (): { group: Group; name: string }[] =>
  GROUPS.flatMap((group) => {
    const files = readdirSync(join(__dirname, group)).filter((file) => file.endsWith(".sql"));
    return files.sort().map((file) => ({ group, name: basename(file, ".sql") }));
  });

/** Returns all saved queries for a table, by group and name. */
export const savedQueries = (table: FlowTable = ANY_TABLE): SavedQuery[] =>
  queryNames().map(({ group, name }) => savedQuery(group, name, table));

/** Returns the fields that a query needs and a layout lacks. */
export const missingFields = (query: SavedQuery, layout: Layout): string[] => {
  const has = new Set<string>([...layout.fields.map((f) => f.name), ...layout.labels.map((l) => l.column)]);
  return query.fields.filter((field) => !has.has(field));
};

/** Returns the end of a sentence: the component's arguments that add these fields and labels to the table. */
export const argumentsFor = (missing: readonly string[]): string => {
  const isLabel = (name: string) => LABELS.some(({ column }) => column === name);
  const places = [
    ...(missing.some((name) => !isLabel(name)) ? ["fields"] : []),
    ...(missing.some(isLabel) ? ["networks"] : []),
  ];
  return `a stack has ${missing.length === 1 ? "it" : "them"} with the argument${places.length > 1 ? "s" : ""} ${places.join(" and ")}`;
};
