import { once } from "node:events";
import { type Command, InvalidArgumentError } from "commander";
import { traffic as generate } from "../local/traffic";
import { parseFormat } from "../schema/layout";
import { wholeNumber } from "./usage";

interface Options {
  lines: number;
  seed: number;
  day: string;
  days: number;
  format: string;
  header?: true;
}

const EXAMPLES = `Examples:
  flowlogs traffic --lines 20 --header
  flowlogs traffic --lines 1000000 --days 7 --format default | gzip > week.log.gz
`;

const midnight = (day: string) => Date.parse(`${day}T00:00:00Z`);

const date = (value: string): string => {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(value) ? midnight(value) : Number.NaN;
  // A date such as February 30 would pass as a day of March.
  const exists = time >= 0 && new Date(time).toISOString().startsWith(value);
  if (!exists) {
    throw new InvalidArgumentError(`Give a day since 1970, such as 2026-01-15, instead of "${value}".`);
  }
  return value;
};

/** Lines in pieces large enough that writing one costs little. */
function* pieces(lines: Iterable<string>): Generator<string> {
  let piece = "";
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length >= 65_536) {
      yield piece;
      piece = "";
    }
  }
  yield piece;
}

function* output({ lines, seed, day, days, format, header }: Options): Generator<string> {
  const layout = parseFormat(format);
  if (header) yield layout.fields.map((field) => field.name).join(" ");
  yield* generate({ lines, seed, from: midnight(day) / 1000, days, layout });
}

const run = async (options: Options) => {
  for (const piece of pieces(output(options))) {
    if (!process.stdout.write(piece)) await once(process.stdout, "drain");
  }
};

/** `flowlogs traffic`: lines to try things on. */
export const traffic = (program: Command) =>
  program
    .command("traffic")
    .description("write synthetic VPC flow logs of a made-up web shop, the same lines for the same options")
    .addHelpText("before", EXAMPLES)
    .option("--lines <n>", "how many lines", wholeNumber(0), 200_000)
    .option("--seed <n>", "other number, other lines", wholeNumber(0, 2 ** 32 - 1), 1)
    .option("--day <date>", "first day, from midnight UTC", date, "2026-01-15")
    .option("--days <n>", "days that the lines span", wholeNumber(1, 366), 1)
    .option("--format <format>", "preset, field names, or the format as EC2 takes it", "recommended")
    .option("--header", "write the names of the fields first")
    .action(run);
