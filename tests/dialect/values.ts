/** An answer in the form of Trino's protocol. */
export interface Kept {
  types: string[];
  rows: unknown[][];
}

const timeOf = (text: string) =>
  text
    .replace(/ UTC$|\+00$/, "")
    .replace(/(:\d\d)\.0+$/, "$1")
    .replace(/(:\d\d\.\d*[1-9])0+$/, "$1");

/** Returns a value of either engine in one form: numbers as numbers, times without trailing zeros. */
const plain = (value: unknown): unknown => {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "object") return typeof value === "string" ? timeOf(value) : value;
  if ("items" in value) return (value.items as unknown[]).map(plain);
  return timeOf(String(value));
};

const isNear = (a: number, b: number) =>
  a === b || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));

const alike = (a: unknown, b: unknown): boolean => {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => alike(item, b[i]));
  if (typeof a === "number" && typeof b === "number") return isNear(a, b);
  return a === b || (a !== null && b !== null && typeof a !== "object" && String(a) === String(b));
};

/** True if both engines gave the same rows: numbers within the last digits, whatever their types. */
export const same = (theirs: Kept, ours: Kept): boolean =>
  alike(
    theirs.rows.map((r) => r.map(plain)),
    ours.rows.map((r) => r.map(plain)),
  );
