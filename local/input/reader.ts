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

/** A line of a file: a flow as its flow log wrote it, and the format that it is in. */
export interface InputLine {
  text: string;
  layout: Layout;
  /** The time that an export put beside the line, epoch milliseconds. */
  time?: number;
}

/** A record of a table that goes on over more letters than this is none. */
const LONGEST_RECORD = 1024 * 1024;

/** Makes lines of what is in a file, one after another. */
export class Reader implements Taker {
  /** The lines that were made; whoever reads them takes them out. */
  lines: InputLine[] = [];
  private readonly format: InputFormat;
  private readonly unwrap: Unwrapper;
  /** A record of a table that is not at its end. */
  private open = "";
  /** A ruler, which the head of a table may follow. */
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
   * Takes the names of a table's columns.
   * @throws InputError if they are no fields.
   */
  head(names: string[]): void {
    if (!this.format.learnCells(names))
      throw new InputError(
        `cannot read ${this.reads.label}: its columns are no fields of flow logs: ${names.join(", ")}`,
      );
  }

  /** Takes what is left. */
  end(): void {
    const parts = this.open.split("\n").filter((part) => part !== "");
    this.open = "";
    for (const part of parts) this.take(this.unwrap.text(part), part);
    this.rule("");
  }

  /** Leaves a ruler out that belongs to a table; before a head it may, so it waits for the next line. */
  private rule(text: string): void {
    const { ruler } = this;
    this.ruler = this.format.columns ? "" : text;
    if (ruler !== "") this.take(undefined, ruler);
  }

  /** Takes the values of a list, if one of them holds a line, or there is none. */
  private list(list: unknown[] | undefined): boolean {
    if (!list) return false;
    const isOfLines = list.length === 0 || list.some((value) => cellsIn(value) || this.unwrap.value(value));
    if (isOfLines) for (const value of list) this.value(value, JSON.stringify(value));
    return isOfLines;
  }

  /** A record of a table, or a part of one. */
  private record(line: string): void {
    const record = this.open === "" ? line : `${this.open}\n${line}`;
    const cells = this.format.columns?.cut(record);
    this.open = cells ? "" : record;
    if (cells) this.cells(cells, record);
    else if (record.length > LONGEST_RECORD) this.end();
  }

  /** The cells of a record that is written as `raw`. */
  private cells(cells: string[], raw: string): void {
    if (!raw.startsWith("{") || !this.format.learnCells(cells)) this.row(cells, raw);
  }

  /** Takes the values of a row that is written as `raw`. */
  row(cells: string[], raw: string): void {
    const reading = this.format.columns?.read(cells);
    // A text that is no record may follow a table where files were joined.
    const found = reading ? this.unwrap.text(reading.text, reading.layout) : this.unwrap.text(raw);
    this.take(around(found, reading ?? {}), reading?.isUnparsed ? reading.text : raw, reading?.layout);
  }

  /** A line below a header that has fields which are not known: without their values. */
  private headed(text: string): void {
    const { header, layout } = this.format;
    const tokens = text.trim().split(/[ \t]+/);
    const known = tokens.filter((_, i) => header?.isKnown[i]).join(" ");
    const isWhole = tokens.length === header?.isKnown.length && fits(known, layout);
    this.take(isWhole ? [{ text: known }] : undefined, text);
  }

  /** Takes the lines that were found in a text; the text itself, if none were. */
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
