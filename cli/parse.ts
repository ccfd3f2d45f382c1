import type { Command } from "commander";
import { makeTransform } from "../functions/transform";
import { readInput } from "../local/input";
import { parseFormat } from "../schema/layout";
import { columnPlan, type Plan } from "../schema/plan";

/** `flowlogs parse`: the ETL's transform on its own. */
export const parse = (program: Command) =>
  program
    .command("parse")
    .description(
      "lines on standard input (or in files) to rows, one JSON object a line, through the code that Lambda runs",
    )
    .argument("[files...]", "files, plain or gzip; - is standard input", ["-"])
    .option(
      "--format <format>",
      "the lines' format: a preset's name, or field names as in EC2's log format",
      parseFormat,
    )
    .addHelpText(
      "before",
      `Examples:\n  flowlogs parse < flows.log\n  flowlogs parse --format '\${srcaddr} \${dstaddr} \${bytes}' < flows.log\n`,
    )
    .action(async (files: string[], { format }) => {
      const transforms = new Map<string, (line: string) => { row: string }>();
      for (const file of files) {
        for await (const lines of readInput(file, format, () => {})) {
          let rows = "";
          for (const { text, layout } of lines) {
            const transform = transforms.get(layout.format) ?? makeTransform(columnPlan(layout) as Plan);
            transforms.set(layout.format, transform);
            rows += transform(text).row;
          }
          if (!process.stdout.write(rows))
            await new Promise((drained) => process.stdout.once("drain", drained));
        }
      }
    });
