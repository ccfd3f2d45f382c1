import { text } from "node:stream/consumers";
import type { Command } from "commander";
import { LocalAthena, QueryError } from "../local/athena";
import { EVERYTHING, missingFields, type ParameterValue, type SavedQuery, savedQueries } from "../queries";
import { layoutOfColumns } from "../schema/layout";
import { nearest } from "../schema/nearest";
import { toCsv, toJson, toTable } from "./render";
import { DEFAULT_LAKE, pairs, UsageError, wholeNumber } from "./usage";

interface QueryOptions {
  sql?: string;
  lake: string;
  hours?: number;
  param?: Record<string, string>;
  list?: boolean;
  csv?: boolean;
  json?: boolean;
}

/** A value that reads as a number is one. */
const valuesOf = (given: Record<string, string> = {}): Record<string, ParameterValue> =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value,
    ]),
  );

const savedQuery = (name: string): SavedQuery => {
  const queries = savedQueries();
  const found = queries.find((query) => query.name === name);
  if (found) return found;
  const meant = nearest(
    name,
    queries.map((query) => query.name),
  );
  throw new UsageError(
    `there is no saved query "${name}"; did you mean "${meant}"? (flowlogs query --list shows all)`,
  );
};

const checkParams = (query: SavedQuery, params: Record<string, string>) => {
  const names = query.parameters.map((p) => p.name);
  for (const name of Object.keys(params)) {
    if (!names.includes(name)) {
      throw new UsageError(`query ${query.name} has no parameter "${name}"; it has ${names.join(", ")}`);
    }
  }
};

/** The hours before the newest flow in the lake. */
const latest = async (athena: LocalAthena, hours: number) => {
  const { rows } = await athena.ask(`SELECT max(start) FROM ${athena.table.name}`);
  const to = Number(rows[0][0] ?? 0) + 1;
  return { from: to - hours * 3600, to };
};

const list = () => {
  const rows = savedQueries().map((q) => [q.name, q.question, q.parameters.map((p) => p.name).join(" ")]);
  return { columns: ["query", "question", "parameters"], types: ["VARCHAR", "VARCHAR", "VARCHAR"], rows };
};

/** The SQL of what was asked: given, on standard input, or a saved query with its values. */
const sqlOf = async (
  name: string | undefined,
  options: QueryOptions,
  athena: LocalAthena,
): Promise<string> => {
  if (options.sql !== undefined) return options.sql === "-" ? text(process.stdin) : options.sql;
  const query = savedQuery(name ?? "");
  const missing = missingFields(query, layoutOfColumns(athena.table.columns.map((c) => c.name)));
  if (missing.length > 0) {
    throw new QueryError(
      `query ${query.name} needs ${missing.join(", ")}, which the flow logs in this lake do not have`,
    );
  }
  const window = options.hours === undefined ? EVERYTHING : await latest(athena, options.hours);
  return query.withValues({ ...window, ...valuesOf(options.param) });
};

const answer = async (name: string | undefined, options: QueryOptions) => {
  if (options.list) return list();
  if ((name === undefined) === (options.sql === undefined)) {
    throw new UsageError("name one saved query, or give --sql; flowlogs query --list shows the saved ones");
  }
  if (name !== undefined) checkParams(savedQuery(name), options.param ?? {});
  const athena = await LocalAthena.open(options.lake);
  try {
    return await athena.ask(await sqlOf(name, options, athena));
  } finally {
    athena.close();
  }
};

/** `flowlogs query`: a question to the lake. */
export const query = (program: Command) =>
  program
    .command("query")
    .description("ask a local lake: a saved query, or any SQL")
    .argument("[name]", "a saved query")
    .option("--sql <select>", "the SQL to run instead; - reads it from standard input")
    .option("--lake <dir>", "the lake to ask", DEFAULT_LAKE)
    .option(
      "--hours <n>",
      "only the n hours before the newest flow (default: all of the lake)",
      wholeNumber(1),
    )
    .option("-p, --param <name=value>", "a parameter's value; may be given again", pairs)
    .option("--list", "show the saved queries")
    .option("--csv", "print CSV with a header")
    .option("--json", "print an array of objects")
    .addHelpText(
      "before",
      'Examples:\n  flowlogs query top-talkers --csv\n  flowlogs query --sql "SELECT action, count(*) FROM flow_logs GROUP BY 1"\n',
    )
    .action(async (name: string | undefined, options: QueryOptions) => {
      if (options.csv && options.json) throw new UsageError("choose --csv or --json, not both");
      const result = await answer(name, options);
      const render = options.csv ? toCsv : options.json ? toJson : toTable;
      process.stdout.write(render(result));
    });
