import type { Command } from "commander";
import { detect, schedulesOf } from "../local/detections";
import type { StreamTotals } from "../local/firehose";
import { type FormatSource, type InputLine, readInput } from "../local/input";
import { Pipeline, type PipelineTotals } from "../local/pipeline";
import type { Program } from "../local/program";
import { type Batch, Replay } from "../local/replay";
import { traffic } from "../local/traffic";
import { DEFAULT_LAYOUT, type Layout, parseFormat } from "../schema/layout";
import { answers } from "./answers";
import { complaints } from "./complaints";
import { Progress } from "./progress";
import { type Figures, summary } from "./summary";
import { configuration, DEFAULT_LAKE } from "./usage";

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
    yield* madeUp(format ?? (await pipeline.formats.own()));
    return;
  }
  const reasons: Record<FormatSource, string> = {
    "--format": "the format of --format",
    header: "the format of its header",
    default: "AWS's default format (it has no header, and no --format was given)",
    stack: "the stack's format (it has no header, and no --format was given)",
  };
  const ofStack = pipeline.formats.areFixed ? await pipeline.formats.own() : undefined;
  for (const file of files) {
    const name = file === "-" ? "standard input" : file;
    yield* readInput(file, format, (source) => say(`${name}: ${reasons[source]}`), ofStack);
  }
}

const nameOf = (formats: string[]) => {
  if (formats.length > 1) return "their formats";
  return formats[0] === DEFAULT_LAYOUT.format ? "AWS's default format" : `the format ${formats[0]}`;
};

/** A format that most lines did not fit was probably the wrong one. */
const hints = (pipeline: Pipeline) =>
  pipeline
    .fits()
    .filter(({ lines, unparsed }) => unparsed > lines / 2)
    .map(({ formats, lines, unparsed }) => {
      const which = nameOf(formats);
      return `${unparsed} of ${lines} lines do not fit ${which}; name theirs: --format '\${version} \${account-id} …'`;
    });

const checkNothingLost = (totals: PipelineTotals, stream: StreamTotals, lake: string) => {
  const [complaint] = complaints(totals, stream, lake);
  if (complaint) throw new RunError(complaint);
  const { lines, dropped } = totals;
  if (stream.rows !== lines - dropped)
    throw new RunError(
      `${lines} lines went in, ${dropped} were to be left out, but ${stream.rows} rows came out`,
    );
};

const runFiles = async (files: string[], options: RunOptions) => {
  const began = Date.now();
  const progress = new Progress();
  const lake = options.lake ?? DEFAULT_LAKE;
  const { stack, config = {} } = options;
  const pipeline = await Pipeline.open({ stack, config, lakeDir: lake, replace: options.lake === undefined });
  try {
    const replay = new Replay(began);
    const send = async (batches: Batch[]) => {
      for (const batch of batches) {
        await pipeline.send(batch);
        progress.show(`${pipeline.lines.toLocaleString("en")} lines`);
      }
    };
    for await (const lines of inputs(files, options.format, pipeline, (text) => progress.say(text)))
      for (const line of lines) await send(replay.add(line));
    await send(replay.rest());
    const { totals, stream, isTransformed } = await pipeline.finish();
    progress.clear();
    for (const hint of hints(pipeline)) progress.say(hint);
    checkNothingLost(totals, stream, lake);
    const figures: Figures = { ...totals, ...stream, isTransformed, seconds: (Date.now() - began) / 1000 };
    return { figures, lake, program: await pipeline.formats.current() };
  } finally {
    progress.clear();
    await pipeline.close();
  }
};

/** What the stack's detections find in the lake, if it has any. */
const detectAll = async (lake: string, program: Program) => {
  if (schedulesOf(program).length === 0) return undefined;
  const runs = await detect(lake, program);
  return { runs: runs.length, findings: runs.reduce((sum, { findings }) => sum + findings.length, 0) };
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
      configuration,
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
      const { figures, lake, program: declared } = await runFiles(files, options);
      const detected = await detectAll(lake, declared);
      process.stdout.write(summary({ ...figures, detected }, lake, options.json ?? false));
      if (!options.json) await answers(lake);
    });
