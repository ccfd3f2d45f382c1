import { detect, schedulesOf } from "../../local/detections";
import { limitGarbage } from "../../local/garbage";
import type { InputLine } from "../../local/input";
import { type Sources, sourcesOf } from "../../local/input/sources";
import { isMadeUp, record } from "../../local/lake/record";
import { Pipeline } from "../../local/pipeline";
import type { Program } from "../../local/program";
import { Replay } from "../../local/replay";
import { traffic } from "../../local/traffic";
import type { Layout } from "../../schema/layout";
import { DEFAULT_LAKE, DEMO_LAKE } from "../lakes";
import { Progress } from "../output/progress";
import { chooseProgram, type ProgramOptions } from "../program";
import { UsageError } from "../usage";
import { answers } from "./answers";
import { RunInputs } from "./inputs";
import { Notes } from "./notes";
import { type RunFigures, summary } from "./summary";
import { checkLines, checkNothingLost, misfits } from "./verdict";

/** Options of `flowlogs run`. */
export interface RunOptions extends ProgramOptions {
  format?: Layout;
  lake?: string;
  again?: boolean;
  json?: boolean;
}

/** Options of the made-up day, for a run without input. */
const DAY = { lines: 200_000, seed: 1, from: Date.UTC(2026, 0, 15) / 1000, days: 1 };

/** Yields the lines of the made-up day in the stack's format, some at a time. */
function* madeUp(layout: Layout): Generator<InputLine[]> {
  const lines: InputLine[] = [];
  for (const text of traffic({ ...DAY, layout })) {
    lines.push({ text, layout });
    if (lines.length === 1000) yield lines.splice(0);
  }
  yield lines;
}

/** Returns the lake of a run. The made-up day replaces only an earlier made-up day. */
const placeOf = (files: string[], lake?: string) => {
  const replace = files.length === 0;
  const lakeDir = lake ?? (replace ? DEMO_LAKE : DEFAULT_LAKE);
  if (replace && !isMadeUp(lakeDir))
    throw new UsageError(
      `${lakeDir} holds rows of other inputs, and the made-up day would replace them; name another folder with --lake`,
    );
  return { lakeDir, replace };
};

const inputsOf = async (
  { names, leftOut }: Sources,
  { format, again }: RunOptions,
  lake: string,
  pipeline: Pipeline,
  notes: Notes,
) => {
  for (const [why, count] of leftOut) notes.say("left out", `${count} file${count === 1 ? "" : "s"} ${why}`);
  const ofStack = pipeline.formats.areFixed ? await pipeline.formats.own() : undefined;
  return new RunInputs({ names, lake, format, ofStack, again: again ?? false }, notes, new Date());
};

/** Sends lines in batches by their time of arrival. */
const sendAll = async (
  lines: AsyncIterable<InputLine[]> | Iterable<InputLine[]>,
  pipeline: Pipeline,
  progress: Progress,
  share: () => number | undefined,
) => {
  const replay = new Replay(Date.now());
  for await (const some of lines)
    for (const line of some)
      for (const batch of replay.add(line)) {
        await pipeline.send(batch);
        const text = `${pipeline.lines.toLocaleString("en")} lines`;
        progress.part(share(), text);
      }
  for (const batch of replay.rest()) await pipeline.send(batch);
};

/** Runs the stack on inputs, or on the made-up day if there are none. */
export const runFiles = async (files: string[], options: RunOptions) => {
  const began = Date.now();
  limitGarbage();
  const progress = new Progress();
  const notes = new Notes(progress);
  const { lakeDir, replace } = placeOf(files, options.lake);
  const sources = sourcesOf(files);
  const chosen = await chooseProgram(options);
  progress.show(`starting stack ${chosen.stack}`);
  const pipeline = await Pipeline.open({ ...chosen, lakeDir, replace });
  try {
    if (replace)
      notes.say("no input", `a made-up day of ${DAY.lines.toLocaleString("en")} lines (seed ${DAY.seed})`);
    const inputs = replace ? undefined : await inputsOf(sources, options, lakeDir, pipeline, notes);
    const lines = inputs?.lines() ?? madeUp(options.format ?? (await pipeline.formats.own()));
    await sendAll(lines, pipeline, progress, () => (inputs ? inputs.share : pipeline.lines / DAY.lines));
    notes.end();
    const ended = await pipeline.finish(({ totals, stream }, lake) => {
      const why = misfits(pipeline.fits(), (format) => inputs?.samplesOf(format) ?? []);
      checkLines(totals, lakeDir, { known: inputs?.known ?? [], misfits: why });
      for (const hint of why) progress.say(hint);
      record(lake, { inputs: inputs?.added ?? [], files: stream.files, isMadeUp: replace }, new Date(began));
    });
    progress.clear();
    checkNothingLost(ended.totals, ended.stream, lakeDir);
    const { totals, stream, isTransformed } = ended;
    const figures: RunFigures = { ...totals, ...stream, isTransformed, seconds: (Date.now() - began) / 1000 };
    return { figures, lake: lakeDir, program: await pipeline.formats.current() };
  } finally {
    progress.clear();
    await pipeline.close();
  }
};

/** Runs the stack's detections over the lake. Returns undefined for a stack without detections. */
const detectAll = async (lake: string, program: Program) => {
  if (schedulesOf(program).length === 0) return undefined;
  const runs = await detect(lake, program);
  return { runs: runs.length, findings: runs.reduce((sum, { findings }) => sum + findings.length, 0) };
};

/** Runs the stack, and prints its figures and the answers of saved queries. */
export const printRun = async (files: string[], options: RunOptions): Promise<void> => {
  const { figures, lake, program } = await runFiles(files, options);
  const detected = await detectAll(lake, program);
  process.stdout.write(summary({ ...figures, detected }, lake, options.json ?? false));
  if (!options.json) await answers(lake);
};
