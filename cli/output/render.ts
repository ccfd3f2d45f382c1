import type { Answer, AnswerStream } from "../../local/athena/answer";

const NUMERIC = /INT|DECIMAL|DOUBLE|FLOAT/;

/** A value as Athena would print it; NULL is nothing. */
const text = (value: unknown): string => (value === null || value === undefined ? "" : String(value));

const csvCell = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

const csvOf = (rows: unknown[][]): string =>
  rows.map((row) => `${row.map((value) => csvCell(text(value))).join(",")}\n`).join("");

/** RFC 4180, with a header. */
export async function* csvTexts({ columns, batches }: AnswerStream): AsyncGenerator<string> {
  yield csvOf([columns]);
  for await (const rows of batches) yield csvOf(rows);
}

/** A whole number goes out digit by digit: JSON has no limit, though some readers do. */
const jsonValue = (value: unknown): string => {
  if (value === null || value === undefined) return "null";
  if (typeof value === "bigint") return String(value);
  return JSON.stringify(typeof value === "object" ? String(value) : value);
};

/** An array of objects, one a line. */
export async function* jsonTexts({ columns, batches }: AnswerStream): AsyncGenerator<string> {
  const names = columns.map((name) => JSON.stringify(name));
  const object = (row: unknown[]) =>
    `  {${names.map((name, i) => `${name}:${jsonValue(row[i])}`).join(",")}}`;
  let before = "[\n";
  for await (const rows of batches) {
    if (rows.length === 0) continue;
    yield before + rows.map(object).join(",\n");
    before = ",\n";
  }
  yield before === ",\n" ? "\n]\n" : "[]\n";
}

// A terminal would obey control characters that a hostile line may bring.
const printable = (value: string) => value.replaceAll(/\p{Cc}/gu, "\ufffd");
const CELL_WIDTH = 80;
const cell = (value: unknown) => {
  const shown = printable(text(value));
  return shown.length > CELL_WIDTH ? `${shown.slice(0, CELL_WIDTH - 1)}…` : shown;
};

const cellsOf = (rows: unknown[][]) => rows.map((row) => row.map(cell));

/** Aligned columns, numbers to the right. Columns are as wide as the first rows need. */
class Table {
  private readonly widths: number[];

  constructor(
    private readonly columns: string[],
    private readonly types: string[],
    private readonly first: string[][],
  ) {
    this.widths = columns.map((name, i) =>
      first.reduce((width, row) => Math.max(width, row[i].length), name.length),
    );
  }

  private line(row: string[]): string {
    const padded = row.map((value, i) =>
      NUMERIC.test(this.types[i]) ? value.padStart(this.widths[i]) : value.padEnd(this.widths[i]),
    );
    return `${padded.join("  ").trimEnd()}\n`;
  }

  body(rows: string[][]): string {
    return rows.map((row) => this.line(row)).join("");
  }

  /** The head, and the first rows. */
  begin(): string {
    const rule = this.widths.map((width) => "-".repeat(width));
    return this.body([this.columns, rule]) + (this.first.length > 0 ? this.body(this.first) : "(no rows)\n");
  }
}

/** An answer in memory as a table. */
export const toTable = ({ columns, types, rows }: Answer): string =>
  new Table(columns, types, cellsOf(rows)).begin();

/** Rows that decide how wide the columns of a table are. Later ones that are wider push what follows them. */
const MEASURED_ROWS = 2048;

/** A table, printed as its rows come. */
export async function* tableTexts({ columns, types, batches }: AnswerStream): AsyncGenerator<string> {
  let table: Table | undefined;
  const first: string[][] = [];
  for await (const rows of batches) {
    if (table) yield table.body(cellsOf(rows));
    else for (const row of cellsOf(rows)) first.push(row);
    if (table || first.length < MEASURED_ROWS) continue;
    table = new Table(columns, types, first);
    yield table.begin();
  }
  if (!table) yield new Table(columns, types, first).begin();
}
