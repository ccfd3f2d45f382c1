import type { Hash } from "node:crypto";
import type { Layout } from "../../schema/layout";
import { isParquet } from "./binary";
import { type Content, hashed, open, type Passing } from "./bytes";
import { textOf } from "./decode";
import { labelOf, unreadable } from "./error";
import type { FormatSource } from "./format";
import { readParquet } from "./parquet";
import { type InputLine, Reader } from "./reader";
import { Splitter } from "./split";

export { InputError } from "./error";
export type { FormatSource } from "./format";
export type { InputLine } from "./reader";

/** Feeds an input's text to a reader, and yields after each chunk that may have lines. */
async function* takeText(content: Content, label: string, reader: Reader): AsyncGenerator<void> {
  const splitter = new Splitter(label, reader);
  for await (const text of textOf(content)) {
    splitter.push(text);
    yield;
  }
  splitter.push();
  reader.end();
  yield;
}

/** Feeds the rows of Parquet to a reader, and yields after each chunk. */
async function* takeRows({ bytes }: Content, label: string, reader: Reader): AsyncGenerator<void> {
  let columns: string[] | undefined;
  for await (const rows of readParquet(label, bytes)) {
    if (columns) for (const cells of rows) reader.row(cells, rawOf(columns, cells));
    else reader.head(rows[0]);
    columns ??= rows[0];
    yield;
  }
}

/** Returns a row as JSON, to keep it if it does not fit. */
const rawOf = (columns: string[], cells: string[]) =>
  JSON.stringify(
    Object.fromEntries(columns.map((name, i) => [name, cells[i]]).filter(([, cell]) => cell !== "")),
  );

/**
 * Reads a file's lines, whatever they are wrapped in (docs/inputs.md). Their format is the one given, else the header's
 * (which may change on the way, as in files put together), else the stack's where that is fixed, else AWS's default
 * format. An empty line is no line.
 * `hash` takes the content without the gzip around it, `read` the bytes as they are in the file.
 * @throws InputError, one sentence.
 */
export async function* readInput(
  name: string,
  given: Layout | undefined,
  onFormat: (source: FormatSource, layout: Layout) => void,
  ofStack?: Layout,
  { note = () => {}, hash, read }: { note?: (text: string) => void; hash?: Hash; read?: Passing } = {},
): AsyncGenerator<InputLine[]> {
  const label = labelOf(name);
  const reader = new Reader({ label, given, ofStack, onFormat, note });
  try {
    const content = await open(name, read);
    const bytes = hash ? hashed(content.bytes, hash) : content.bytes;
    const take = isParquet(content.head) ? takeRows : takeText;
    for await (const _ of take({ ...content, bytes }, label, reader))
      if (reader.lines.length > 0) yield reader.lines.splice(0);
  } catch (error) {
    throw unreadable(name, error);
  }
}
