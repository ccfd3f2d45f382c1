import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, CommanderError, Option } from "commander";
import { pairs, UsageError, wholeNumber } from "../../cli/usage";
import { InputError } from "../../local/input/error";
import { addressesOf, blocksOf } from "../../queries/prefixes";
import { PARAMETERS } from "./ask";
import { measureBackground } from "./background";
import { captureReport } from "./capture-report";
import { CaptureError } from "./error";
import { measureCapture, type Setting } from "./measure-capture";

interface Options {
  capture?: string;
  background?: string;
  repeat: number;
  seed: number;
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

/** Measures attacks planted into a capture, not the capture's own. */
const plant = async (options: Options, file: string) => {
  const { inside } = checked(options);
  const { repeat, seed } = options;
  process.stdout.write(
    await measureBackground({ file, inside, window: Number(options.window), seed, repeat }),
  );
};

const measure = async (options: Options) => {
  const { capture, background } = options;
  if ((capture === undefined) === (background === undefined))
    throw new UsageError(
      "give one of --capture, to measure what it has, and --background, to plant attacks into it",
    );
  if (background !== undefined) return plant(options, background);
  await measureAttacks(options, capture as string);
};

const measureAttacks = async (options: Options, file: string) => {
  const lake = mkdtempSync(join(tmpdir(), "capture-"));
  const setting: Setting = {
    ...checked(options),
    file,
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
  .option(
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
  .option(
    "--background <file>",
    "a capture to plant attacks into, on its last day; those that need a past find that of its hosts",
  )
  .option("--repeat <days>", "days on which a background is the same", wholeNumber(1, 31), 1)
  .option("--seed <n>", "seed of the planted attacks", wholeNumber(0), 1)
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
