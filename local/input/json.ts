/** Finds the ends of JSON values in text of which more may come. */

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const OPENERS = new Set([0x7b, 0x5b]);
const CLOSERS = new Set([0x7d, 0x5d]);

/** Where the string at `from` ends, or -1 if it does not yet. */
const stringEnd = (text: string, from: number): number => {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH) at++;
  }
  return -1;
};

/** Where the object, list or string at `from` ends, or -1 if it does not before `limit`. */
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

/** Where the next letter is that is no white space. */
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

/** Letters in which a document begins to be one. */
export const LIST_HEAD = 8192;

/** The list that a document beginning at `from` holds: where its values begin, and how many objects are around it. */
export const listAt = (text: string, from: number): { at: number; depth: number } | undefined => {
  const head = text.slice(from, from + LIST_HEAD);
  for (const { begins, depth } of LISTS) {
    const found = begins.exec(head);
    if (found) return { at: from + found[0].length, depth };
  }
  return undefined;
};

/** The text behind a list of lines in its document: another member, or the end of an object. */
const MEMBER = new RegExp(String.raw`^,\s*${STRING}\s*:\s*`);
const SCALAR_ONLY = new RegExp(`^${SCALAR}`);

/**
 * Goes over what is in a document behind its list. Gives where that ends, -1 if more text is needed, or nothing if it is
 * no JSON, with where it stopped.
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

/** Numbers of so many digits as no number of JavaScript holds, outside of strings. */
const LONG_NUMBER = new RegExp(String.raw`${STRING}|-?\d{16,}`, "g");

/** Parses JSON, with a number of 16 digits or more as its text, so that it stays exact. Nothing if it is no JSON. */
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
