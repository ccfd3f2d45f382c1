import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { ARGUMENT_NAMES } from "../components/settings/argument-names";
import { unknownKey } from "../components/settings/configuration";
import { pairs, UsageError } from "./usage";

/** Options of every command that runs a program. */
export interface ProgramOptions {
  program?: string;
  stack?: string;
  config?: Record<string, string>;
}

/** The program that a command runs, and its stack. */
export interface Chosen {
  /** The project's folder; this command line's own program, if absent. */
  folder?: string;
  stack: string;
  config: Record<string, string>;
}

/** The name by which --program asks for the program of this command line. */
const BUNDLED = "bundled";
const DEFAULT_STACK = "dev";

/** Adds the options that choose a program and its stack. */
export const withProgram = (command: Command): Command =>
  command
    .option(
      "--program <dir>",
      `the Pulumi project to run (default: the one that the working directory is in, or else the one of this command line, "${BUNDLED}")`,
    )
    .option(
      "--stack <name>",
      `the stack whose configuration to use (default: ${DEFAULT_STACK}, or the only one)`,
    )
    .option(
      "-c, --config <name=value>",
      "a configuration value in place of the stack's; may be given again",
      pairs,
    );

/** @throws UsageError for a configuration value that this command line's own program does not have */
export const checkConfiguration = (config: Record<string, string>): void => {
  const unknown = Object.keys(config).find((name) => !ARGUMENT_NAMES.includes(name));
  if (unknown !== undefined) throw new UsageError(unknownKey(unknown, ARGUMENT_NAMES));
};

const stackOf = (stacks: string[], project: string): string => {
  if (stacks.includes(DEFAULT_STACK) || stacks.length === 0) return DEFAULT_STACK;
  if (stacks.length === 1) return stacks[0];
  throw new UsageError(`${project} has the stacks ${stacks.join(", ")}; name one with --stack`);
};

/** The folder of the project to run; absent for the program of this command line. */
const folderOf = async (program: string | undefined): Promise<string | undefined> => {
  if (program === BUNDLED) return undefined;
  const { PROJECT_DIR, projectAbove } = await import("../local/program/project");
  const folder = program === undefined ? projectAbove(process.cwd()) : resolve(program);
  return folder === undefined || realpathSync(folder) === realpathSync(PROJECT_DIR) ? undefined : folder;
};

/** Finds the program that a command is to run, and says which one it is where there is a choice. */
export const chooseProgram = async ({ program, stack, config = {} }: ProgramOptions): Promise<Chosen> => {
  const folder = await folderOf(program);
  if (folder === undefined) {
    checkConfiguration(config);
    if (program !== undefined) process.stderr.write("program: the one of this command line\n");
    return { stack: stack ?? DEFAULT_STACK, config };
  }
  const { readProject, stacksOf } = await import("../local/program/project");
  const project = readProject(folder);
  const chosen = stack ?? stackOf(stacksOf(project), project.name);
  process.stderr.write(`program: ${project.name} in ${folder}, stack ${chosen}\n`);
  return { folder, stack: chosen, config };
};
