import { getSystemErrorMap } from "node:util";
import { Command, CommanderError } from "commander";
import { version } from "../package.json";
import { FormatError } from "../schema/layout";
import { UsageError } from "./usage";

/**
 * All commands, in the order of the help. Each imports its own modules when it runs, because Pulumi and DuckDB load
 * slowly.
 */
const COMMANDS: Record<string, () => Promise<(program: Command) => Command>> = {
  run: async () => (await import("./run")).run,
  local: async () => (await import("./local")).local,
  query: async () => (await import("./query")).query,
  console: async () => (await import("./console")).console,
  detect: async () => (await import("./detect")).detect,
  plan: async () => (await import("./plan")).plan,
  parse: async () => (await import("./parse")).parse,
  traffic: async () => (await import("./traffic")).traffic,
  fields: async () => (await import("./fields")).fields,
};

/** Exit codes: done, failed, misused. */
const FAILED = 1;
const MISUSED = 2;

/** Makes the command line with the commands of these names. */
export const makeProgram = async (names = Object.keys(COMMANDS)): Promise<Command> => {
  const program = new Command("flowlogs")
    .description("VPC flow logs to SQL: the stack of this project, run on this machine.")
    .version(version)
    .exitOverride()
    .showHelpAfterError("(flowlogs --help says more)")
    .addHelpText("after", "\nflowlogs --version --json prints the versions that a bug report needs.");
  for (const name of names) (await COMMANDS[name]())(program).exitOverride();
  return program;
};

const exitCodeOf = (error: unknown): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : MISUSED;
  return error instanceof UsageError || error instanceof FormatError ? MISUSED : FAILED;
};

/** Returns the sentence of a known error. For any other it returns the stack trace, which helps in a bug report. */
const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const isOurs = ![Error, TypeError, RangeError].includes(error.constructor as ErrorConstructor);
  return isOurs || "syscall" in error ? error.message : (error.stack ?? error.message);
};

/** Ends the process when its output cannot be written. A reader that stops early (| head) is no failure. */
const endOfOutput = ({ code, errno = 0, message }: NodeJS.ErrnoException) => {
  if (code === "EPIPE") process.exit(0);
  const [, why] = getSystemErrorMap().get(errno) ?? [code, message];
  process.stderr.write(`flowlogs: standard output cannot be written: ${why}\n`);
  process.exit(FAILED);
};

/** Runs the command that the process was started with, and sets its exit code. */
export const main = async (): Promise<void> => {
  process.stdout.on("error", endOfOutput);
  try {
    const name = process.argv[2];
    if (process.argv.slice(2).sort().join(" ") === "--json --version") {
      const { versions } = await import("./versions");
      process.stdout.write(`${JSON.stringify(versions(), null, 2)}\n`);
      return;
    }
    const program = await makeProgram(Object.hasOwn(COMMANDS, name) ? [name] : undefined);
    await program.parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) process.stderr.write(`flowlogs: ${explain(error)}\n`);
    process.exitCode = exitCodeOf(error);
  }
};
