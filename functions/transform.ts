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

/** Result of an envelope. */
export interface Transformed {
  /** Records of rows. The next envelope overwrites them. */
  records: FirehoseRecord[];
  lines: number;
  /** Lines that the plan leaves out. */
  dropped: number;
  /** Rows that carry their line in `unparsed`. */
  unparsed: number;
  /** Rows with only the beginning of their line in `unparsed`, because a record cannot hold all of it. */
  shortened: number;
  /** Bytes of the lines. */
  rawBytes: number;
}

/**
 * Makes the second step: envelope → rows, gathered into records.
 *
 * It walks over the envelope's bytes from log event to log event, in the JSON that CloudWatch Logs writes. An envelope in
 * other JSON is parsed by `messages` and written again in that form. Without WebAssembly SIMD, `messages` reads every
 * envelope, and the rule (line.ts) every line.
 */
export const makeTransform = (plan: Plan, messages: (bytes: Buffer) => string[]) => {
  const B = Buffer;
  const { parse, stringify } = JSON;
  const [QUOTE, COMMA, BACKSLASH, BRACKET, CLOSE] = [0x22, 0x2c, 0x5c, 0x5d, 0x7d];
  const EVENTS = B.from('"logEvents":[');
  /** The JSON before a message. At most 99 digits, so that it fits the 256-byte head in fast.ts. */
  const HEAD = /^\{"id":"\d{0,99}","timestamp":\d{0,99},"message":"/;
  const LONGEST_HEAD = 256;
  /** Upper limit for the bytes before an envelope's first message. */
  const LONGEST_START = 1_048_576;
  /** Maximum length of lines to write as an envelope. Longer ones go through the rule, which takes less memory. */
  const MOST_LETTERS = 8 * 1_048_576;
  /** Reasons for which the WebAssembly walk stops, apart from a line that is not plain; as in `wasm/assembly/walk.ts`. */
  const [LAST_EVENT, OTHER_EVENT, FULL_RECORD] = [0, 1, 3];
  const tables = plan.networks && makeNetworks(plan.networks);
  const rowOf = makeLine(plan, tables);
  const fast = makeFast(plan, tables);
  const rows = fast?.rows ?? makeRows(undefined, 0);
  const none = { lines: 0, dropped: 0, unparsed: 0, shortened: 0, rawBytes: 0 };
  let counts = { ...none };
  /** Texts to keep in place of lines that do not fit: the JSON that contained them. */
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

  /** Returns the position of the closing quote of the text that begins at `p`. */
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

  /** Writes the row of the message at `from` by the rule, and returns the position of the next event. */
  const writeEvent = (src: Buffer, from: number): number => {
    const to = textEnd(src, from);
    writeLine(parse(src.toString("utf8", from - 1, to + 1)));
    return src[to + 1] === CLOSE ? to + 3 : 0;
  };

  /** True if an envelope ends at `at`, behind its events. */
  const isEnd = (src: Buffer, at: number) => src[at] === CLOSE && src.toString("utf8", at + 1).trim() === "";

  /** Walks the events. Returns false, or throws, if the envelope is not in the JSON that CloudWatch Logs writes. */
  const walk = (src: Buffer, { WINDOW, load, learn, walk: go }: Fast): boolean => {
    let at = src.indexOf(EVENTS) + EVENTS.length;
    if (at < EVENTS.length || !isDataMessage(src, at)) return false;
    let base = Number.NEGATIVE_INFINITY;
    // Windows overlap: an event that one window cuts off is complete in the next.
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

  /**
   * Walks from the start. Also returns false for a truncated envelope, for bytes that are no JSON, and without
   * WebAssembly.
   */
  const walked = (src: Buffer): boolean => {
    rows.restart();
    counts = { ...none };
    try {
      return fast !== undefined && walk(src, fast);
    } catch {
      return false;
    }
  };

  /** Returns an envelope of these messages, in the JSON that CloudWatch Logs writes. */
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
    /**
     * Transforms lines without an envelope. A line that does not fit is kept with the JSON in `wholes` that contained
     * it.
     */
    lines,
    /** True if a line fits the format. */
    fits,
  };
};
