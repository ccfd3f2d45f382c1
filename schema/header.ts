import { foreignFieldOf } from "./foreign-names";
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

/** True if an unknown name most likely means a field, and is not one that AWS added later. */
const isMistyped = (name: string): boolean => {
  if (foreignFieldOf(name)) return true;
  const known = name.replace(/-\d+$/, "");
  const edits = distance(squashed(name), squashed(nearest(name, NAMES)));
  return !NAMES.includes(known) && edits <= (name.length < 5 ? 1 : 2);
};

const isName = (name: string) => /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name);

const problem = (name: string, position: number) => {
  const meant = foreignFieldOf(name);
  const hint = meant ? `; did you mean "${meant}"?` : suggestion(name, NAMES);
  return { position, message: `unknown field "${name}"${hint}` };
};

/** Fields whose names are English words, which a sentence may have as well. */
const WORDS = [
  ...["version", "protocol", "packets", "bytes", "start", "end", "action", "type", "region"],
  ...["account", "owner", "host"],
];

/** Reads the tokens of a header in which some names are unknown. */
const withUnknown = (
  tokens: readonly string[],
  fields: readonly (string | undefined)[],
): Header | undefined => {
  const names = fields.filter((name) => name !== undefined);
  const spelled = tokens.map((token) => bare(token).replaceAll("_", "-").toLowerCase());
  const meant = spelled.filter((name, i) => fields[i] !== undefined || foreignFieldOf(name) !== undefined);
  if (meant.length < 2 || meant.every((name) => WORDS.includes(name))) return undefined;
  const unknown = spelled
    .map((name, position) => ({ name, position }))
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
