import { once } from "node:events";
import { makeDecode } from "../../functions/decode";
import { makeTransform, type Transformed } from "../../functions/transform";
import { type FormatSource, type InputLine, readInput } from "../../local/input";
import { causeOf } from "../../local/input/cause";
import { sourcesOf } from "../../local/input/sources";
import type { Layout } from "../../schema/layout";
import { columnPlan } from "../../schema/plan";
import { Progress } from "../output/progress";
import { REASONS } from "../run/inputs";
import { Notes } from "../run/notes";

/** Number of misfit lines that are kept to find the cause. */
const SAMPLES = 100;

/** Transforms of the ETL, one for each format. */
class Rows {
  private readonly transforms = new Map<string, ReturnType<typeof makeTransform>>();

  /** Prints the rows of lines of one format. */
  async print(lines: InputLine[], layout: Layout): Promise<Transformed> {
    const transform =
      this.transforms.get(layout.format) ?? makeTransform(columnPlan(layout), makeDecode().messages);
    this.transforms.set(layout.format, transform);
    const done = transform.lines(lines.map(({ text }) => text));
    for (const { data } of done.records) {
      // Copies the bytes, because the next record reuses the buffer.
      if (!process.stdout.write(Buffer.from(data))) await once(process.stdout, "drain");
    }
    return done;
  }
}

/** Groups consecutive lines of the same format. */
function* byFormat(lines: InputLine[]): Generator<InputLine[]> {
  let from = 0;
  for (const [n, { layout }] of lines.entries()) {
    if (lines[n + 1]?.layout.format === layout.format) continue;
    yield lines.slice(from, n + 1);
    from = n + 1;
  }
}

/** Prints the rows of an input, and a note on lines that did not fit. Returns true if most did not. */
const printRows = async (
  name: string,
  format: Layout | undefined,
  rows: Rows,
  notes: Notes,
): Promise<boolean> => {
  const label = name === "-" ? "standard input" : name;
  const say = (source: FormatSource) => notes.say(label, REASONS[source]);
  const samples: InputLine[] = [];
  const counts = { lines: 0, unparsed: 0 };
  for await (const lines of readInput(name, format, say, undefined, {
    note: (text) => notes.say(label, text),
  }))
    for (const group of byFormat(lines)) {
      const done = await rows.print(group, group[0].layout);
      counts.lines += done.lines;
      counts.unparsed += done.unparsed;
      if (done.unparsed > 0 && samples.length < SAMPLES) samples.push(...group.slice(0, SAMPLES));
    }
  if (counts.lines === 0) notes.say(label, "no line is in it");
  const isMost = counts.unparsed * 2 > counts.lines;
  if (counts.unparsed > 0)
    notes.say(
      label,
      `${counts.unparsed} of ${counts.lines} lines do not fit${isMost ? `; ${causeOf(samples)}` : ""}`,
    );
  return isMost;
};

/** Prints the rows of files, and sets exit code 1 if most lines of one did not fit. */
export const printParsed = async (files: string[], format: Layout | undefined): Promise<void> => {
  const rows = new Rows();
  const notes = new Notes(new Progress());
  for (const name of sourcesOf(files).names)
    if (await printRows(name, format, rows, notes)) process.exitCode = 1;
  notes.end();
};
