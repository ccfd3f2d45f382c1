import { InputError } from "./error";
import { afterSpaces, documentEnd, LIST_HEAD, listAt, parsed, valueEnd } from "./json";

/** Takes the parts of a text: lines without their ends, and JSON with its source text. */
export interface Taker {
  line(text: string): void;
  value(value: unknown, raw: string): void;
}

/** The longest line, and the longest JSON that is read as such, in letters. */
const LONGEST_LINE = 16 * 1024 * 1024;
const LONGEST_VALUE = 2 * 1024 * 1024;
/** Letters that are looked through in vain for the end of JSON over several lines; then it has to be on one. */
const MOST_VAIN = 32 * 1024 * 1024;

const [SPACE, TAB, OPEN, OPEN_LIST, QUOTE, CLOSE_LIST] = [0x20, 0x09, 0x7b, 0x5b, 0x22, 0x5d];

/** Result of a step: it did all that it could, or nothing, as it needs more text or the text is no JSON. */
type Step = "done" | "more" | "no";

/**
 * Cuts text into lines and JSON. JSON stands where a line may begin: objects one after another, on a line or over
 * several, and the values of a list in a document. Whatever only begins like JSON is lines, so nothing is passed over.
 */
export class Splitter {
  private text = "";
  private at = 0;
  /** Text behind it, and how much. */
  private more: string[] = [];
  private letters = 0;
  private lines = 0;
  private vain = 0;
  /** How many objects are around the list that is being read, and behind whose list it is. */
  private list: { depth: number } | undefined;
  private behind: { depth: number } | undefined;

  constructor(
    private readonly name: string,
    private readonly taker: Taker,
  ) {}

  /** Takes more text; with none, what is left. */
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
   * Gathers text until there is an end of a line in it, or twice as much: what has none is not looked through each
   * time.
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

  /** JSON that begins at `start`, on the line that ends at `feed` or over several. */
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

  /** A value over several lines. */
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

  /** The next value of a list. Where it is none, the list was no list, or was cut: what follows is lines. */
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

  /** Goes on with lines at this place, if there is no hope for more of the document. */
  private leave(at: number, isOver: boolean): Step {
    if (!isOver) return "more";
    this.list = undefined;
    this.behind = undefined;
    this.at = at;
    return "done";
  }
}
