import type { Command } from "commander";
import { type Layout, parseFormat } from "../schema/layout";

/** `flowlogs parse`: runs the ETL's transform alone. */
export const parse = (program: Command) =>
  program
    .command("parse")
    .description(
      "lines on standard input (or in files) to rows, one JSON object a line, through the code that Lambda runs",
    )
    .argument(
      "[files...]",
      "files, folders and patterns, in any form of docs/inputs.md; - is standard input",
      ["-"],
    )
    .option(
      "--format <format>",
      "the lines' format: a preset's name, or field names as in EC2's log format",
      parseFormat,
    )
    .addHelpText(
      "before",
      `Examples:\n  flowlogs parse < flows.log\n  flowlogs parse --format '\${srcaddr} \${dstaddr} \${bytes}' < flows.log\n`,
    )
    .action(async (files: string[], { format }: { format?: Layout }) =>
      (await import("./parse/rows")).printParsed(files, format),
    );
