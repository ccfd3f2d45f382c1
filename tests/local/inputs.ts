import { join } from "node:path";
import { makeDecode } from "../../functions/decode";
import { makeTransform } from "../../functions/transform";
import { type FormatSource, type InputLine, readInput } from "../../local/input";
import type { Layout } from "../../schema/layout";
import { columnPlan } from "../../schema/plan";

/** The files of docs/inputs.md. */
export const INPUTS = join(__dirname, "../inputs");

/** Result of reading a file: its lines, the origin of its formats, and the messages. */
export const read = async (file: string, format?: Layout) => {
  const lines: InputLine[] = [];
  const sources: FormatSource[] = [];
  const notes: string[] = [];
  const onFormat = (source: FormatSource) => sources.push(source);
  for await (const some of readInput(file, format, onFormat, undefined, { note: (text) => notes.push(text) }))
    lines.push(...some);
  return { lines, sources, notes, texts: lines.map(({ text }) => text) };
};

const transforms = new Map<string, ReturnType<typeof makeTransform>>();

/** The row that the function makes of a line. */
export const rowOf = ({ text, layout }: InputLine): Record<string, unknown> => {
  const transform = transforms.get(layout.format) ?? makeTransform(columnPlan(layout), makeDecode().messages);
  transforms.set(layout.format, transform);
  const [{ data }] = transform.lines([text]).records;
  return JSON.parse(Buffer.from(data).toString());
};
