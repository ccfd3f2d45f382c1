import type { Plan } from "../schema/plan";
import type { FirehoseRecord } from "./deliver";
import { makeLine as importedLine } from "./line";
import { makePlain as importedPlain } from "./plain";
import { makeRows as importedRows } from "./rows";

const makeLine = importedLine;
const makePlain = importedPlain;
const makeRows = importedRows;

/** What became of an envelope. */
export interface Transformed {
  /** Overwritten by the next envelope. */
  records: FirehoseRecord[];
  lines: number;
  /** Lines that the plan leaves out. */
  dropped: number;
  /** Rows that carry their line in `unparsed`. */
  unparsed: number;
  /** Those of them that do so only in part, as no record could hold the whole. */
  shortened: number;
  /** Bytes of the lines. */
  rawBytes: number;
}

/**
 * Factory of the second step: envelope → rows, gathered into records.
 *
 * Works on the envelope's bytes and walks from log event to log event, as CloudWatch Logs writes them. An envelope that
 * is written in another way is read by `messages` and written anew.
 */
export const makeTransform = (plan: Plan, messages: (bytes: Buffer) => string[]) => {
  const { isAscii } = require("node:buffer") as typeof import("node:buffer");
  const B = Buffer;
  const { parse, stringify } = JSON;
  const [SPACE, QUOTE, COMMA, ZERO, NINE, BACKSLASH, DEL] = [0x20, 0x22, 0x2c, 0x30, 0x39, 0x5c, 0x7f];
  const [CLOSE, BRACKET] = [0x7d, 0x5d];
  const EVENTS = B.from('"logEvents":[');
  // High bits of four bytes at once, and what tells by them of a byte that is no digit; as in makePlain.
  const HIGH = 0x80808080 | 0;
  const ZEROS = 0x30303030;
  const PAST_NINES = 0x46464646;
  const rowOf = makeLine(plan);
  const rows = makeRows();
  const plain = makePlain(plan, rows);
  const none = { lines: 0, dropped: 0, unparsed: 0, shortened: 0, rawBytes: 0 };
  let counts = { ...none };

  /** A text to find at a place, in words of four bytes of which the last may overlap. */
  const literalOf = (text: string) => {
    const bytes = B.from(text);
    const offsets: number[] = [];
    for (let at = 0; at < bytes.length; at += 4) offsets.push(at + 4 > bytes.length ? bytes.length - 4 : at);
    return { length: bytes.length, offsets, words: offsets.map((at) => bytes.readInt32LE(at)) };
  };
  const ID = literalOf('{"id":"');
  const TIMESTAMP = literalOf('","timestamp":');
  const MESSAGE = literalOf(',"message":"');

  const begins = (view: DataView, at: number, { offsets, words }: typeof ID) => {
    for (let i = 0; i < words.length; i++)
      if (view.getInt32(at + offsets[i], true) !== words[i]) return false;
    return true;
  };

  const afterDigits = (view: DataView, from: number): number => {
    let at = from;
    for (;;) {
      const word = view.getInt32(at, true);
      if (((word | (word + PAST_NINES) | ~((word | HIGH) - ZEROS)) & HIGH) !== 0) break;
      at += 4;
    }
    for (let digit = view.getUint8(at); digit >= ZERO && digit <= NINE; digit = view.getUint8(++at));
    return at;
  };

  /** Where the message of the event at `p` begins, or -1 if the event is not written as CloudWatch Logs does. */
  const messageAt = (view: DataView, p: number): number => {
    if (!begins(view, p, ID)) return -1;
    let at = afterDigits(view, p + ID.length);
    if (!begins(view, at, TIMESTAMP)) return -1;
    at = afterDigits(view, at + TIMESTAMP.length);
    return begins(view, at, MESSAGE) ? at + MESSAGE.length : -1;
  };

  /** Where the text that begins at `p` ends: at its closing quote. */
  const textEnd = (src: Buffer, p: number): number => {
    let at = p;
    while (at < src.length && src[at] !== QUOTE) at += src[at] === BACKSLASH ? 2 : 1;
    return at;
  };

  /** Whether every text of an envelope is ASCII as it stands, without `\` and DEL; control characters are no JSON. */
  const isClean = (src: Buffer) => isAscii(src) && !src.includes(BACKSLASH) && !src.includes(DEL);

  /** The same for one text of an envelope that is not clean. */
  const isCleanText = (src: Buffer, p: number) => {
    let at = p;
    while (src[at] >= SPACE && src[at] < DEL && src[at] !== BACKSLASH && src[at] !== QUOTE) at++;
    return src[at] === QUOTE;
  };

  const writeLine = (text: string) => {
    const { row, outcome } = rowOf(text);
    if (outcome === "dropped") {
      counts.dropped++;
      return;
    }
    const bytes = B.byteLength(row);
    rows.reserve(bytes);
    rows.bytes.write(row, rows.end);
    if (!rows.take(rows.end + bytes)) throw new Error(`a row of ${bytes} bytes is longer than a record`);
    if (outcome !== "fitted") counts.unparsed++;
    if (outcome === "shortened") counts.shortened++;
  };

  /** Writes the row of the message at `p`, and says where the message ends. */
  const write = (src: Buffer, view: DataView, p: number, clean: boolean): number => {
    counts.lines++;
    rows.reserve(src.length - p + plain.room);
    const end = clean || isCleanText(src, p) ? plain.write(src, view, p) : -1;
    if (end >= 0 && plain.rowEnd === rows.end) {
      counts.dropped++;
    } else if (end < 0 || !rows.take(plain.rowEnd)) {
      const to = textEnd(src, p);
      const text: string = parse(src.toString("utf8", p - 1, to + 1));
      counts.rawBytes += B.byteLength(text);
      writeLine(text);
      return to;
    }
    counts.rawBytes += end - p;
    return end;
  };

  /** Whether what stands before the events makes, with the end of an envelope, a data message. */
  const isDataMessage = (src: Buffer, events: number) => {
    const head = parse(`${src.toString("utf8", 0, events)}]}`);
    return head.messageType === "DATA_MESSAGE" && head.logEvents.length === 0;
  };

  /** Walks the events. False, or an error, where the envelope is not written as CloudWatch Logs does. */
  const walk = (src: Buffer): boolean => {
    const events = src.indexOf(EVENTS);
    if (events < 0 || !isDataMessage(src, events + EVENTS.length)) return false;
    const clean = isClean(src);
    const view = new DataView(src.buffer, src.byteOffset, src.length);
    let p = events + EVENTS.length;
    for (;;) {
      const message = messageAt(view, p);
      if (message < 0) return false;
      const end = write(src, view, message, clean);
      if (src[end + 1] !== CLOSE) return false;
      if (src[end + 2] === BRACKET)
        return src[end + 3] === CLOSE && src.toString("utf8", end + 4).trim() === "";
      if (src[end + 2] !== COMMA) return false;
      p = end + 3;
    }
  };

  /** Walks from a fresh start; false as well where the envelope is cut short or no JSON. */
  const walked = (src: Buffer): boolean => {
    rows.restart();
    counts = { ...none };
    try {
      return walk(src);
    } catch {
      return false;
    }
  };

  /** An envelope of these messages, written as CloudWatch Logs does. */
  const envelopeOf = (texts: string[]): Buffer => {
    const events = texts.map((text) => `{"id":"","timestamp":0,"message":${stringify(text.toWellFormed())}}`);
    return B.from(`{"messageType":"DATA_MESSAGE","logEvents":[${events.join(",")}]}`);
  };

  const lines = (texts: string[]): Transformed => {
    if (!walked(envelopeOf(texts)) && texts.length > 0)
      throw new Error("the transform does not read its own envelope");
    return { ...counts, records: rows.gathered() };
  };

  return {
    /** Transforms an envelope. */
    envelope: (bytes: Buffer): Transformed =>
      walked(bytes) ? { ...counts, records: rows.gathered() } : lines(messages(bytes)),
    /** Transforms lines that are in no envelope. */
    lines,
  };
};
