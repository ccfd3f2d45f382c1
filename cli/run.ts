import type { Command } from "commander";
import { parseFormat } from "../schema/layout";
import { DEFAULT_LAKE, DEMO_LAKE } from "./lakes";
import { withProgram } from "./program";
import type { RunOptions } from "./run/files";

/** `flowlogs run`: runs the stack on this machine. */
export const run = (program: Command) =>
  withProgram(
    program
      .command("run")
      .description("run the stack on this machine: flow logs in, tables out; with no input, a made-up day")
      .argument(
        "[files...]",
        "files, folders and patterns, in any form of docs/inputs.md; - is standard input",
      ),
  )
    .option(
      "--format <format>",
      "the lines' format: a preset's name, or field names as in EC2's log format",
      parseFormat,
    )
    .option(
      "--lake <dir>",
      `the folder to add the rows to (default: ${DEFAULT_LAKE}; ${DEMO_LAKE} for the made-up day, which replaces that of before)`,
    )
    .option("--again", "add what the lake has already, by what it holds, a second time")
    .option("--json", "print one object with the run's figures instead")
    .addHelpText("before", "Examples:\n  flowlogs run\n  flowlogs run flows.log.gz AWSLogs/ --lake mylake\n")
    .action(async (files: string[], options: RunOptions) =>
      (await import("./run/files")).printRun(files, options),
    );
