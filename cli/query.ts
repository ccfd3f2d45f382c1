import { type Command, Option } from "commander";
import { ASKED_LAKE, DEFAULT_LAKE, lakeToAsk } from "./lakes";
import type { QueryOptions } from "./query/print";
import { moment } from "./query/window";
import { pairs, UsageError, wholeNumber } from "./usage";

const EXAMPLES = `Examples:
  flowlogs query top-talkers --hours 6 --csv
  flowlogs query flows-of-address 10.0.69.126
  flowlogs query --sql "SELECT action, count(*) FROM flow_logs WHERE :window GROUP BY 1" --explain
`;

const MORE = `
A window is the 24 hours before the newest flow of the lake, or before now in Athena, unless --hours, --from, --to or
--all say otherwise. Saved queries read the partitions of their window and no other; SQL of your own does with
WHERE :window in it, and is sent as it is without. Standard error says if rows of the window may still come, and on a
local lake if some came too late to be read. A local lake reads Athena's SQL: docs/local-sql.md says where it differs.

  flowlogs query rejected-by-port --from 2026-01-15T08:00 --to 2026-01-15T12:00 --parquet morning.parquet
  pulumi stack output --json | flowlogs query top-talkers --engine athena --stack-outputs -
`;

const check = ({ csv, json, parquet, stackOutputs, sql }: Given) => {
  if ([csv, json, parquet].filter((form) => form !== undefined).length > 1) {
    throw new UsageError("choose --csv or --json or --parquet, one of them");
  }
  if (stackOutputs === "-" && sql === "-") {
    throw new UsageError("standard input is either --sql or --stack-outputs, not both");
  }
};

/** Options as given; `lake` is absent if the default lake is meant. */
type Given = Omit<QueryOptions, "lake" | "value"> & { lake?: string };

/** Adds the options that choose the engine. */
const withEngine = (command: Command) =>
  command
    .addOption(
      new Option("--engine <name>", "who answers").choices(["duckdb", "athena"] as const).default("duckdb"),
    )
    .option("--lake <dir>", `duckdb: the lake to ask (default: ${ASKED_LAKE})`)
    .option("--workgroup <name>", "athena: the stack's workgroup (or FLOWLOGS_WORKGROUP)")
    .option("--database <name>", "athena: the stack's database (or FLOWLOGS_DATABASE)")
    .option("--region <name>", "athena: the region, unless the AWS configuration has it")
    .option(
      "--stack-outputs <file>",
      "athena: all of them, from pulumi stack output --json; - is standard input",
    );

/** Adds the options that choose the question. */
const withQuestion = (command: Command) =>
  command
    .option("--sql <select>", "the SQL to run instead; - reads it from standard input")
    .option("--file <sql>", "a file with the SQL to run instead")
    .option("-p, --param <name=value>", "a parameter's value; may be given again", pairs)
    .option("--hours <n>", "a window of n hours (default: 24)", wholeNumber(1))
    .option("--from <moment>", "where the window begins: a date, a time (UTC) or epoch seconds", moment)
    .option("--to <moment>", "where the window ends; it is not in it", moment)
    .option("--all", "no window: everything that there is")
    .option("--distinct", "leave out rows that arrived twice: delivery is at least once");

/** `flowlogs query`: asks a lake, here or in AWS. */
export const query = (program: Command) => {
  const command = program
    .command("query")
    .description("ask a lake, here or in AWS: a saved query, or any SQL")
    .argument("[name]", "a saved query")
    .argument("[value]", "the value of its first parameter, as with -p");
  return withEngine(withQuestion(command))
    .option("--list", "show the saved queries, and which of them the lake or the stack has no fields for")
    .option("--stack <name>", "with --list: the stack to compare with instead of the lake")
    .option("--explain", "show the SQL and what it would read, and run nothing")
    .option("--connect", "show the settings for JDBC, ODBC, Grafana and QuickSight")
    .option("--csv", "print CSV with a header")
    .option("--json", "print an array of objects")
    .option("--parquet <file>", "write the answer to a file, as Parquet")
    .addHelpText("before", EXAMPLES)
    .addHelpText("after", MORE)
    .action(async (name: string | undefined, value: string | undefined, given: Given) => {
      check(given);
      const asksLake = given.engine === "duckdb" && given.stack === undefined && !given.connect;
      const options = { ...given, value, lake: given.lake ?? (asksLake ? lakeToAsk() : DEFAULT_LAKE) };
      await (await import("./query/print")).printAnswer(name, options);
    });
};
