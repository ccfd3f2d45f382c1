import { Command, CommanderError } from "commander";
import { version } from "../package.json";
import { FormatError } from "../schema/layout";
import { fields } from "./fields";
import { parse } from "./parse";
import { plan } from "./plan";
import { query } from "./query";
import { run } from "./run";
import { traffic } from "./traffic";
import { UsageError } from "./usage";

/** Every command, in the order of the help. */
const COMMANDS = [run, query, plan, parse, traffic, fields];

/** Done, failed, misused. */
const FAILED = 1;
const MISUSED = 2;

export const makeProgram = (): Command => {
  const program = new Command("flowlogs")
    .description("VPC flow logs to SQL: the stack of this project, run on this machine.")
    .version(version)
    .exitOverride()
    .showHelpAfterError("(flowlogs --help says more)");
  for (const command of COMMANDS) command(program);
  for (const command of program.commands) command.exitOverride();
  return program;
};

const exitCodeOf = (error: unknown): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : MISUSED;
  return error instanceof UsageError || error instanceof FormatError ? MISUSED : FAILED;
};

/** Errors that are ours to explain have a sentence; the stack of any other helps whoever reports it. */
const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const isOurs = ![Error, TypeError, RangeError].includes(error.constructor as ErrorConstructor);
  return isOurs || "syscall" in error ? error.message : (error.stack ?? error.message);
};

const main = async () => {
  // Whoever reads the output may stop early (| head): that is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  try {
    await makeProgram().parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) process.stderr.write(`flowlogs: ${explain(error)}\n`);
    process.exitCode = exitCodeOf(error);
  }
};

if (require.main?.filename.endsWith("flowlogs.js")) void main();
