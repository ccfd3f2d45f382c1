import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { QueryError } from "../../local/athena";
import {
  type Parameter,
  type ParameterValue,
  queryNames,
  queryOf,
  type SavedQuery,
  savedQuery as savedQueryOf,
  tableOf,
} from "../../queries";
import type { FlowTable } from "../../queries/flow-table";
import { suggestion } from "../../schema/nearest";
import { UsageError } from "../usage";
import type { Definition } from "./engine";
import type { Window } from "./window";

export interface QuestionOptions {
  /** The value of the saved query's first parameter. */
  value?: string;
  sql?: string;
  file?: string;
  param?: Record<string, string>;
  distinct?: boolean;
}

/** A question, which becomes SQL with a window. */
export interface Question {
  /** The saved query, if it is one. */
  saved?: SavedQuery;
  /** Returns the values for the SQL, with those of the window; undefined if the SQL has no `:window`. */
  values?(window: Window): Record<string, ParameterValue>;
  /** True if the window is about the start of flows, not about their arrival. */
  isOfFlows?: boolean;
  /** Returns the SQL for a table's fields; for the fields that the query needs, if the table is unknown. */
  sql(window: Window, table: string, definition?: Definition): string;
  /** Returns a sentence on the addresses that count as inside, if the query distinguishes them. */
  inside?(window: Window, definition?: Definition): string | undefined;
}

export const savedQuery = (name: string, table?: FlowTable): SavedQuery => {
  const all = queryNames();
  const found = all.find((query) => query.name === name);
  if (found) return savedQueryOf(found.group, name, table);
  const meant = suggestion(
    name,
    all.map((query) => query.name),
  );
  throw new UsageError(`there is no saved query "${name}"${meant} (flowlogs query --list shows all)`);
};

/** Reads a value with the type of the default: text, a whole number, or any number. */
const checked = ({ name, default: usual }: Parameter, value: string): ParameterValue => {
  if (usual.startsWith("'")) return value;
  const [pattern, kind] = /^\d+\.\d+$/.test(usual)
    ? [/^\d{1,15}(\.\d{1,15})?$/, "a number"]
    : [/^\d{1,15}$/, "a whole number"];
  if (pattern.test(value)) return Number(value);
  throw new UsageError(`parameter ${name} takes ${kind} instead of "${value}"`);
};

/** Returns the given values, each checked against its parameter's default. */
const valuesOf = ({ name, parameters }: SavedQuery, given: Record<string, string> = {}) =>
  Object.fromEntries(
    Object.entries(given).map(([key, value]) => {
      const parameter = parameters.find((p) => p.name === key);
      if (parameter) return [key, checked(parameter, value)];
      const names = parameters.map((p) => p.name).join(", ");
      throw new UsageError(`query ${name} has no parameter "${key}"; it has ${names}`);
    }),
  );

/** Replaces the table in the SQL by the view without duplicates. */
const withoutDuplicates = (sql: string, table: string): string => {
  const named = new RegExp(`\\b(FROM|JOIN)(\\s+(?:"?\\w+"?\\.)*"?)${table}\\b`, "gi");
  if (!named.test(sql)) throw new UsageError(`--distinct needs SQL that reads FROM ${table}`);
  return sql.replaceAll(named, `$1$2${table}_distinct`);
};

const readSql = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new QueryError(`cannot read ${file}: ${code === "ENOENT" ? "there is no such file" : message}`);
  }
};

const PLACEHOLDER =
  /(?<![:\w]):(window|arrival|history|internal|outside|once|among|known|time|from|to|late)\b/;

/** Makes a query of a user's SQL that has `:window` in it. It may need any field. */
const ownQuery = (name: string, sql: string, table?: FlowTable): SavedQuery => {
  try {
    return queryOf(name, { title: "own SQL", question: name, fields: "none" }, sql, "traffic", table);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
};

const givenSql = async ({ sql, file }: QuestionOptions): Promise<string> => {
  if (file !== undefined) return readSql(file);
  return sql === "-" ? text(process.stdin) : (sql ?? "");
};

/** Returns the SQL with its values. @throws UsageError for an invalid CIDR block. */
const filledWith = (query: SavedQuery, values: Record<string, ParameterValue>): string => {
  try {
    return query.withValues(values);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
};

/** Returns a query's own parameters, without those of the window, the history and `inside`. */
const SHARED = new Set(["from", "to", "late", "days", "inside"]);

/** Adds the argument after the query's name as the value of its first parameter. */
const withFirst = (query: SavedQuery, { param, value }: QuestionOptions): Record<string, string> => {
  if (value === undefined) return param ?? {};
  const first = query.parameters.find(({ name }) => !SHARED.has(name))?.name;
  if (first === undefined) throw new UsageError(`query ${query.name} takes no value; got "${value}"`);
  if (param && first in param)
    throw new UsageError(`parameter ${first} is given twice, as "${value}" and with -p as "${param[first]}"`);
  return { ...param, [first]: value };
};

/** Makes a question of a query and the given values, with the default days of history. */
const questionFrom = (of: (table?: FlowTable) => SavedQuery, options: QuestionOptions): Question => {
  const { distinct } = options;
  const query = of();
  const given = valuesOf(query, withFirst(query, options));
  const days = query.parameters.find(({ name }) => name === "days");
  const values = ({ from, to, late }: Window) => ({
    from,
    to,
    ...(late !== undefined && { late }),
    ...(days && { days: Number(days.default) }),
    ...given,
  });
  const needed: FlowTable = { has: (field) => query.fields.includes(field), inside: "" };
  const asked = (definition?: Definition) =>
    of(definition ? tableOf(definition.layout, definition.inside) : needed);
  const sql = (window: Window, table: string, definition?: Definition) => {
    const filled = filledWith(asked(definition), values(window));
    return distinct ? withoutDuplicates(filled, table) : filled;
  };
  const inside = (window: Window, definition?: Definition) => asked(definition).insideWords(values(window));
  return { values, sql, inside, isOfFlows: query.isOfFlows };
};

/** Reads the question from the arguments and options. */
export const questionOf = async (name: string | undefined, options: QuestionOptions): Promise<Question> => {
  if ([name, options.sql, options.file].filter((way) => way !== undefined).length !== 1) {
    throw new UsageError(
      "name one saved query, or give --sql or --file; flowlogs query --list shows the saved ones",
    );
  }
  if (name !== undefined) {
    return { saved: savedQuery(name), ...questionFrom((table) => savedQuery(name, table), options) };
  }
  const sql = await givenSql(options);
  if (PLACEHOLDER.test(sql))
    return questionFrom((table) => ownQuery(options.file ?? "--sql", sql, table), options);
  if (options.param) throw new UsageError("-p gives values to a saved query, or to SQL with :window in it");
  return { sql: (_, table) => (options.distinct ? withoutDuplicates(sql, table) : sql) };
};
