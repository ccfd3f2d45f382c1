import type { Result } from "./result";

/** Runs a command of a life, prints a line about it, and returns its result. */
export type Report = (what: string, command: () => Promise<Result>) => Promise<Result>;

/** Parts of a replacement, beside the replacement itself. */
const PARTS = ["create-replacement", "delete-replaced"];

const summary = ({ steps, same, violations }: Result) => {
  const counts = new Map<string, number>();
  for (const { op } of steps) if (!PARTS.includes(op)) counts.set(op, (counts.get(op) ?? 0) + 1);
  const parts = [...counts].map(([op, count]) => `${count} ${op}`);
  return [...parts, ...(same ? [`${same} same`] : []), ...violations].join(", ");
};

/** Columns of a terminal; what does not fit goes to a line of its own. */
const WIDTH = 80;

export const reportOf =
  (title: string): Report =>
  async (what, command) => {
    const start = performance.now();
    const result = await command();
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const line = `${seconds.padStart(6)} s  ${title.padEnd(8)} ${what.padEnd(26)}`;
    const text = summary(result);
    console.log(
      line.length + text.length < WIDTH ? `${line} ${text}` : `${line.trimEnd()}\n           ${text}`,
    );
    return result;
  };
