import { InputError } from "./error";
import { afterSpaces, documentEnd, LIST_HEAD, listAt, parsed, valueEnd } from "./json";

/** Receiver of the parts of a text: lines without their ends, and JSON with its source text. */
export interface Taker {
  line(text: string): void;
  value(value: unknown, raw: string): void;
}

/** Maximum length of a line, and of JSON that is read as such, in characters. */
const LONGEST_LINE = 16 * 1024 * 1024;
const LONGEST_VALUE = 2 * 1024 * 1024;
/**
 * Maximum characters of fruitless searches for the end of JSON over several lines. Beyond it, JSON must be on one line.
 */
const MOST_VAIN = 32 * 1024 * 1024;

const [SPACE, TAB, OPEN, OPEN_LIST, QUOTE, CLOSE_LIST] = [0x20, 0x09, 0x7b, 0x5b, 0x22, 0x5d];

/** Result of a step: done, or nothing done because it needs more text or the text is no JSON. */
type Step = "done" | "more" | "no";

/**
 * Splits text into lines and JSON. JSON begins where a line may begin: objects one after another, on one line or several,
 * and the values of a list in a document. Text that only begins like JSON is read as lines, so nothing is skipped.
 */
export class Splitter {
  private text = "";
  private at = 0;
  /** Chunks of later text, and their length. */
  private more: string[] = [];
  private letters = 0;
  private lines = 0;
  private vain = 0;
  /** Number of objects around the current list; and the same after the list's end. */
  private list: { depth: number } | undefined;
  private behind: { depth: number } | undefined;

  constructor(
    private readonly name: string,
    private readonly taker: Taker,
  ) {}

  /** Adds text; without an argument, processes the rest. */
  push(more?: string): void {
    if (this.waitsFor(more)) return;
    this.text = this.text.slice(this.at) + this.more.join("");
    this.at = 0;
    this.more = [];
    this.letters = 0;
    const isEnd = more === undefined;
    while (this.at < this.text.length) {
      const step = this.behind
        ? this.stepBehind(isEnd)
        : this.list
          ? this.stepList(isEnd)
          : this.stepLine(isEnd);
      if (step === "more") break;
    }
  }

  /**
   * Collects text until it has a line end, or has doubled, so that a long line is not searched again for each chunk.
   */
  private waitsFor(more = ""): boolean {
    this.more.push(more);
    this.letters += more.length;
    const waiting = this.text.length - this.at;
    if (waiting + this.letters > LONGEST_LINE && !more.includes("\n"))
      throw new InputError(
        `cannot read ${this.name}: line ${this.lines + 1} is longer than 16 MiB, so it is no log of lines`,
      );
    return more !== "" && !more.includes("\n") && this.letters < waiting;
  }

  private stepLine(isEnd: boolean): Step {
    const { text, at } = this;
    const feed = text.indexOf("\n", at);
    let start = at;
    while (text.charCodeAt(start) === SPACE || text.charCodeAt(start) === TAB) start++;
    const code = text.charCodeAt(start);
    if (code === OPEN || code === OPEN_LIST) {
      const step = this.stepJson(start, feed, isEnd);
      if (step !== "no") return step;
    }
    if (feed < 0 && !isEnd) return "more";
    const end = feed < 0 ? text.length : feed;
    this.taker.line(text.slice(at, end));
    this.lines++;
    this.at = end + 1;
    return "done";
  }

  /** Reads JSON that begins at `start`, on the line that ends at `feed` or over several. */
  private stepJson(start: number, feed: number, isEnd: boolean): Step {
    const { text } = this;
    if (feed >= 0) {
      const end = valueEnd(text, start, feed);
      if (end >= 0) return this.take(start, end);
    } else if (!isEnd && text.length - start < LONGEST_VALUE) return "more";
    const goesOn = feed < 0 || /[{[,:]\s*$/.test(text.slice(Math.max(start, feed - 8), feed));
    if (!goesOn || this.vain > MOST_VAIN) return "no";
    if (!isEnd && text.length - start < LIST_HEAD) return "more";
    const list = listAt(text, start);
    if (list) {
      this.at = list.at;
      this.list = list;
      return "done";
    }
    return this.takeLong(start, isEnd);
  }

  /** Reads a value over several lines. */
  private takeLong(start: number, isEnd: boolean): Step {
    const end = valueEnd(this.text, start, start + LONGEST_VALUE);
    if (end >= 0) return this.take(start, end);
    if (!isEnd && this.text.length - start < LONGEST_VALUE) return "more";
    this.vain += this.text.length - start;
    return "no";
  }

  private take(start: number, end: number): Step {
    const raw = this.text.slice(start, end);
    const value = parsed(raw);
    if (value === undefined) return "no";
    this.taker.value(value, raw);
    const [between] = /^[ \t]*,?[ \t\r]*\n?/.exec(this.text.slice(end, end + 64)) ?? [""];
    this.lines++;
    this.at = end + between.length;
    return "done";
  }

  /**
   * Reads the next value of a list. If there is none, the list is invalid or truncated, and the rest is read as lines.
   */
  private stepList(isEnd: boolean): Step {
    const { text } = this;
    let at = afterSpaces(text, this.at);
    if (text[at] === ",") at = afterSpaces(text, at + 1);
    const code = text.charCodeAt(at);
    if (at >= text.length) return this.leave(at, isEnd);
    if (code === CLOSE_LIST) {
      this.behind = this.list;
      this.list = undefined;
      this.at = at + 1;
      return "done";
    }
    const isValue = code === OPEN || code === OPEN_LIST || code === QUOTE;
    const end = isValue ? valueEnd(text, at, at + LONGEST_VALUE) : -1;
    if (end >= 0 && this.take(at, end) === "done") return "done";
    const isOpen = isValue && end < 0 && text.length - at < LONGEST_VALUE;
    if (isOpen && !isEnd) return "more";
    this.vain += text.length - at;
    return this.leave(at, true);
  }

  private stepBehind(isEnd: boolean): Step {
    const { text, behind } = this;
    const end = documentEnd(text, this.at, behind?.depth ?? 0);
    if (end === -1) return this.leave(this.at, isEnd || text.length - this.at > LONGEST_VALUE);
    this.leave(end.at, true);
    const [blank] = /^[ \t\r]*\n?/.exec(text.slice(end.at, end.at + 64)) ?? [""];
    if (end.isEnd) this.at += blank.length;
    return "done";
  }

  /** Continues with lines at this position if the rest of the document is unreadable. */
  private leave(at: number, isOver: boolean): Step {
    if (!isOver) return "more";
    this.list = undefined;
    this.behind = undefined;
    this.at = at;
    return "done";
  }
}
