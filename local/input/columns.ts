import { headerOf } from "../../schema/header";
import type { Layout } from "../../schema/layout";
import { bare } from "../../schema/names";
import { cellsOf, DELIMITERS, type Delimiter, isBarred, withoutBars } from "./csv";
import { timeOf } from "./time";
import { fieldOf } from "./words";

/** A record of a table, read: a line, taken whole from a cell or made of the cells, and when it was logged. */
export interface Reading {
  text: string;
  /** The format of a line that is made of cells; one that is held whole has that of the lines around it. */
  layout?: Layout;
  time?: number;
  /** True if the text comes from a column `unparsed`: if it does not fit now either, it alone is kept. */
  isUnparsed?: true;
}

/** A table's columns: what each cell of a record is. */
export interface Columns {
  /** Cuts a record into cells; nothing if it goes on with the next line. */
  cut(record: string): string[] | undefined;
  /** The format of its records, if cells are values. */
  layout?: Layout;
  /** Names of columns that nothing is made of. */
  unknown: string[];
  read(cells: readonly string[]): Reading | undefined;
}

/** How exports call the column of the line, and that of its time. */
const MESSAGES = ["@message", "message", "log", "_raw"];
const TIMES = ["timestamp", "@timestamp", "time", "_time", "@ingestiontime"];
/** Columns beside a record's message which show that the message is no sentence. */
const isOfExport = (name: string) => name.startsWith("@") || TIMES.includes(name);

/**
 * A NULL is an empty cell, or a word that programs write for it. A whole number is one with `.0` as well, as pandas writes a
 * column that has NULLs.
 */
const tokenOf = (cell: string) =>
  /^\s*(?:null|\\N|nan|none|n\/a)?\s*$/i.test(cell) ? "-" : cell.trim().replace(/^(\d{1,15})\.0$/, "$1");

/** Columns of lines that are held whole: as exported from CloudWatch Logs. */
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

/** Columns of values: the result of a query. A line that did not fit is in a column of its own, whole. */
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

/** Columns by one delimiter. Where bars stand around the head, they do so around each record. */
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
 * The columns that a line names as the head of a table, with commas, tabs, semicolons or bars between; nothing if it does not.
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
