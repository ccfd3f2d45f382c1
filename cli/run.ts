import type { Command } from "commander";
import { LocalAthena } from "../local/athena";
import type { StreamTotals } from "../local/firehose";
import { type FormatSource, type InputLine, readInput } from "../local/input";
import { Pipeline, type PipelineTotals } from "../local/pipeline";
import { Replay } from "../local/replay";
import { traffic } from "../local/traffic";
import { EVERYTHING, missingFields, savedQueries } from "../queries";
import { DEFAULT_LAYOUT, type Layout, layoutOfColumns, parseFormat } from "../schema/layout";
import { Progress } from "./progress";
import { toTable } from "./render";
import { summary } from "./summary";
import { DEFAULT_LAKE, pairs } from "./usage";

interface RunOptions {
  stack: string;
  config?: Record<string, string>;
  format?: Layout;
  lake?: string;
  json?: boolean;
}

/** A run in which not every line became a row. */
export class RunError extends Error {}

/** The day that a run with no input makes up. */
const DAY = { lines: 200_000, seed: 1, from: Date.UTC(2026, 0, 15) / 1000, days: 1 };

/** The made-up day, in the stack's format, some lines at a time. */
function* madeUp(layout: Layout): Generator<InputLine[]> {
  const lines: InputLine[] = [];
  for (const text of traffic({ ...DAY, layout })) {
    lines.push({ text, layout });
    if (lines.length === 1000) yield lines.splice(0);
  }
  yield lines;
}

async function* inputs(
  files: string[],
  format: Layout | undefined,
  pipeline: Pipeline,
  say: (text: string) => void,
) {
  if (files.length === 0) {
    say(`no input: a made-up day of ${DAY.lines.toLocaleString("en")} lines (seed ${DAY.seed})`);
    yield* madeUp(format ?? (await pipeline.stackLayout()));
  }
  const reasons: Record<FormatSource, string> = {
    "--format": "the format of --format",
    header: "the format of its header",
    default: "AWS's default format (it has no header, and no --format was given)",
  };
  for (const file of files) {
    const name = file === "-" ? "standard input" : file;
    yield* readInput(file, format, (source) => say(`${name}: ${reasons[source]}`));
  }
}

/** A format that most lines did not fit was probably the wrong one. */
const hints = (pipeline: Pipeline) =>
  pipeline
    .fits()
    .filter(({ lines, unparsed }) => unparsed > lines / 2)
    .map(({ format, lines, unparsed }) => {
      const which = format === DEFAULT_LAYOUT.format ? "AWS's default format" : `the format ${format}`;
      return `${unparsed} of ${lines} lines do not fit ${which}; name theirs: --format '\${version} \${account-id} …'`;
    });

const checkNothingLost = (
  { lines, dropped, failedEvents }: PipelineTotals,
  stream: StreamTotals,
  lake: string,
) => {
  if (failedEvents > 0)
    throw new RunError(`${failedEvents} events failed in the ETL; they are kept under ${lake}/aws/`);
  if (stream.failedRows > 0) {
    throw new RunError(
      `${stream.failedRows} rows could not be converted; they are kept under ${lake}/errors/`,
    );
  }
  if (stream.rows !== lines - dropped)
    throw new RunError(
      `${lines} lines went in, ${dropped} were to be left out, but ${stream.rows} rows came out`,
    );
};

const answers = async (lake: string) => {
  const athena = await LocalAthena.open(lake);
  const layout = layoutOfColumns(athena.table.columns.map((c) => c.name));
  const unanswerable: string[] = [];
  for (const query of savedQueries()) {
    const missing = missingFields(query, layout);
    if (missing.length > 0) {
      unanswerable.push(`${query.name} (needs ${missing.join(", ")})`);
      continue;
    }
    const sql = query.withValues(EVERYTHING);
    process.stdout.write(`\n${query.title}: ${query.question}\n\n${toTable(await athena.ask(sql))}`);
  }
  athena.close();
  if (unanswerable.length > 0) {
    process.stderr.write(`\nLeft out, as these lines lack fields: ${unanswerable.join("; ")}\n`);
  }
};

const runFiles = async (files: string[], options: RunOptions) => {
  const began = Date.now();
  const progress = new Progress();
  const lake = options.lake ?? DEFAULT_LAKE;
  const pipeline = await Pipeline.open(options.stack, options.config ?? {}, lake, options.lake === undefined);
  try {
    const replay = new Replay(began);
    for await (const lines of inputs(files, options.format, pipeline, (text) => progress.say(text))) {
      for (const line of lines) for (const batch of replay.add(line)) await pipeline.send(batch);
      progress.show(`${pipeline.totals.lines.toLocaleString("en")} lines`);
    }
    for (const batch of replay.rest()) {
      await pipeline.send(batch);
      progress.show(`${pipeline.totals.lines.toLocaleString("en")} lines`);
    }
    const { totals: stream } = await pipeline.finish();
    progress.clear();
    const figures = { ...pipeline.totals, ...stream, seconds: (Date.now() - began) / 1000 };
    for (const hint of hints(pipeline)) progress.say(hint);
    checkNothingLost(pipeline.totals, stream, lake);
    return { figures, lake };
  } finally {
    progress.clear();
    await pipeline.close();
  }
};

/** `flowlogs run`: the stack, here. */
export const run = (program: Command) =>
  program
    .command("run")
    .description("run the stack on this machine: flow logs in, tables out; with no input, a made-up day")
    .argument("[files...]", "files, plain or gzip; - is standard input")
    .option("--stack <name>", "the stack whose configuration to use", "dev")
    .option(
      "-c, --config <name=value>",
      "a configuration value in place of the stack's; may be given again",
      pairs,
    )
    .option(
      "--format <format>",
      "the lines' format: a preset's name, or field names as in EC2's log format",
      parseFormat,
    )
    .option("--lake <dir>", `the folder to add the rows to (default: ${DEFAULT_LAKE}, made anew by each run)`)
    .option("--json", "print one object with the run's figures instead")
    .addHelpText("before", "Examples:\n  flowlogs run\n  flowlogs run flows.log.gz --lake mylake\n")
    .action(async (files: string[], options: RunOptions) => {
      const { figures, lake } = await runFiles(files, options);
      process.stdout.write(summary(figures, lake, options.json ?? false));
      if (!options.json) await answers(lake);
    });
