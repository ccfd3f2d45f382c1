import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { DEFAULT_LAYOUT, FormatError, isHeader, type Layout, parseFormat } from "../schema/layout";

/** A line of a file: a flow as its flow log wrote it, and the format that it is in. */
export interface InputLine {
  text: string;
  layout: Layout;
  /** The time that an export from CloudWatch Logs put before the line, epoch milliseconds. */
  time?: number;
}

/** An input that cannot be read. */
export class InputError extends Error {}

/** Where a file's format came from, for people. */
export type FormatSource = "--format" | "header" | "default" | "stack";

const REASONS: Record<string, string> = {
  ENOENT: "there is no such file",
  EACCES: "it may not be read",
  EISDIR: "it is a directory; name the files in it",
};

const unreadable = (name: string, error: unknown) => {
  const { code, message } = error as NodeJS.ErrnoException;
  const isZlib = code?.startsWith("Z_");
  return new InputError(
    `cannot read ${name}: ${isZlib ? `the gzip data is damaged (${message})` : (REASONS[code ?? ""] ?? message)}`,
  );
};

/** The bytes of a file or, for "-", of standard input; gunzipped if they are gzip, whatever the name says. */
async function* bytesOf(name: string): AsyncGenerator<Buffer> {
  const source: AsyncIterable<Buffer> = name === "-" ? process.stdin : createReadStream(name);
  const chunks = source[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < 2) {
    const { done, value } = await chunks.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  const whole = async function* () {
    yield head;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  };
  if (head[0] !== 0x1f || head[1] !== 0x8b) {
    yield* whole();
    return;
  }
  const gunzip = createGunzip();
  // Its outcome is the gunzip stream's, which is read here.
  pipeline(whole, gunzip).catch(() => {});
  yield* gunzip;
}

/** Lines without their ends, a chunk's worth at a time. Bytes that are not UTF-8 become U+FFFD, as in CloudWatch Logs. */
async function* linesOf(name: string): AsyncGenerator<string[]> {
  let open: Buffer[] = [];
  for await (const chunk of bytesOf(name)) {
    const lines: string[] = [];
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      const rest = chunk.subarray(from, end);
      lines.push((open.length > 0 ? Buffer.concat([...open, rest]) : rest).toString("utf8"));
      open = [];
      from = end + 1;
    }
    if (from < chunk.length) open.push(chunk.subarray(from));
    if (lines.length > 0) yield lines;
  }
  if (open.length > 0) yield [Buffer.concat(open).toString("utf8")];
}

/** The messages of a line of objects, which Firehose writes one after another with nothing between; none if it is not. */
const messagesOf = (line: string): string[] | undefined => {
  const objects = line.split(/(?<=\})(?=\{"message":)/);
  try {
    const messages = objects.map((object) => JSON.parse(object).message);
    return messages.every((message) => typeof message === "string") ? messages : undefined;
  } catch {
    return undefined;
  }
};

/** What AWS writes around lines: a time before one (export from CloudWatch Logs), or objects (delivery to Firehose). */
const unwrap = (line: string): { text: string; time?: number }[] => {
  const exported = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z) /.exec(line);
  if (exported) return [{ text: line.slice(exported[0].length), time: Date.parse(exported[1]) }];
  const messages = line.startsWith("{") ? messagesOf(line) : undefined;
  return messages?.map((text) => ({ text })) ?? [{ text: line }];
};

/**
 * Reads a file's lines. Its format is the one given, else its header's (which may change on the way, as in files put
 * together), else the stack's where that is fixed, else AWS's default format. An empty line is no line.
 * @throws InputError, one sentence.
 */
export async function* readInput(
  name: string,
  format: Layout | undefined,
  onFormat: (source: FormatSource, layout: Layout) => void,
  ofStack?: Layout,
): AsyncGenerator<InputLine[]> {
  const label = name === "-" ? "standard input" : name;
  let layout = format ?? ofStack ?? DEFAULT_LAYOUT;
  let known = false;
  const learn = (source: FormatSource, next: Layout) => {
    if (!known || next !== layout) onFormat(source, next);
    known = true;
    layout = next;
  };
  const read = (raw: string): InputLine[] => {
    const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    if (line === "") return [];
    if (isHeader(line)) {
      if (!format) learn("header", parseFormat(line));
      return [];
    }
    if (!known) learn(format ? "--format" : ofStack ? "stack" : "default", layout);
    return unwrap(line).map((unwrapped) => ({ ...unwrapped, layout }));
  };
  try {
    for await (const lines of linesOf(name)) yield lines.flatMap(read);
  } catch (error) {
    if (error instanceof FormatError)
      throw new InputError(`the header of ${label} will not do: ${error.message}`);
    throw unreadable(label, error);
  }
}
