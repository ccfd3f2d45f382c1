import { QueryError } from "../../local/athena";
import { argumentsFor, EVERYTHING, LATE_HOURS, missingFields } from "../../queries";
import type { Layout } from "../../schema/layout";
import { csvTexts, jsonTexts } from "../output/export";
import { tableTexts } from "../output/table";
import { UsageError } from "../usage";
import { type TargetOptions, targetOf } from "./athena/target";
import { type Engine, explanationText } from "./engine";
import { cameTooLate, stillComing } from "./late";
import { whyNothing } from "./nothing";
import { oddPartitions } from "./partitions";
import { type Question, type QuestionOptions, questionOf } from "./question";
import { type Window, type WindowOptions, windowOf } from "./window";

/** Format or file of an answer. */
export interface OutputOptions {
  csv?: boolean;
  json?: boolean;
  parquet?: string;
}

export interface AnswerOptions extends QuestionOptions, WindowOptions, TargetOptions, OutputOptions {
  engine: string;
  lake: string;
  explain?: boolean;
}

/** Returns the writer of the requested format. */
export const rendererOf = ({ csv, json }: OutputOptions) => (csv ? csvTexts : json ? jsonTexts : tableTexts);

const say = (text: string) => process.stderr.write(`${text}\n`);

/** Returns a signal that Ctrl-C aborts. A second Ctrl-C ends the process at once. */
const interruption = (): AbortSignal => {
  const controller = new AbortController();
  process.on("SIGINT", () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  });
  return controller.signal;
};

const engineOf = async (options: AnswerOptions, now: number): Promise<Engine> => {
  if (options.engine === "duckdb") {
    const { LocalEngine } = await import("./local");
    return LocalEngine.open(options.lake, options.parquet);
  }
  const { AthenaEngine } = await import("./athena");
  return new AthenaEngine(await targetOf(options), interruption(), now);
};

const checkFields = ({ saved }: Question, layout: Layout | undefined) => {
  const missing = saved && layout ? missingFields(saved, layout) : [];
  if (missing.length === 0) return;
  throw new QueryError(
    `query ${saved?.name} needs ${missing.join(", ")}, which the flow logs in this lake do not have; ${argumentsFor(missing)}`,
  );
};

/** Returns the window of a question; undefined if its SQL has no `:window`. */
const windowFor = async (question: Question, options: AnswerOptions, engine: Engine): Promise<Window> => {
  if (question.values) return windowOf(options, () => engine.latest());
  const { hours, from, to } = options;
  if ((hours ?? from ?? to) === undefined) return EVERYTHING;
  throw new UsageError("this SQL has no place for a window: write WHERE :window, or leave the window out");
};

/** Yields the texts for standard output, the rows unless they go to a file, and returns how many rows there are. */
async function* answerTexts(
  sql: string,
  options: AnswerOptions,
  engine: Engine,
): AsyncGenerator<string, number> {
  if (options.parquet !== undefined) {
    const saved = await engine.save(sql, options.parquet);
    say(`${saved} rows in ${options.parquet}`);
    return saved;
  }
  let rows = 0;
  const { batches, ...columns } = await engine.stream(sql);
  const counted = async function* () {
    for await (const batch of batches) {
      rows += batch.length;
      yield batch;
    }
  };
  yield* rendererOf(options)({ ...columns, batches: counted() });
  return rows;
}

/** Returns a note with the lake's newest flow if the window begins after it. */
const afterTheLake = async (window: Window, engine: Engine): Promise<string | undefined> => {
  if (engine.arrivals === undefined) return undefined;
  const { to: end } = await engine.latest();
  if (window.from < end) return undefined;
  const last = new Date((end - 1) * 1000).toISOString().slice(0, 19);
  return `this window begins after the lake's newest flow, which began at ${last}; --all asks for everything`;
};

/** Returns notes on rows that may still arrive, and on rows that arrived too late. */
const lacking = async ({ values, isOfFlows }: Question, window: Window, engine: Engine, now: number) => {
  if (!values) return [];
  const { from, to, late = LATE_HOURS } = values(window) as Record<string, number>;
  const flows = { from, to, late };
  const leftOut = isOfFlows ? await engine.leftOut?.(flows) : undefined;
  return [
    await afterTheLake(window, engine),
    stillComing(to, now, engine.arrivals),
    leftOut && cameTooLate(flows, leftOut),
  ].filter((note) => note !== undefined);
};

async function* answer(question: Question, options: AnswerOptions, engine: Engine, now: number) {
  const definition = question.values ? await engine.definition() : undefined;
  checkFields(question, definition?.layout);
  const window = await windowFor(question, options, engine);
  const sql = question.sql(window, engine.table, definition);
  for (const sentence of oddPartitions(sql)) say(`warning: ${sentence}`);
  if (options.explain) {
    const explanation = await engine.explain(sql, question, window);
    yield options.json ? `${JSON.stringify(explanation, null, 2)}\n` : explanationText(explanation);
    return;
  }
  const inside = question.inside?.(window, definition);
  if (inside) say(inside);
  const rows = yield* answerTexts(sql, options, engine);
  // A count in Athena would be billed.
  const why =
    rows === 0 && definition && engine.arrivals !== undefined
      ? await whyNothing(sql, engine, definition, window)
      : undefined;
  if (why) say(why);
  for (const note of await lacking(question, window, engine, now)) say(note);
}

/** Asks, and yields the texts for standard output while rows arrive. `now` is the current time in epoch seconds. */
export async function* answerTo(
  name: string | undefined,
  options: AnswerOptions,
  now = Math.floor(Date.now() / 1000),
): AsyncGenerator<string> {
  const question = await questionOf(name, options);
  const engine = await engineOf(options, now);
  try {
    yield* answer(question, options, engine, now);
  } finally {
    engine.close();
  }
}
