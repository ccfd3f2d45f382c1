import type { Layout } from "../../schema/layout";
import type { Reading } from "./columns";
import { isRuler } from "./csv";
import { InputError } from "./error";
import { fits, isPlain, unfitting } from "./fit";
import { InputFormat, type Reads } from "./format";
import { cellsIn, listIn } from "./objects";
import { isBetween } from "./prefixes";
import { around, type Found, Unwrapper } from "./resolve";
import type { Taker } from "./split";

/** A flow log's line in a file, and its format. */
export interface InputLine {
  text: string;
  layout: Layout;
  /** Time of the log event that an export has beside the line, in epoch milliseconds. */
  time?: number;
}

/** The most characters of a record that spans lines. A longer text is not a record. */
const LONGEST_RECORD = 1024 * 1024;

/** Turns the texts of a file into lines, one after another. */
export class Reader implements Taker {
  /** Lines that were read. The caller takes them out. */
  lines: InputLine[] = [];
  private readonly format: InputFormat;
  private readonly unwrap: Unwrapper;
  /** The beginning of a record that continues on the next line. */
  private open = "";
  /** A ruler line (`+---+`), after which a table's header may follow. */
  private ruler = "";

  constructor(private readonly reads: Reads) {
    this.format = new InputFormat(reads);
    const learn = (text: string) => this.format.learnInside(text);
    this.unwrap = new Unwrapper(() => this.format.layout, learn, reads.given);
  }

  line(raw: string): void {
    const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    const text = line.startsWith("\ufeff") || line.startsWith("\r") ? line.slice(1) : line;
    const { columns, header, layout } = this.format;
    if (text === "") return;
    if (!columns && !header && isPlain(text, layout) && this.format.isNoHeader(text))
      this.put({ text }, layout);
    else if (this.open !== "") this.record(text);
    else if (isRuler(text)) this.rule(text);
    else if (this.format.learn(text)) this.ruler = "";
    else if (isBetween(text)) return;
    else if (this.format.columns) this.record(text);
    else if (this.format.header) this.headed(text);
    else this.take(this.unwrap.text(text), text);
    if (this.ruler !== "" && !isRuler(text)) this.rule("");
  }

  value(value: unknown, raw: string): void {
    const cells = cellsIn(value);
    if (cells) this.cells(cells, raw);
    else if (!this.list(listIn(value))) this.take(this.unwrap.value(value), raw);
  }

  /**
   * Reads a table's header.
   * @throws InputError if the names are not fields.
   */
  head(names: string[]): void {
    if (!this.format.learnCells(names))
      throw new InputError(
        `cannot read ${this.reads.label}: its columns are no fields of flow logs: ${names.join(", ")}`,
      );
  }

  /** Reads the rest at the end of the file. */
  end(): void {
    const parts = this.open.split("\n").filter((part) => part !== "");
    this.open = "";
    for (const part of parts) this.take(this.unwrap.text(part), part);
    this.rule("");
  }

  /** Skips a table's ruler. A ruler in front of a header is known only by the next line, so it waits. */
  private rule(text: string): void {
    const { ruler } = this;
    this.ruler = this.format.columns ? "" : text;
    if (ruler !== "") this.take(undefined, ruler);
  }

  /** Reads the values of a JSON list, if one of them has a line or the list is empty. */
  private list(list: unknown[] | undefined): boolean {
    if (!list) return false;
    const isOfLines = list.length === 0 || list.some((value) => cellsIn(value) || this.unwrap.value(value));
    if (isOfLines) for (const value of list) this.value(value, JSON.stringify(value));
    return isOfLines;
  }

  /** Reads a record of a table, or a part of one. */
  private record(line: string): void {
    const record = this.open === "" ? line : `${this.open}\n${line}`;
    const cells = this.format.columns?.cut(record);
    this.open = cells ? "" : record;
    if (cells) this.cells(cells, record);
    else if (record.length > LONGEST_RECORD) this.end();
  }

  /** Returns the cells of the record `raw`. */
  private cells(cells: string[], raw: string): void {
    if (!raw.startsWith("{") || !this.format.learnCells(cells)) this.row(cells, raw);
  }

  /** Reads the values of the row `raw`. */
  row(cells: string[], raw: string): void {
    const reading = this.format.columns?.read(cells);
    // In concatenated files, lines may follow a table.
    const found = reading ? this.unwrap.text(reading.text, reading.layout) : this.unwrap.text(raw);
    this.take(around(found, reading ?? {}), reading?.isUnparsed ? reading.text : raw, reading?.layout);
  }

  /** Returns a line without the values of fields that the header has and this version does not know. */
  private headed(text: string): void {
    const { header, layout } = this.format;
    const tokens = text.trim().split(/[ \t]+/);
    const known = tokens.filter((_, i) => header?.isKnown[i]).join(" ");
    const isWhole = tokens.length === header?.isKnown.length && fits(known, layout);
    this.take(isWhole ? [{ text: known }] : undefined, text);
  }

  /** Adds the lines that were found in a text, or the text itself if there are none. */
  private take(found: Found, text: string, layout = this.format.layout): void {
    if (found === "header") return;
    if (found) for (const reading of found) this.put(reading, reading.layout ?? this.format.layout);
    else this.put({ text }, unfitting(text, layout));
  }

  private put({ text, time }: Reading, layout: Layout): void {
    if (layout === this.format.layout) this.format.tellDefault();
    this.lines.push(time === undefined ? { text, layout } : { text, layout, time });
  }
}
