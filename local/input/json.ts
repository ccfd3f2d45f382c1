/** Finds the ends of JSON values in text of which more may come. */

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const OPENERS = new Set([0x7b, 0x5b]);
const CLOSERS = new Set([0x7d, 0x5d]);

/** Returns the end of the string at `from`; -1 if it is not complete yet. */
const stringEnd = (text: string, from: number): number => {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH) at++;
  }
  return -1;
};

/** Returns the end of the object, list or string at `from`; -1 if there is none before `limit`. */
export const valueEnd = (text: string, from: number, limit = text.length): number => {
  let depth = 0;
  for (let at = from; at < limit; ) {
    const code = text.charCodeAt(at);
    const end = code === QUOTE ? stringEnd(text, at) : at + 1;
    if (end < 0) return -1;
    if (OPENERS.has(code)) depth++;
    if (CLOSERS.has(code)) depth--;
    if (depth === 0) return end;
    at = end;
  }
  return -1;
};

/** Returns the position of the next character that is no white space. */
export const afterSpaces = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at++;
  return at;
};

const STRING = String.raw`"(?:[^"\\]|\\.)*"`;
const SCALAR = String.raw`(?:${STRING}|-?\d[\d.eE+-]*|true|false|null)`;
const SMALL = String.raw`(?:${SCALAR}|\[\s*(?:${SCALAR}(?:\s*,\s*${SCALAR})*\s*)?\])`;
const BEFORE = String.raw`(?:${STRING}\s*:\s*${SMALL}\s*,\s*)*`;

/**
 * Documents that hold lines in a list, by how they begin: a bare list, what the AWS CLI prints of CloudWatch Logs
 * (`events`, `results`) and of Athena (`ResultSet.Rows`), and what CloudWatch Logs sends to subscribers (`logEvents`).
 */
const LISTS: { begins: RegExp; depth: number }[] = [
  { begins: /^\[(?=\s*["{[])/, depth: 0 },
  { begins: new RegExp(String.raw`^\{\s*${BEFORE}"(?:events|logEvents|results)"\s*:\s*\[`), depth: 1 },
  { begins: /^\{\s*"ResultSet"\s*:\s*\{\s*"Rows"\s*:\s*\[/, depth: 2 },
];

/** Maximum characters before the list of a document. */
export const LIST_HEAD = 8192;

/** Finds the list of a document that begins at `from`: the start of its values, and the number of objects around it. */
export const listAt = (text: string, from: number): { at: number; depth: number } | undefined => {
  const head = text.slice(from, from + LIST_HEAD);
  for (const { begins, depth } of LISTS) {
    const found = begins.exec(head);
    if (found) return { at: from + found[0].length, depth };
  }
  return undefined;
};

/** Matches the text after a list in its document: another member, or the end of an object. */
const MEMBER = new RegExp(String.raw`^,\s*${STRING}\s*:\s*`);
const SCALAR_ONLY = new RegExp(`^${SCALAR}`);

/**
 * Skips the rest of a document after its list. Returns the end; -1 if more text is needed; for invalid JSON nothing, with the
 * position where it stopped.
 */
export const documentEnd = (
  text: string,
  from: number,
  depth: number,
): { at: number; isEnd?: boolean } | -1 => {
  let at = from;
  for (let open = depth; open > 0; ) {
    at = afterSpaces(text, at);
    if (at >= text.length) return -1;
    if (text[at] === "}") {
      open--;
      at++;
      continue;
    }
    const member = MEMBER.exec(text.slice(at, at + LIST_HEAD));
    if (!member) return text.length - at < LIST_HEAD && text[at] === "," ? -1 : { at };
    const value = at + member[0].length;
    if (value >= text.length) return -1;
    const isOpen = OPENERS.has(text.charCodeAt(value));
    const end = isOpen
      ? valueEnd(text, value)
      : value + (SCALAR_ONLY.exec(text.slice(value, value + LIST_HEAD))?.[0].length ?? 0);
    if (end < 0 || end >= text.length) return -1;
    if (end === value) return { at: value };
    at = end;
  }
  return { at, isEnd: true };
};

/** Matches strings, and numbers with too many digits for JavaScript's numbers. */
const LONG_NUMBER = new RegExp(String.raw`${STRING}|-?\d{16,}`, "g");

/**
 * Parses JSON, with numbers of 16 digits or more as text, so that they stay exact. Returns undefined for invalid JSON.
 */
export const parsed = (text: string): unknown => {
  try {
    return JSON.parse(
      /\d{16}/.test(text)
        ? text.replace(LONG_NUMBER, (found) => (found.startsWith('"') ? found : `"${found}"`))
        : text,
    );
  } catch {
    return undefined;
  }
};
