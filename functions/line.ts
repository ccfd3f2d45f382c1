import type { Plan } from "../schema/plan";
import { makeNetworks as importedNetworks } from "./networks";

const makeNetworks = importedNetworks;

/** The result of one line: its row as a line of JSON, and whether the line fitted the format. */
export interface LineOutcome {
  row: string;
  outcome: "fitted" | "dropped" | "unparsed" | "shortened";
}

/**
 * Factory of what a line means: line → row, one JSON object ended by a newline. This is the rule; the module of
 * `wasm/` does the same on bytes for the lines that are plain, and every other line goes through here.
 *
 * A line fits if it has exactly one token per field, with spaces or tabs between, every token is printable ASCII, and
 * every number is written in plain digits within its type's range. `-` is NULL and left out. A number goes through as text, so a counter
 * past 2^53 stays exact. A line that does not fit is the row's `unparsed`, whole.
 */
export const makeLine = (plan: Plan, tables = plan.networks && makeNetworks(plan.networks)) => {
  const { stringify } = JSON;
  const { floor, min } = Math;
  const B = Buffer;
  const { drops, fields, labels, networks } = plan;
  const lookup = tables ? tables.lookup : () => -1;
  const largest = fields.map(({ type }) =>
    type === "int" ? "2147483647" : type === "bigint" ? "9223372036854775807" : "",
  );
  const digits = /^(?:0|[1-9][0-9]*)$/;
  const printable = /^[!-~]+$/;
  const [before, between] = [/^[ \t]+/, /[ \t]+/];
  // A record takes 1,000 KiB. A message is at most 1 MiB, but JSON may write one byte of it as six (\u0000), so what
  // is kept of a longer one is bounded as written.
  const RECORD_BYTES = 1_024_000;
  const LONGEST = 1_000_000;

  const value = (token: string, max: string): string | undefined => {
    if (max === "") return printable.test(token) ? stringify(token) : undefined;
    if (!digits.test(token) || token.length > max.length) return undefined;
    return token.length < max.length || token <= max ? token : undefined;
  };

  const labelOf = (token: string, prefix: string): string[] => {
    const bytes = B.from(token);
    const name = lookup(bytes, 0, bytes.length);
    return name < 0 || !networks ? [] : [prefix + stringify(networks.names[name])];
  };

  /** One space stands between tokens; tabs and several spaces do no harm, as no value is empty. */
  const tokensOf = (line: string): string[] => {
    const tokens = line.split(" ");
    const isPlain = tokens.length === fields.length && !line.includes("\t");
    return isPlain ? tokens : line.replace(before, "").split(between);
  };

  const fitted = (line: string): LineOutcome | undefined => {
    if (line.length > RECORD_BYTES) return undefined;
    const tokens = tokensOf(line);
    if (tokens.length !== fields.length) return undefined;
    const members: string[] = [];
    for (let i = 0; i < tokens.length; i++) {
      if (tokens[i] === "-") continue;
      const written = value(tokens[i], largest[i]);
      if (written === undefined) return undefined;
      members.push(fields[i].prefix + written);
    }
    if (drops.some(({ field, token }) => tokens[field] === token)) return { row: "", outcome: "dropped" };
    for (const { field, prefix } of labels) members.push(...labelOf(tokens[field], prefix));
    const row = `{${members.join(",")}}\n`;
    return row.length <= RECORD_BYTES ? { row, outcome: "fitted" } : undefined;
  };

  const unfitted = (line: string): LineOutcome => {
    // JSON is no shorter than its text: of a longer line, only what may be kept is written.
    const whole = stringify(line.slice(0, LONGEST).toWellFormed());
    let bytes = line.length > LONGEST ? line.length : B.byteLength(whole);
    if (bytes <= LONGEST) return { row: `{${plan.unparsed}${whole}}\n`, outcome: "unparsed" };
    const note = ` [shortened: the line has ${B.byteLength(line)} bytes]`;
    let kept = "";
    for (let end = line.length; bytes > LONGEST; bytes = B.byteLength(kept)) {
      end = floor(end * min(0.98, LONGEST / bytes));
      kept = stringify(line.slice(0, end).toWellFormed() + note);
    }
    return { row: `{${plan.unparsed}${kept}}\n`, outcome: "shortened" };
  };

  return (line: string): LineOutcome => fitted(line.trimEnd()) ?? unfitted(line);
};
