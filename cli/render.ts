import type { Answer } from "../local/athena";

const NUMERIC = /INT|DECIMAL|DOUBLE|FLOAT/;

/** A value as Athena would print it; NULL is nothing. */
const text = (value: unknown): string => (value === null || value === undefined ? "" : String(value));

const csvCell = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** RFC 4180, with a header. */
export const toCsv = ({ columns, rows }: Answer): string =>
  [columns, ...rows].map((row) => `${row.map((value) => csvCell(text(value))).join(",")}\n`).join("");

/** A whole number goes out digit by digit: JSON has no limit, though some readers do. */
const jsonValue = (value: unknown): string => {
  if (value === null || value === undefined) return "null";
  if (typeof value === "bigint") return String(value);
  return JSON.stringify(typeof value === "object" ? String(value) : value);
};

/** An array of objects, one a line. */
export const toJson = ({ columns, rows }: Answer): string => {
  const object = (row: unknown[]) =>
    `  {${columns.map((name, i) => `${JSON.stringify(name)}:${jsonValue(row[i])}`).join(",")}}`;
  return rows.length === 0 ? "[]\n" : `[\n${rows.map(object).join(",\n")}\n]\n`;
};

// A terminal would obey control characters that a hostile line may bring.
const printable = (value: string) => value.replaceAll(/\p{Cc}/gu, "\ufffd");
const CELL_WIDTH = 80;
const cell = (value: unknown) => {
  const shown = printable(text(value));
  return shown.length > CELL_WIDTH ? `${shown.slice(0, CELL_WIDTH - 1)}…` : shown;
};

/** Aligned columns for people; numbers to the right. */
export const toTable = ({ columns, types, rows }: Answer): string => {
  const cells = rows.map((row) => columns.map((_, i) => cell(row[i])));
  const widths = columns.map((name, i) =>
    cells.reduce((width, row) => Math.max(width, row[i].length), name.length),
  );
  const line = (row: string[]) =>
    row
      .map((value, i) => (NUMERIC.test(types[i]) ? value.padStart(widths[i]) : value.padEnd(widths[i])))
      .join("  ")
      .trimEnd();
  const body = rows.length > 0 ? cells.map(line) : ["(no rows)"];
  return `${[line(columns), line(widths.map((w) => "-".repeat(w))), ...body].join("\n")}\n`;
};
