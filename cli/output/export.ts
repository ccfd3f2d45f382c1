import type { AnswerStream } from "../../local/athena/answer";

/** Returns a value as text in Athena's form; "" for NULL. */
const text = (value: unknown): string => (value === null || value === undefined ? "" : String(value));

const csvCell = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

const csvOf = (rows: unknown[][]): string =>
  rows.map((row) => `${row.map((value) => csvCell(text(value))).join(",")}\n`).join("");

/** Prints CSV (RFC 4180) with a header. */
export async function* csvTexts({ columns, batches }: AnswerStream): AsyncGenerator<string> {
  yield csvOf([columns]);
  for await (const rows of batches) yield csvOf(rows);
}

/** Writes a whole number with all its digits: JSON has no limit, although some readers have one. */
const jsonValue = (value: unknown): string => {
  if (value === null || value === undefined) return "null";
  if (typeof value === "bigint") return String(value);
  return JSON.stringify(typeof value === "object" ? String(value) : value);
};

/** Prints a JSON array with one object a line. */
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
