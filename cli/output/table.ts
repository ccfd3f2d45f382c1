import type { Answer, AnswerStream } from "../../local/athena/answer";
import { isNamed, shownAs } from "./people";
import { cutTo, widthOf } from "./width";

const NUMERIC = /INT|DECIMAL|DOUBLE|FLOAT/;

/** Format of a table. */
export interface Form {
  /** True for values with units and names, for people; false for the engine's own. */
  people: boolean;
  /** Width of a line in terminal cells; unlimited, if absent. */
  width?: number;
}

/**
 * Returns the format for standard output: the terminal's width and values for people, or whole raw values for a file or
 * pipe.
 */
export const formOf = ({ isTTY, columns }: { isTTY?: boolean; columns?: number }): Form =>
  isTTY ? { people: true, width: columns || 80 } : { people: false };

// Replaces control characters: a terminal would obey those in a hostile line.
const printable = (value: string) => value.replaceAll(/\p{Cc}/gu, "\ufffd");

const GAP = "  ";
/** Minimum width of a column of texts that is cut. */
const LEAST = 12;

/** Returns the widths of columns. It narrows texts, the widest first. Returns undefined if that is not enough. */
const fitted = (natural: number[], isText: boolean[], width: number): number[] | undefined => {
  const widths = [...natural];
  const room = width - GAP.length * (widths.length - 1);
  for (let over = widths.reduce((a, b) => a + b, 0) - room; over > 0; over--) {
    const widest = widths.reduce((max, w, i) => (isText[i] && w > (widths[max] ?? LEAST) ? i : max), -1);
    if (widest < 0) return undefined;
    widths[widest]--;
  }
  return widths;
};

/** Prints rows in aligned columns, numbers to the right. If the columns do not fit, each value gets a line. */
export class Table {
  private readonly show: ((value: string) => string)[];
  private readonly isText: boolean[];
  private widths: number[] | undefined;
  private rows = 0;

  constructor(
    private readonly columns: string[],
    types: string[],
    private readonly form: Form,
  ) {
    this.show = columns.map((name, i) => (form.people ? shownAs(name, types[i]) : (value) => value));
    this.isText = types.map((type, i) => !NUMERIC.test(type) || (form.people && isNamed(columns[i])));
  }

  private cellsOf(row: unknown[]): string[] {
    return row.map((value, i) =>
      value === null || value === undefined ? "NULL" : printable(this.show[i](String(value))),
    );
  }

  private line(row: string[], widths: number[]): string {
    const padded = row.map((value, i) => {
      const shown = this.form.width === undefined ? value : cutTo(value, widths[i]);
      const space = " ".repeat(Math.max(widths[i] - widthOf(shown), 0));
      return this.isText[i] ? shown + space : space + shown;
    });
    return `${padded.join(GAP).trimEnd()}\n`;
  }

  private record(row: string[]): string {
    const name = Math.max(...this.columns.map(widthOf));
    const room = Math.max((this.form.width ?? 0) - name - 3, LEAST);
    const lines = row.map((value, i) => `${this.columns[i].padEnd(name)} | ${cutTo(value, room)}`);
    return `- row ${++this.rows}\n${lines.join("\n")}\n`;
  }

  private text(cells: string[][]): string {
    const { widths } = this;
    return cells.map((row) => (widths ? this.line(row, widths) : this.record(row))).join("");
  }

  /** Prints the head and the first rows, which determine the widths of the columns. */
  begin(first: unknown[][]): string {
    const cells = first.map((row) => this.cellsOf(row));
    const natural = this.columns.map((name, i) =>
      cells.reduce((width, row) => Math.max(width, widthOf(row[i])), widthOf(name)),
    );
    this.widths = this.form.width ? fitted(natural, this.isText, this.form.width) : natural;
    if (!this.widths) return this.text(cells);
    const rule = this.widths.map((width) => "-".repeat(width));
    return this.text([this.columns, rule]) + (cells.length > 0 ? this.text(cells) : "(no rows)\n");
  }

  /** Prints later rows. */
  more(rows: unknown[][]): string {
    return this.text(rows.map((row) => this.cellsOf(row)));
  }
}

/** Prints an answer in memory as a table. */
export const toTable = ({ columns, types, rows }: Answer, form = formOf(process.stdout)): string =>
  new Table(columns, types, form).begin(rows);

/** Number of rows that determine the widths of columns. Wider values in later rows shift the rest of their line. */
const MEASURED_ROWS = 2048;

/** Prints a table while its rows arrive. */
export async function* tableTexts(
  { columns, types, batches }: AnswerStream,
  form = formOf(process.stdout),
): AsyncGenerator<string> {
  const table = new Table(columns, types, form);
  let first: unknown[][] | undefined = [];
  for await (const rows of batches) {
    if (!first) yield table.more(rows);
    else first.push(...rows);
    if (!first || first.length < MEASURED_ROWS) continue;
    yield table.begin(first);
    first = undefined;
  }
  if (first) yield table.begin(first);
}
