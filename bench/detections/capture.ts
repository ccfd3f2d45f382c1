import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, CommanderError, Option } from "commander";
import { pairs, UsageError } from "../../cli/usage";
import { InputError } from "../../local/input/error";
import { addressesOf, blocksOf } from "../../queries/prefixes";
import { PARAMETERS } from "./ask";
import { captureReport } from "./capture-report";
import { CaptureError } from "./error";
import { measureCapture, type Setting } from "./measure-capture";

interface Options {
  capture: string;
  labels?: string;
  inside?: string;
  window: string;
  set?: Record<string, string>;
  json?: boolean;
}

const checked = ({ set = {}, inside = "" }: Options) => {
  const unknown = Object.keys(set).find((name) => !PARAMETERS.includes(name));
  if (unknown !== undefined)
    throw new UsageError(`--set ${unknown}: there is no such parameter; there are ${PARAMETERS.join(", ")}`);
  try {
    blocksOf(inside).forEach(addressesOf);
    return { inside, values: set };
  } catch (error) {
    throw new UsageError(`--inside: ${(error as Error).message}`);
  }
};

const measure = async (options: Options) => {
  const lake = mkdtempSync(join(tmpdir(), "capture-"));
  const setting: Setting = {
    ...checked(options),
    file: options.capture,
    labels: options.labels,
    lake,
    window: Number(options.window),
  };
  try {
    const measurement = await measureCapture(setting);
    process.stdout.write(
      options.json ? `${JSON.stringify(measurement, printable, 2)}\n` : captureReport(measurement),
    );
  } finally {
    rmSync(lake, { recursive: true, force: true });
  }
};

const printable = (_: string, value: unknown) => (value instanceof Set ? [...value] : value);

const program = new Command("bench:detections")
  .description("measure how well the detections find the attacks that a capture of somebody's traffic has")
  .requiredOption(
    "--capture <file>",
    "NetFlow, Zeek conn.log, Argus, CICFlowMeter or packets, as bench/README.md says",
  )
  .option("--labels <file>", "CSV with attacker,kind,victim,from,to (default: the capture's own labels)")
  .option("--inside <blocks>", "CIDR blocks that are inside, beside private ones, with commas between")
  .addOption(
    new Option("--window <seconds>", "aggregation interval of the flow log")
      .choices(["60", "600"])
      .default("60"),
  )
  .option("--set <query.parameter=value>", "a value in place of a query's default; may be given again", pairs)
  .option("--json", "print one object with every row that was found")
  .exitOverride()
  .action(measure);

program.parseAsync().catch((error) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    return;
  }
  const isKnown = [CaptureError, InputError, UsageError].some((kind) => error instanceof kind);
  process.stderr.write(`bench: ${isKnown ? error.message : error.stack}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
