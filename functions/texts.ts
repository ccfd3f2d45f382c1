import { makeMembers as importedMembers, PATHS as importedPaths } from "./members";

const makeMembers = importedMembers;
const PATHS = importedPaths;

/** Envelopes and lines of a part of a record. */
export interface Texts {
  envelopes: Buffer[];
  lines: string[];
  /** The JSON that contained the line at this index; it is kept if the line does not fit. */
  wholes: (string | undefined)[];
}

/**
 * Makes a generator of the envelopes and lines in a record that a producer put into a stream, some at a time. They
 * follow one another, with or without line feeds. JSON with `logEvents` is an envelope. A line is plain text up to a line
 * feed, or a text in other JSON (`members.ts`). JSON without such a text is a line itself.
 */
export const makeTexts = () => {
  const { parse } = JSON;
  const { isArray } = Array;
  const [QUOTE, BACKSLASH, OPEN, CLOSE, LF] = [0x22, 0x5c, 0x7b, 0x7d, 0x0a];
  const SPACES = [0x20, 0x09, 0x0d, LF];
  /** Bytes of a record that are split at a time. */
  const PIECE = 1_048_576;
  /** Maximum length of an object that is parsed: parsed JSON takes far more memory than its text. */
  const LONGEST = 2 * PIECE;
  const ENVELOPE = '"logEvents"';
  const linesIn = makeMembers(PATHS);

  /** Returns the end of the JSON object at `from`; -1 if it has none. */
  const objectEnd = (bytes: Buffer, from: number): number => {
    let depth = 0;
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        for (at++; at < bytes.length && bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++;
      } else if (byte === OPEN) depth++;
      else if (byte === CLOSE && --depth === 0) return at + 1;
    }
    return -1;
  };

  const parsed = (text: string) => {
    try {
      return parse(text);
    } catch {
      return undefined;
    }
  };

  const lineEnd = (bytes: Buffer, from: number): number => {
    const end = bytes.indexOf(LF, from);
    return end < 0 ? bytes.length : end;
  };

  /** Adds the object in this range as an envelope or a line. Returns false if the range is no object. */
  const takeObject = (bytes: Buffer, at: number, end: number, to: Texts, fits: (line: string) => boolean) => {
    const isShort = end - at <= LONGEST;
    if (!isShort && !bytes.toString("latin1", at, at + 4096).includes(ENVELOPE)) return false;
    const text = isShort ? bytes.toString("utf8", at, end) : "";
    const value = isShort ? parsed(text) : undefined;
    if (isShort && value === undefined) return false;
    if (!isShort || isArray(value.logEvents)) {
      to.envelopes.push(bytes.subarray(at, end));
      return true;
    }
    const found = linesIn(value);
    const line = found.length > 1 ? (found.find(fits) ?? found[0]) : found[0];
    to.lines.push(line ?? text);
    to.wholes.push(line === undefined ? undefined : text);
    return true;
  };

  return function* (bytes: Buffer, fits: (line: string) => boolean): Generator<Texts> {
    let texts: Texts = { envelopes: [], lines: [], wholes: [] };
    let began = 0;
    // Maximum bytes of fruitless searches for the ends of objects, so that many unclosed braces stay cheap.
    let vain = bytes.length * 4;
    for (let at = 0; ; ) {
      while (at < bytes.length && SPACES.includes(bytes[at])) at++;
      if (at >= bytes.length) break;
      if (at - began > PIECE) {
        yield texts;
        texts = { envelopes: [], lines: [], wholes: [] };
        began = at;
      }
      const end = bytes[at] === OPEN && vain >= 0 ? objectEnd(bytes, at) : -1;
      if (end < 0 && bytes[at] === OPEN) vain -= bytes.length - at;
      if (end >= 0 && takeObject(bytes, at, end, texts, fits)) {
        at = end;
        continue;
      }
      const stop = lineEnd(bytes, at);
      texts.lines.push(bytes.toString("utf8", at, stop).replace(/\r$/, ""));
      texts.wholes.push(undefined);
      at = stop;
    }
    yield texts;
  };
};
