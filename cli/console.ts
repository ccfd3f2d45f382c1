import type { Command } from "commander";
import { ASKED_LAKE, lakeToAsk } from "./lakes";
import { wholeNumber } from "./usage";

const EXAMPLES = `Examples:
  flowlogs console
  flowlogs console --lake lake --port 8100 --no-open
`;

/** The command that serves the console. */
export const console = (program: Command) =>
  program
    .command("console")
    .summary("see the traffic of a lake in a browser")
    .description("serve pages over a lake to this machine's browser, until Ctrl-C")
    .option("--lake <dir>", `the lake to show (default: ${ASKED_LAKE})`)
    .option("--port <n>", "port of 127.0.0.1 to listen at", wholeNumber(1), 8010)
    .option("--no-open", "print the address, and open no browser")
    .addHelpText("before", EXAMPLES)
    .action(async ({ lake, port, open }: { lake?: string; port: number; open: boolean }) => {
      const { show } = await import("./console/show");
      await show({ lake: lake ?? lakeToAsk(), port, open });
    });
