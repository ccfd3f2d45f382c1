import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import { traffic as generate } from "../local/traffic";
import { ATTACK_KINDS, type Attack, plant } from "../local/traffic/attacks";
import { parseFormat } from "../schema/layout";
import { UsageError, wholeNumber } from "./usage";

interface Options {
  lines: number;
  seed: number;
  day: string;
  days: number;
  format: string;
  header: boolean;
  attacks?: string[];
  truth?: string;
}

const EXAMPLES = `Examples:
  flowlogs traffic --lines 20
  flowlogs traffic --lines 1000000 --days 7 --format default --no-header | gzip > week.log.gz
  flowlogs traffic --days 3 --attacks scan,exfil,beacon --truth truth.jsonl > attacked.log
`;

const midnight = (day: string) => Date.parse(`${day}T00:00:00Z`);

const date = (value: string): string => {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(value) ? midnight(value) : Number.NaN;
  // JavaScript would read February 30 as a day of March.
  const exists = time >= 0 && new Date(time).toISOString().startsWith(value);
  if (!exists) {
    throw new InvalidArgumentError(`Give a day since 1970, such as 2026-01-15, instead of "${value}".`);
  }
  return value;
};

const attackKinds = (value: string): string[] => {
  const kinds = value.split(",").map((kind) => kind.trim());
  const unknown = kinds.find((kind) => !Object.hasOwn(ATTACK_KINDS, kind));
  if (unknown === undefined) return kinds;
  throw new InvalidArgumentError(
    `Give some of ${Object.keys(ATTACK_KINDS).join(", ")} instead of "${unknown}".`,
  );
};

/** Plants the requested attacks, and writes the truth about them to its file. */
const planted = ({ seed, day, days, attacks = [], truth }: Options): Attack[] => {
  const past = attacks.find((kind) => ATTACK_KINDS[kind].past);
  if (past && days < 2)
    throw new UsageError(`--attacks ${past} shows beside the days before; add --days 2 or more`);
  if (truth !== undefined && attacks.length === 0)
    throw new UsageError("--truth needs --attacks, such as --attacks scan");
  const all = plant({ seed, from: midnight(day) / 1000, days, attacks });
  if (truth !== undefined)
    writeFileSync(truth, all.map((attack) => `${JSON.stringify(attack.truth)}\n`).join(""));
  return all;
};

/** Joins lines into chunks, so that there are few writes. */
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

function* output(options: Options): Generator<string> {
  const { lines, seed, day, days, format, header } = options;
  const layout = parseFormat(format);
  const attacks = planted(options);
  if (header) yield layout.fields.map((field) => field.name).join(" ");
  yield* generate({ lines, seed, from: midnight(day) / 1000, days, layout, attacks });
}

const run = async (options: Options) => {
  for (const piece of pieces(output(options))) {
    if (!process.stdout.write(piece)) await once(process.stdout, "drain");
  }
};

/** `flowlogs traffic`: writes synthetic flow logs. */
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
    .option(
      "--attacks <kinds>",
      `on the last day, on top of --lines: ${Object.keys(ATTACK_KINDS).join(",")}`,
      attackKinds,
    )
    .option("--truth <file>", "where to write what was planted, a JSON line for each attack")
    .option("--header", "write the names of the fields first, as delivery to S3 does", true)
    .option("--no-header", "write lines alone")
    .action(run);
