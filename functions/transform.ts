import type { Plan } from "../schema/plan";
import { makeFast as importedFast } from "./fast";
import { makeLine as importedLine } from "./line";
import { makeNetworks as importedNetworks } from "./networks";
import type { FirehoseRecord } from "./rows";
import { makeRows as importedRows } from "./rows";

const makeFast = importedFast;
const makeLine = importedLine;
const makeNetworks = importedNetworks;
const makeRows = importedRows;

type Fast = NonNullable<ReturnType<typeof importedFast>>;

/** The result of an envelope. */
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
 * is written in another way is read by `messages` and written anew. Where there is no WebAssembly with SIMD, every
 * envelope is read by `messages`, and every line goes by the rule.
 */
export const makeTransform = (plan: Plan, messages: (bytes: Buffer) => string[]) => {
  const B = Buffer;
  const { parse, stringify } = JSON;
  const [QUOTE, COMMA, BACKSLASH, BRACKET, CLOSE] = [0x22, 0x2c, 0x5c, 0x5d, 0x7d];
  const EVENTS = B.from('"logEvents":[');
  /** The JSON before a message. At most 99 digits, so that it fits the 256-byte head in fast.ts. */
  const HEAD = /^\{"id":"\d{0,99}","timestamp":\d{0,99},"message":"/;
  const LONGEST_HEAD = 256;
  /** More than is before the messages of an envelope. */
  const LONGEST_START = 1_048_576;
  /** Letters of lines that are written as an envelope; more of them go by the rule, which takes less memory. */
  const MOST_LETTERS = 8 * 1_048_576;
  /** Why the fast way stops, but for a line that is not plain; as in `wasm/assembly/walk.ts`. */
  const [LAST_EVENT, OTHER_EVENT, FULL_RECORD] = [0, 1, 3];
  const tables = plan.networks && makeNetworks(plan.networks);
  const rowOf = makeLine(plan, tables);
  const fast = makeFast(plan, tables);
  const rows = fast?.rows ?? makeRows(undefined, 0);
  const none = { lines: 0, dropped: 0, unparsed: 0, shortened: 0, rawBytes: 0 };
  let counts = { ...none };
  /** For each line that does not fit, the text to keep in its place: the record that held it. */
  let kept: (string | undefined)[] = [];

  const fits = (text: string) => ["fitted", "dropped"].includes(rowOf(text).outcome);

  const outcomeOf = (text: string) => {
    const own = rowOf(text);
    const whole = kept[counts.lines];
    return whole === undefined || own.outcome === "fitted" || own.outcome === "dropped" ? own : rowOf(whole);
  };

  const writeLine = (text: string) => {
    const { row, outcome } = outcomeOf(text);
    counts.lines++;
    counts.rawBytes += B.byteLength(text);
    if (outcome === "dropped") {
      counts.dropped++;
      return;
    }
    rows.write(row);
    if (outcome !== "fitted") counts.unparsed++;
    if (outcome === "shortened") counts.shortened++;
  };

  /** Returns the JSON before the message of the event at `at`; nothing if it is not as CloudWatch Logs writes it. */
  const headAt = (src: Buffer, at: number) => HEAD.exec(src.toString("latin1", at, at + LONGEST_HEAD))?.[0];

  /** Where the text that begins at `p` ends: at its closing quote. */
  const textEnd = (src: Buffer, p: number): number => {
    let at = p;
    while (at < src.length && src[at] !== QUOTE) at += src[at] === BACKSLASH ? 2 : 1;
    return at;
  };

  /** True if the JSON before the events, closed by an envelope's end, is a data message. */
  const isDataMessage = (src: Buffer, events: number) => {
    if (events > LONGEST_START) return false;
    const head = parse(`${src.toString("utf8", 0, events)}]}`);
    return head.messageType === "DATA_MESSAGE" && head.logEvents.length === 0;
  };

  /** Writes the row of the message at `from` by the rule, and says where the next event would begin. */
  const writeEvent = (src: Buffer, from: number): number => {
    const to = textEnd(src, from);
    writeLine(parse(src.toString("utf8", from - 1, to + 1)));
    return src[to + 1] === CLOSE ? to + 3 : 0;
  };

  /** True if an envelope ends at `at`, behind its events. */
  const isEnd = (src: Buffer, at: number) => src[at] === CLOSE && src.toString("utf8", at + 1).trim() === "";

  /** Walks the events. False, or an error, where the envelope is not written as CloudWatch Logs does. */
  const walk = (src: Buffer, { WINDOW, load, learn, walk: go }: Fast): boolean => {
    let at = src.indexOf(EVENTS) + EVENTS.length;
    if (at < EVENTS.length || !isDataMessage(src, at)) return false;
    let base = Number.NEGATIVE_INFINITY;
    // An event that a window's end cuts off is whole in the first half of the next window.
    const isPast = () => at > base + WINDOW / 2 && base + WINDOW < src.length;
    for (;;) {
      if (isPast()) {
        base = at;
        load(src.subarray(base, base + WINDOW));
      }
      const done = go(at - base);
      at = base + done.at;
      counts.lines += done.lines;
      counts.dropped += done.dropped;
      counts.rawBytes += done.bytes;
      if (done.why === LAST_EVENT) return isEnd(src, at);
      if (done.why === FULL_RECORD) rows.close();
      else if (!isPast()) {
        const head = headAt(src, at);
        if (head === undefined) return false;
        if (done.why === OTHER_EVENT) learn(head);
        else {
          at = writeEvent(src, at + head.length);
          if (src[at - 1] === BRACKET) return isEnd(src, at);
          if (src[at - 1] !== COMMA) return false;
        }
      }
    }
  };

  /** Walks from a fresh start; false as well where the envelope is cut short or no JSON, or there is no fast way. */
  const walked = (src: Buffer): boolean => {
    rows.restart();
    counts = { ...none };
    try {
      return fast !== undefined && walk(src, fast);
    } catch {
      return false;
    }
  };

  /** An envelope of these messages, written as CloudWatch Logs does. */
  const envelopeOf = (texts: string[]): Buffer => {
    const events = texts.map((text) => `{"id":"","timestamp":0,"message":${stringify(text.toWellFormed())}}`);
    return B.from(`{"messageType":"DATA_MESSAGE","logEvents":[${events.join(",")}]}`);
  };

  const lines = (texts: string[], wholes: (string | undefined)[] = []): Transformed => {
    kept = wholes;
    const letters = texts.reduce((sum, { length }) => sum + length, 0);
    if (!fast || letters > MOST_LETTERS || !walked(envelopeOf(texts))) {
      rows.restart();
      counts = { ...none };
      for (const text of texts) writeLine(text.toWellFormed());
    }
    kept = [];
    return { ...counts, records: rows.gathered() };
  };

  return {
    /** Transforms an envelope. */
    envelope: (bytes: Buffer): Transformed =>
      walked(bytes) ? { ...counts, records: rows.gathered() } : lines(messages(bytes)),
    /** Transforms lines that are in no envelope; of one that does not fit, it keeps what held it in `wholes`. */
    lines,
    /** True if a line fits the format. */
    fits,
  };
};
