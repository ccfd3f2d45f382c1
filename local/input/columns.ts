import { headerOf } from "../../schema/header";
import type { Layout } from "../../schema/layout";
import { bare } from "../../schema/names";
import { cellsOf, DELIMITERS, type Delimiter, isBarred, withoutBars } from "./csv";
import { timeOf } from "./time";
import { fieldOf } from "./words";

/** A parsed record of a table: a line, from one cell or joined from the cells, and the time at which it was logged. */
export interface Reading {
  text: string;
  /** Format of a line that was joined from cells. A line from one cell has the format of the lines around it. */
  layout?: Layout;
  time?: number;
  /** True if the text comes from a column `unparsed`. If it still fits no format, only this text is kept. */
  isUnparsed?: true;
}

/** The columns of a table. */
export interface Columns {
  /** Splits a record into cells. Returns undefined if the record continues on the next line. */
  cut(record: string): string[] | undefined;
  /** Format of the records, if their cells are values of fields. */
  layout?: Layout;
  /** Names of columns that are ignored. */
  unknown: string[];
  read(cells: readonly string[]): Reading | undefined;
}

/** Names that exports give the column of the line, and the column of its time. */
const MESSAGES = ["@message", "message", "log", "_raw"];
const TIMES = ["timestamp", "@timestamp", "time", "_time", "@ingestiontime"];
/** Columns that stand beside a message only in exports of log events, so the message is a log line. */
const isOfExport = (name: string) => name.startsWith("@") || TIMES.includes(name);

/**
 * An empty cell is NULL, and so is a word that programs write for it. A whole number may end in `.0`, as pandas writes a
 * column that has NULLs.
 */
const tokenOf = (cell: string) =>
  /^\s*(?:null|\\N|nan|none|n\/a)?\s*$/i.test(cell) ? "-" : cell.trim().replace(/^(\d{1,15})\.0$/, "$1");

/** Columns of an export that has each line in one cell, as CloudWatch Logs writes it. */
const messageColumns = (names: string[], cut: Columns["cut"]): Columns | undefined => {
  const message = names.findIndex((name) => MESSAGES.includes(name));
  if (message < 0 || !names.some(isOfExport)) return undefined;
  const time = names.findIndex((name) => TIMES.includes(name));
  const read = (cells: readonly string[]): Reading | undefined =>
    cells.length === names.length
      ? { text: cells[message].trimEnd(), time: timeOf(cells[time] ?? "") }
      : undefined;
  return { cut, unknown: [], read };
};

/** Columns of a query's result, one for each field. A line that did not fit is in a column `unparsed`. */
const fieldColumns = (names: string[], cut: Columns["cut"]): Columns | undefined => {
  const isOther = (name: string) => name === "" || name === "unparsed" || isOfExport(name.toLowerCase());
  const header = headerOf(
    names.filter((name) => !isOther(name)).map((name) => fieldOf(name.split(/\s+/)) ?? name),
  );
  if (!header) return undefined;
  const { layout } = header;
  const unknown = [...header.unknown, ...(names.includes("") ? ["a column without a name"] : [])];
  const isKnown = [...header.isKnown];
  const isValue = names.map((name) => !isOther(name) && isKnown.shift() === true);
  const unparsed = names.indexOf("unparsed");
  const time = names.findIndex((name) => TIMES.includes(name.toLowerCase()));
  const read = (cells: readonly string[]): Reading | undefined => {
    if (cells.length !== names.length) return undefined;
    if (unparsed >= 0 && cells[unparsed] !== "") return { text: cells[unparsed], isUnparsed: true };
    const text = cells
      .filter((_, i) => isValue[i])
      .map(tokenOf)
      .join(" ");
    return { text, layout, time: timeOf(cells[time] ?? "") };
  };
  return { cut, layout, unknown, read };
};

/** Columns with this delimiter. If bars enclose the header, they enclose each record too. */
const columnsBy = (delimiter: Delimiter, line: string): Columns | undefined => {
  const areBarred = delimiter === "|" && isBarred(line);
  const cut = (record: string) =>
    cellsOf(areBarred && isBarred(record) ? withoutBars(record) : record, delimiter);
  const names = cut(line)?.map((cell) => bare(cell.trim()));
  if (!names) return undefined;
  const lower = names.map((name) => name.toLowerCase());
  return messageColumns(lower, cut) ?? fieldColumns(names, cut);
};

/**
 * Returns the columns of a table's header, between commas, tabs, semicolons or bars; undefined if the line is no such header.
 * @throws FormatError as `headerOf`.
 */
export const columnsOf = (line: string): Columns | undefined => {
  for (const delimiter of DELIMITERS) {
    const mayBeHead = line.includes(delimiter) || line.startsWith("@") || line.startsWith('"@');
    const columns = mayBeHead ? columnsBy(delimiter, line) : undefined;
    if (columns) return columns;
  }
  return undefined;
};
