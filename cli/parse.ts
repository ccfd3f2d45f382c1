import { once } from "node:events";
import type { Command } from "commander";
import { makeDecode } from "../functions/decode";
import { makeTransform } from "../functions/transform";
import { readInput } from "../local/input";
import { type Layout, parseFormat } from "../schema/layout";
import { columnPlan } from "../schema/plan";

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
      const transforms = new Map<Layout, ReturnType<typeof makeTransform>>();
      const print = async (layout: Layout, texts: string[]) => {
        const transform = transforms.get(layout) ?? makeTransform(columnPlan(layout), makeDecode().messages);
        transforms.set(layout, transform);
        for (const { data } of transform.lines(texts).records) {
          // The record's bytes are the next one's too, so what is written is a copy.
          if (!process.stdout.write(Buffer.from(data))) await once(process.stdout, "drain");
        }
      };
      for (const file of files) {
        for await (const lines of readInput(file, format, () => {})) {
          let texts: string[] = [];
          for (const [n, { text, layout }] of lines.entries()) {
            texts.push(text);
            if (lines[n + 1]?.layout === layout) continue;
            await print(layout, texts);
            texts = [];
          }
        }
      }
    });
