import { type Header, headerOf } from "../../schema/header";
import { DEFAULT_LAYOUT, FormatError, type Layout } from "../../schema/layout";
import { fieldNamed } from "../../schema/names";
import { type Columns, columnsOf } from "./columns";
import { InputError } from "./error";
import { namesOfWords } from "./words";

/** Origin of a file's format, in words. */
export type FormatSource = "--format" | "header" | "default" | "stack";

/** The format given for an input, and the receiver of warnings. */
export interface Reads {
  label: string;
  /** The format given on the command line. */
  given?: Layout;
  /** The stack's format, if it is fixed. */
  ofStack?: Layout;
  onFormat(source: FormatSource, layout: Layout): void;
  /** Receives notes on the input. */
  note(text: string): void;
}

const namesOf = ({ fields }: Layout) => fields.map(({ name }) => name).join(" ");

/** Returns true if a header names the fields of a format, in its order. */
const saysSo = (tokens: string[], { fields }: Layout): boolean => {
  const names = tokens.map(fieldNamed);
  const known = names.filter((name) => name !== undefined).length;
  return (
    names.length === fields.length &&
    known * 2 > names.length &&
    names.every((name, i) => name === undefined || name === fields[i].name)
  );
};

/** Text that no header has: digits in a row, points, colons. A quick sign that a line is no header. */
const NO_HEADER = /\d{3}|[.:](?! )|^\d/;

/**
 * The format of an input's lines: the one given, else its header's, which may change on the way, as in files put
 * together, else the stack's where that is fixed, else AWS's default format.
 */
export class InputFormat {
  layout: Layout;
  /** The last header, if it has unknown fields. */
  header: Header | undefined;
  /** Columns of the table around the lines, if there is one. */
  columns: Columns | undefined;
  private isTold = false;

  constructor(private readonly reads: Reads) {
    this.layout = reads.given ?? reads.ofStack ?? DEFAULT_LAYOUT;
  }

  /**
   * Reads a line as a header or as the head of a table. Returns true if it is one.
   * @throws InputError for a header that is not understood, or that contradicts the format given.
   */
  learn(line: string): boolean {
    return !this.isNoHeader(line) && this.understood(() => this.learnNames(line));
  }

  /** Reads a text inside a wrapper as a header, if it certainly is one. */
  learnInside(text: string): boolean {
    const tokens = text.split(" ");
    return tokens.length >= 4 && tokens.every((token) => fieldNamed(token) !== undefined) && this.learn(text);
  }

  isNoHeader(line: string): boolean {
    return NO_HEADER.test(line);
  }

  /** Reads cells as the head of a table. Returns true if they are one. */
  learnCells(cells: string[]): boolean {
    return this.understood(() => this.learnColumns(columnsOf(cells.join(","))));
  }

  /** Notes the origin of the format of lines without a header. */
  tellDefault(): void {
    const { given, ofStack } = this.reads;
    if (!this.isTold) this.tell(given ? "--format" : ofStack ? "stack" : "default", this.layout);
  }

  private understood(learn: () => boolean): boolean {
    try {
      return learn();
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      throw new InputError(
        `the header of ${this.reads.label} cannot be read: ${error.message}; write AWS's names into it, or name the fields with --format, if the header is wrong`,
      );
    }
  }

  private learnNames(line: string): boolean {
    const words = line
      .replace(/^#\s*(?:Fields:)?/, "")
      .trim()
      .split(/\s+/);
    const tokens = namesOfWords(words) ?? words;
    const { given } = this.reads;
    if (given && saysSo(tokens, given)) {
      this.tellDefault();
      return true;
    }
    if (this.learnColumns(columnsOf(line))) return true;
    const header = headerOf(tokens);
    if (!header) return false;
    this.check(header.layout, header.unknown);
    this.columns = undefined;
    this.header = header.unknown.length > 0 ? header : undefined;
    this.layout = header.layout;
    return true;
  }

  private learnColumns(columns: Columns | undefined): boolean {
    if (!columns) return false;
    if (columns.layout) this.check(columns.layout, columns.unknown);
    this.columns = columns;
    this.header = undefined;
    this.layout = columns.layout ?? this.layout;
    return true;
  }

  /** @throws InputError if the input says of its format what --format does not say. */
  private check(layout: Layout, unknown: string[]): void {
    const { given, label, note } = this.reads;
    if (given && given.format !== layout.format)
      throw new InputError(
        `the header of ${label} contradicts --format: it names "${namesOf(layout)}", and --format "${namesOf(given)}"; leave --format out, as the header is right`,
      );
    if (unknown.length > 0) note(`left out what is no field that this version knows: ${unknown.join(", ")}`);
    this.tell(given ? "--format" : "header", layout);
  }

  private tell(source: FormatSource, layout: Layout): void {
    if (!this.isTold || layout.format !== this.layout.format) this.reads.onFormat(source, layout);
    this.isTold = true;
  }
}
