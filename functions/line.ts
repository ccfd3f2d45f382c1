import type { Plan } from "../schema/plan";
import { makeNetworks as importedNetworks } from "./networks";

const makeNetworks = importedNetworks;

/** The result of one line: its row as a line of JSON, and whether the line fitted the format. */
export interface LineOutcome {
  row: string;
  outcome: "fitted" | "dropped" | "unparsed" | "shortened";
}

/**
 * Makes the rule for lines: line → row, one JSON object and a newline. The WebAssembly module does the same on bytes
 * for plain lines, without tabs, escapes or misfits. All other lines go through this function.
 *
 * A line fits if it has exactly one token per field, with spaces or tabs between, every token is printable ASCII, and
 * every value is one that its field can have: a number in plain digits that is not too large, an address. `-` is NULL and
 * left out. A number goes through as text, so a counter past 2^53 stays exact. A line that does not fit is the row's
 * `unparsed`, whole.
 */
export const makeLine = (plan: Plan, tables = plan.networks && makeNetworks(plan.networks)) => {
  const { stringify } = JSON;
  const { floor, min } = Math;
  const B = Buffer;
  const { drops, fields, labels, networks } = plan;
  const lookup = tables ? tables.lookup : () => -1;
  const digits = /^(?:0|[1-9][0-9]*)$/;
  const printable = /^[!-~]+$/;
  const [before, between] = [/^[ \t]+/, /[ \t]+/];
  // A record takes 1,000 KiB. A message has at most 1 MiB, but JSON may write a byte as six (\u0000), so the limit counts
  // the bytes of the JSON.
  const RECORD_BYTES = 1_024_000;
  const LONGEST = 1_000_000;

  const octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  const quad = new RegExp(`^${octet}(?:[.]${octet}){3}$`);
  const group = /^[0-9a-fA-F]{1,4}$/;

  /** IPv6 as text, with at most one `::`; the last two groups may be written as IPv4. */
  const isIPv6 = (token: string): boolean => {
    const colon = token.lastIndexOf(":");
    const text = quad.test(token.slice(colon + 1)) ? `${token.slice(0, colon)}:0:0` : token;
    const halves = text.split("::").map((half) => (half === "" ? [] : half.split(":")));
    const groups = halves.flat();
    if (colon < 0 || halves.length > 2 || !groups.every((g) => group.test(g))) return false;
    return halves.length === 2 ? groups.length < 8 : groups.length === 8;
  };

  const value = (token: string, { most, isAddress }: Plan["fields"][number]): string | undefined => {
    if (isAddress) return quad.test(token) || isIPv6(token) ? stringify(token) : undefined;
    if (most === undefined) return printable.test(token) ? stringify(token) : undefined;
    if (!digits.test(token) || token.length > most.length) return undefined;
    return token.length < most.length || token <= most ? token : undefined;
  };

  /** Returns false if the end is before the start by more than a lag. */
  const isWindow = (tokens: string[]): boolean => {
    if (!plan.window || tokens[plan.window.start] === "-" || tokens[plan.window.end] === "-") return true;
    return +tokens[plan.window.end] + plan.window.lag >= +tokens[plan.window.start];
  };

  const labelOf = (token: string, prefix: string): string[] => {
    const bytes = B.from(token);
    const name = lookup(bytes, 0, bytes.length);
    return name < 0 || !networks ? [] : [prefix + stringify(networks.names[name])];
  };

  /** Splits at spaces and tabs. Several in a row are one separator, because no value is empty. */
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
      const written = value(tokens[i], fields[i]);
      if (written === undefined) return undefined;
      members.push(fields[i].prefix + written);
    }
    if (!isWindow(tokens)) return undefined;
    if (drops.some(({ field, token }) => tokens[field] === token)) return { row: "", outcome: "dropped" };
    for (const { field, prefix } of labels) members.push(...labelOf(tokens[field], prefix));
    const row = `{${members.join(",")}}\n`;
    return row.length <= RECORD_BYTES ? { row, outcome: "fitted" } : undefined;
  };

  const unfitted = (line: string): LineOutcome => {
    // JSON is never shorter than its text, so a longer text is cut before it is written.
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
