import { catalogOf, FormatError, type Layout, layoutFrom } from "./layout";
import { bare, fieldNamed, NAMES, squashed } from "./names";
import { distance, nearest, suggestion } from "./nearest";

/** Result of reading a header: the format of the lines below it. */
export interface Header {
  /** Layout of the known fields, in the header's order. */
  layout: Layout;
  /** For each value of a line, true if it belongs to the layout. */
  isKnown: boolean[];
  /** Names of fields that AWS added after this version. */
  unknown: string[];
}

/** True if an unknown name is most likely a mistyped field, not a field that AWS added later. */
const isMistyped = (name: string): boolean => {
  const known = name.replace(/-\d+$/, "");
  const edits = distance(squashed(name), squashed(nearest(name, NAMES)));
  return !NAMES.includes(known) && edits <= (name.length < 5 ? 1 : 2);
};

const isName = (name: string) => /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name);

const problem = (name: string, position: number) => ({
  position,
  message: `unknown field "${name}"${suggestion(name, NAMES)}`,
});

/** Fields whose names are English words, which a sentence may have as well. */
const WORDS = ["version", "protocol", "packets", "bytes", "start", "end", "action", "type", "region"];

/** Reads the tokens of a header in which some names are unknown. */
const withUnknown = (
  tokens: readonly string[],
  fields: readonly (string | undefined)[],
): Header | undefined => {
  const names = fields.filter((name) => name !== undefined);
  if (names.length < 2 || names.every((name) => WORDS.includes(name))) return undefined;
  const unknown = tokens
    .map((token, position) => ({ name: bare(token).replaceAll("_", "-").toLowerCase(), position }))
    .filter(({ position }) => fields[position] === undefined);
  const mistyped = unknown.filter(({ name }) => isMistyped(name));
  if ((names.length + mistyped.length) * 2 <= tokens.length) return undefined;
  const wrong = unknown.filter((each) => !isName(each.name) || mistyped.includes(each));
  if (wrong.length > 0) throw new FormatError(wrong.map(({ name, position }) => problem(name, position)));
  return {
    layout: layoutFrom(names, catalogOf(names)),
    isKnown: fields.map((name) => name !== undefined),
    unknown: unknown.map(({ name }) => name),
  };
};

/**
 * Reads a line's tokens as a header: at least two names of fields. If most tokens are such names, the others are taken for
 * fields that AWS added after this version. Returns nothing if the line is no header.
 * @throws FormatError for a header with mistyped or repeated names.
 */
export const headerOf = (tokens: readonly string[]): Header | undefined => {
  const fields = tokens.map(fieldNamed);
  const names = fields.filter((name) => name !== undefined);
  if (names.length < tokens.length) return withUnknown(tokens, fields);
  if (names.length < 2) return undefined;
  return { layout: layoutFrom(names, catalogOf(names)), isKnown: names.map(() => true), unknown: [] };
};
