import type { Hash } from "node:crypto";
import type { Layout } from "../../schema/layout";
import { hashed, open } from "./bytes";
import { textOf } from "./decode";
import { labelOf, unreadable } from "./error";
import type { FormatSource } from "./format";
import { type InputLine, Reader } from "./reader";
import { Splitter } from "./split";

export { InputError } from "./error";
export type { FormatSource } from "./format";
export type { InputLine } from "./reader";

/**
 * Reads a file's lines, whatever they are wrapped in (docs/inputs.md). Their format is the one given, else the header's
 * (which may change on the way, as in files put together), else the stack's where that is fixed, else AWS's default
 * format. An empty line is no line.
 * @throws InputError, one sentence.
 */
export async function* readInput(
  name: string,
  given: Layout | undefined,
  onFormat: (source: FormatSource, layout: Layout) => void,
  ofStack?: Layout,
  { note = () => {}, hash }: { note?: (text: string) => void; hash?: Hash } = {},
): AsyncGenerator<InputLine[]> {
  const label = labelOf(name);
  const reader = new Reader({ label, given, ofStack, onFormat, note });
  const splitter = new Splitter(label, reader);
  try {
    const content = await open(name);
    const bytes = hash ? hashed(content.bytes, hash) : content.bytes;
    for await (const text of textOf({ ...content, bytes })) {
      splitter.push(text);
      if (reader.lines.length > 0) yield reader.lines.splice(0);
    }
    splitter.push();
    reader.end();
    yield reader.lines.splice(0);
  } catch (error) {
    throw unreadable(name, error);
  }
}
