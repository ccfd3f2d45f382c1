import { open } from "../../local/input/bytes";
import { cellsOf, DELIMITERS, type Delimiter } from "../../local/input/csv";
import { textOf } from "../../local/input/decode";
import { unreadable } from "../../local/input/error";
import { CaptureError } from "./error";
import { isNfdumpHead, NFDUMP_COLUMNS, nfdumpCells } from "./nfdump-text";

/** Place of a row, for errors. */
export interface Place {
  file: string;
  line: number;
}

/** The cells of a record by position. */
export interface Record {
  at: Place;
  cells: readonly (string | undefined)[];
}

/** Rows of a capture, with any separator of cells. */
export interface Table {
  columns: string[];
  records: AsyncGenerator<Record>;
}

const LONGEST_LINE = 1024 * 1024;

/** The lines of a file, without their ends, a few kilobytes at a time. */
async function* linesOf(file: string): AsyncGenerator<Place & { text: string }> {
  let [rest, line] = ["", 0];
  try {
    for await (const text of textOf(await open(file))) {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const each of lines) yield { file, line: ++line, text: each.replace(/\r$/, "") };
      if (rest.length > LONGEST_LINE)
        throw new CaptureError(
          `${file}, line ${line + 1}: it is longer than 1 MiB, so it is no table of flows`,
        );
    }
    if (rest !== "") yield { file, line: ++line, text: rest.replace(/\r$/, "") };
  } catch (error) {
    throw error instanceof CaptureError ? error : unreadable(file, error);
  }
}

type Lines = AsyncGenerator<Place & { text: string }>;

/** IoT-23 joins the last three columns of Zeek's, and their values, by spaces. */
const zeekCells = (text: string) => text.split(/\t| {2,}/);

async function* zeekRecords(lines: Lines, columns: string[]): AsyncGenerator<Record> {
  for await (const { text, ...at } of lines) {
    if (text === "" || text.startsWith("#")) continue;
    const cells = zeekCells(text);
    if (cells.length !== columns.length)
      throw new CaptureError(
        `${at.file}, line ${at.line}: it has ${cells.length} columns, and #fields names ${columns.length}`,
      );
    yield { at, cells };
  }
}

async function* jsonRecords(lines: Lines, columns: string[], first: Record): AsyncGenerator<Record> {
  yield first;
  for await (const { text, ...at } of lines) if (text.trim() !== "") yield jsonRecord(text, at, columns);
}

const jsonRecord = (text: string, at: Place, columns: string[]): Record => {
  const values = objectIn(text, at);
  for (const name of Object.keys(values)) if (!columns.includes(name)) columns.push(name);
  return {
    at,
    cells: columns.map((name) => (values[name] === undefined ? undefined : String(values[name]))),
  };
};

const objectIn = (text: string, { file, line }: Place): { [name: string]: unknown } => {
  try {
    const value = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value;
  } catch {}
  throw new CaptureError(`${file}, line ${line}: it is no JSON object, as the lines before it are`);
};

async function* csvRecords(lines: Lines, columns: string[], delimiter: Delimiter): AsyncGenerator<Record> {
  for await (const { text, ...at } of lines) {
    if (text === "") continue;
    // nfdump writes a summary below its flows.
    if (/^Summary\b/.test(text)) return;
    const cells = cellsOf(text, delimiter);
    if (!cells || cells.length !== columns.length)
      throw new CaptureError(
        `${at.file}, line ${at.line}: it has ${cells?.length ?? "no"} columns, and the header names ${columns.length}`,
      );
    yield { at, cells };
  }
}

/** The delimiter that makes most columns of a header. */
const delimiterOf = (header: string): Delimiter =>
  [...DELIMITERS].sort((a, b) => header.split(b).length - header.split(a).length)[0];

/** Finds a capture's first line that is no comment: a header, or JSON. */
const headOf = async (lines: Lines, file: string): Promise<Place & { text: string }> => {
  for (;;) {
    const { value, done } = await lines.next();
    if (done) throw new CaptureError(`${file}: it has no header, so nothing tells what its columns are`);
    if (value.text.trim() === "" || (value.text.startsWith("#") && !value.text.startsWith("#fields")))
      continue;
    return value;
  }
};

/** Opens a capture by its first line that is no comment. */
export const tableOf = async (file: string): Promise<Table> => {
  const lines = linesOf(file);
  const { text, ...at } = await headOf(lines, file);
  if (text.startsWith("#fields")) {
    const columns = zeekCells(text.trimEnd()).slice(1);
    return { columns, records: zeekRecords(lines, columns) };
  }
  if (text.startsWith("{")) {
    const columns = Object.keys(objectIn(text, at));
    const first = jsonRecord(text, at, columns);
    return { columns, records: jsonRecords(lines, columns, first) };
  }
  if (isNfdumpHead(text)) return { columns: NFDUMP_COLUMNS, records: nfdumpRecords(lines) };
  const delimiter = delimiterOf(text);
  const columns = (cellsOf(text, delimiter) ?? []).map((name) => name.trim());
  return { columns, records: csvRecords(lines, columns, delimiter) };
};

async function* nfdumpRecords(lines: Lines): AsyncGenerator<Record> {
  for await (const { text, ...at } of lines) {
    if (/^Summary\b/.test(text)) return;
    if (text.trim() === "") continue;
    const cells = nfdumpCells(text);
    if (!cells)
      throw new CaptureError(
        `${at.file}, line ${at.line}: it is no flow as nfdump prints it; ask for whole addresses (nfdump -6 -o long), or for CSV (-o csv)`,
      );
    yield { at, cells };
  }
}
