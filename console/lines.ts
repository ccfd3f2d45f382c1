import { withEngine } from "./asking";

/** The most rows that a page shows. Downloaded files have all rows. */
const MOST = 100_000;

const cell = (value: unknown): string | number | boolean | null => {
  if (value === null || value === undefined) return null;
  if (typeof value === "number" || typeof value === "boolean") return value;
  return String(value);
};

/** The last line of an answer. */
interface End {
  rows: number;
  /** True if there are more rows than the page was sent. */
  isCut: boolean;
  ms: number;
}

/** The place of an error as DuckDB shows it: `LINE 2: …`. */
const placeIn = (message: string): { line?: number; column?: number } => {
  const [, line, text] = /^LINE (\d+): (.*)\n?/m.exec(message) ?? [];
  const caret = /^( *)\^\s*$/m.exec(message)?.[1].length;
  if (line === undefined || caret === undefined) return {};
  const before = `LINE ${line}: `.length;
  // DuckDB cuts long lines, and then the place within them is not known.
  return text.startsWith("...") ? { line: Number(line) } : { line: Number(line), column: caret - before };
};

/**
 * Queries the lake and yields lines of JSON: columns and types, then rows in groups, then the end. An error is a line too, with
 * its place in the SQL where that is known.
 */
export async function* answerLines(lake: string, sql: string, id: string): AsyncGenerator<string> {
  const began = Date.now();
  const queue: string[] = [];
  let wake = () => {};
  let isDone = false;
  const push = (value: object) => {
    queue.push(JSON.stringify(value));
    wake();
  };
  const work = withEngine(
    lake,
    async (engine) => {
      const { columns, types, batches } = await engine.stream(sql);
      push({ columns, types });
      const end: End = { rows: 0, isCut: false, ms: 0 };
      for await (const batch of batches) {
        const room = MOST - end.rows;
        end.isCut = batch.length > room;
        push({ rows: batch.slice(0, room).map((row) => row.map(cell)) });
        end.rows += Math.min(batch.length, room);
        if (end.isCut) break;
      }
      push({ end: { ...end, ms: Date.now() - began } });
    },
    { id },
  )
    .catch((error: Error) => push({ error: error.message, ...placeIn(error.message) }))
    .finally(() => {
      isDone = true;
      wake();
    });
  while (!isDone || queue.length > 0) {
    const line = queue.shift();
    if (line !== undefined) yield line;
    else if (!isDone)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  }
  await work;
}
