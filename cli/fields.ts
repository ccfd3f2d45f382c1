import type { Command } from "commander";
import { FIELDS, PRESETS } from "../schema/fields";
import { toTable } from "./output/table";

/** `flowlogs fields`: prints the fields of flow logs. */
export const fields = (program: Command) =>
  program
    .command("fields")
    .description("every field of a flow log: name, type, the version that brought it, meaning")
    .option("--json", "print an array of objects instead of a table")
    .addHelpText("before", "Examples:\n  flowlogs fields | grep nat\n  flowlogs fields --json\n")
    .action(({ json }: { json?: boolean }) => {
      const presetsOf = (name: string) =>
        Object.entries(PRESETS).flatMap(([preset, names]) =>
          (names as string[]).includes(name) ? [preset] : [],
        );
      if (json) {
        const objects = FIELDS.map(({ name, column, type, since, meaning }) => ({
          name,
          column,
          type,
          since,
          presets: presetsOf(name),
          meaning,
        }));
        process.stdout.write(`${JSON.stringify(objects, null, 2)}\n`);
        return;
      }
      const rows = FIELDS.map((f) => [f.name, f.type, f.since, presetsOf(f.name)[0], f.meaning]);
      const types = ["VARCHAR", "VARCHAR", "INTEGER", "VARCHAR", "VARCHAR"];
      process.stdout.write(
        toTable({ columns: ["field", "type", "since", "preset", "meaning"], types, rows }),
      );
    });
