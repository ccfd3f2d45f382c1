import type { Answer, AnswerStream } from "../../local/athena/answer";
import { isNamed, shownAs } from "./people";
import { cutTo, widthOf } from "./width";

const NUMERIC = /INT|DECIMAL|DOUBLE|FLOAT/;

/** How a table is written. */
export interface Form {
  /** Values with units and names, for people; else as the engine gave them. */
  people: boolean;
  /** Cells of a line; absent, lines are as long as their values. */
  width?: number;
}

/** For a terminal as wide as it is, values for people; for a file or a pipe whole values, as they are. */
export const formOf = ({ isTTY, columns }: { isTTY?: boolean; columns?: number }): Form =>
  isTTY ? { people: true, width: columns || 80 } : { people: false };

// A terminal would obey control characters that a hostile line may bring.
const printable = (value: string) => value.replaceAll(/\p{Cc}/gu, "\ufffd");

const GAP = "  ";
/** The least that a column of texts is cut to. */
const LEAST = 12;

/** Gives the widths that columns get: texts give way, the widest first; undefined if they cannot give enough. */
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

/** Rows as text: aligned columns, numbers to the right, or a line for each value where columns have no room. */
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

  /** The head, and the first rows, which decide how wide columns are. */
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

  /** Rows after the first. */
  more(rows: unknown[][]): string {
    return this.text(rows.map((row) => this.cellsOf(row)));
  }
}

/** An answer in memory as a table. */
export const toTable = ({ columns, types, rows }: Answer, form = formOf(process.stdout)): string =>
  new Table(columns, types, form).begin(rows);

/** Rows that decide how wide the columns of a table are. Later ones that are wider push what follows them. */
const MEASURED_ROWS = 2048;

/** A table, printed as its rows come. */
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
