import type { Command } from "commander";
import { DEFAULT_LAKE } from "./lakes";
import type { LocalOptions } from "./local/serve";
import { withProgram } from "./program";
import { wholeNumber } from "./usage";

/** Default port: that of Firehose in old versions of LocalStack, which clients may know. */
const PORT = 4573;

/** `flowlogs local`: runs the stack for producers on this machine. */
export const local = (program: Command) =>
  withProgram(
    program
      .command("local")
      .description(
        "run the stack in the foreground behind a Firehose endpoint, for any AWS client that puts lines into it",
      ),
  )
    .option("--lake <dir>", "the folder to add the rows to", DEFAULT_LAKE)
    .option(
      "--port <n>",
      "the port to listen on, of this machine alone; 0 is any",
      wholeNumber(0, 65_535),
      PORT,
    )
    .option("--json", "print what a client needs to know, and later the figures, as an object each")
    .addHelpText(
      "before",
      "Examples:\n  flowlogs local -c ingestion=DIRECT\n  flowlogs local -c ingestion=DIRECT -c bufferingInterval=10 --port 0\n",
    )
    .action(async (options: LocalOptions) => (await import("./local/serve")).serve(options));
