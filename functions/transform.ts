import type { Plan } from "../schema/plan";

/** What became of one line: its row as a line of JSON, and whether the line fitted the format. */
export interface TransformedLine {
  row: string;
  fits: boolean;
}

/**
 * Factory of the second step: line → row, one JSON object ended by a newline.
 *
 * A line fits if it has exactly one token per field, every token is printable ASCII, and every number is written
 * in plain digits within its type's range. `-` is NULL and left out. A number goes through as text, so a counter
 * past 2^53 stays exact. A line that does not fit is the row's `unparsed`, whole.
 */
export const makeTransform = (plan: Plan) => {
  const stringify = JSON.stringify;
  const B = Buffer;
  const prefixes = plan.fields.map((f) => f.prefix);
  const largest = plan.fields.map(({ type }) =>
    type === "int" ? "2147483647" : type === "bigint" ? "9223372036854775807" : "",
  );
  const count = plan.fields.length;
  const digits = /^(?:0|[1-9][0-9]*)$/;
  const plain = /^[!#-[\]-~]+$/;
  const printable = /^[!-~]+$/;
  // A row of a record's size or more is refused by Firehose. A message is at most 1 MB, but JSON may write one
  // byte of it as six (\u0000), so what is kept of a longer one is bounded as written.
  const longest = 1_000_000;

  const value = (token: string, max: string): string | undefined => {
    if (max === "")
      return plain.test(token) ? `"${token}"` : printable.test(token) ? stringify(token) : undefined;
    if (!digits.test(token) || token.length > max.length) return undefined;
    return token.length < max.length || token <= max ? token : undefined;
  };

  const fitted = (line: string): string | undefined => {
    let row = "";
    let from = 0;
    for (let i = 0; i < count; i++) {
      const space = line.indexOf(" ", from);
      if (space < 0 !== (i === count - 1)) return undefined;
      const token = space < 0 ? line.slice(from) : line.slice(from, space);
      from = space + 1;
      if (token === "-") continue;
      const written = value(token, largest[i]);
      if (written === undefined) return undefined;
      row += (row === "" ? "{" : ",") + prefixes[i] + written;
    }
    return row === "" ? "{}\n" : `${row}}\n`;
  };

  const unfitted = (line: string): string => {
    let kept = stringify(line.toWellFormed());
    if (kept.length > longest / 3 && B.byteLength(kept) > longest) {
      const note = ` [shortened: the line has ${B.byteLength(line)} bytes]`;
      let end = line.length;
      while (B.byteLength(kept) > longest) {
        end = Math.floor(end * Math.min(0.98, longest / B.byteLength(kept)));
        kept = stringify(line.slice(0, end).toWellFormed() + note);
      }
    }
    return `{${plan.unparsed}${kept}}\n`;
  };

  return (line: string): TransformedLine => {
    const trimmed = line.trimEnd();
    const row = fitted(trimmed);
    return row === undefined ? { row: unfitted(line), fits: false } : { row, fits: true };
  };
};
