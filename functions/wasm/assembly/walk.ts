/**
 * The fast way for plain lines, in AssemblyScript: walks the log events of an envelope from one to the next and writes
 * a row for each plain line, as the plan says that `functions/fast.ts` puts into the memory. What comes out is what
 * `makeLine` gives. It stops before whatever it does not know, with nothing of it counted.
 *
 * Texts end in zeros, which are part of no event, so that no loop has to look where the text ends.
 *
 * `@inline` is AssemblyScript's: TypeScript has decorators on classes alone, so editors need `@ts-ignore` above each.
 */
import { isAddress } from "./address";
import { labelOf } from "./label";
import { copy, copyPlain, digitsOf, isAfter, isAsIn, shortNumber } from "./text";

export { classes, isIPv6, points } from "./address";
export { begins, blocks, names, pages } from "./label";

// Why it stopped: behind the last event, or before one that is written otherwise, is not plain, or is too much.
const LAST_EVENT = 0;
const OTHER_EVENT = 1;
const OTHER_LINE = 2;
const FULL_RECORD = 3;

const QUOTE: i32 = 0x22;
const ZERO: i32 = 0x30;
const MINUS: i32 = 0x2d;
/** Stands for the size of the largest number of a field whose numbers have up to 8 digits. */
const SHORT: i32 = 1;
const COMMA: i32 = 0x2c;
const OPEN: i32 = 0x7b;
/** The end of a row: a brace and a line feed. */
const CLOSE: i32 = 0x0a7d;
/** The JSON between a message and the next event, `"},`, and behind the last message, `"}]`. */
const NEXT: i32 = 0x2c7d22;
const LAST: i32 = 0x5d7d22;
/** Bytes of a field's numbers. */
const HEADER: usize = 24;

/** The JSON before a message: its bytes with zeros for digits, and behind them how much larger each byte may be. */
export let head: usize = 0;
export let headBytes: usize = 0;
export let headRoom: usize = 0;
/**
 * For each field 24 bytes of numbers and then the text before its value. The numbers are the length of that text, the size
 * of the largest number (digits, and the first one; 1 for a number of up to 8 digits, and zero for a text), 1 for an address,
 * a minus and the byte that ends the token, 1 if the value ends in a quote, and the largest number of up to 8 digits, as
 * `shortNumber` has it.
 */
export let fields: usize = 0;
export let fieldsEnd: usize = 0;
export let fieldBytes: usize = 0;
/** Where each token begins, and behind them where another would. */
export let tokens: usize = 0;
/** The tokens with the window's start and end, zero if the format has not both. */
export let start: usize = 0;
export let end: usize = 0;
/** A line is dropped if its token at a field is a text: three words each, with the text's place and length. */
export let drops: usize = 0;
export let dropsEnd: usize = 0;
/** Names of networks: for each the field of the address, and where and how long the text before a name is. */
export let labels: usize = 0;
export let labelsEnd: usize = 0;

/** Where the next row begins. */
export let rowEnd: usize = 0;
/** Counts since the caller set them to zero: lines, dropped lines, and their bytes. */
export let lines: i32 = 0;
export let dropped: i32 = 0;
export let bytes: i32 = 0;
/** Why the last walk stopped. */
export let why: i32 = 0;

/** Returns true if the window does not end before it starts; the rule knows how much it may. */
// @ts-ignore: decorator
@inline
function isWindow(): bool {
  const from = load<usize>(start);
  const to = load<usize>(end);
  const length = load<usize>(start, 4) - from;
  const other = load<usize>(end, 4) - to;
  if (length == 11 && other == 11) return !isAfter(from, to);
  return (length == 2 && load<u8>(from) == MINUS) || (other == 2 && load<u8>(to) == MINUS);
}

function isDropped(): bool {
  for (let drop = drops; drop < dropsEnd; drop += 12) {
    const token = tokens + (load<usize>(drop) << 2);
    const from = load<usize>(token);
    const length = load<usize>(drop, 8);
    if (load<usize>(token, 4) - 1 - from == length && memory.compare(from, load<usize>(drop, 4), length) == 0) return true;
  }
  return false;
}

function writeLabels(row: usize): usize {
  let o = row;
  for (let label = labels; label < labelsEnd; label += 12) {
    const token = tokens + (load<usize>(label) << 2);
    const from = load<usize>(token);
    const name = labelOf(from, load<usize>(token, 4) - 1 - from);
    if (name == 0) continue;
    const length = load<usize>(label, 8);
    copy(o, load<usize>(label, 4), length);
    o += length;
    const nameBytes = load<u8>(name) as usize;
    copy(o, name + 1, nameBytes);
    o += nameBytes;
  }
  return o;
}

/**
 * Writes rows from the event at `at` on, up to `limit`, and says where it stopped and `why`: at the event that it
 * does not do, or behind the last.
 */
export function walk(from: usize, limit: usize): usize {
  let at = from;
  // Globals are read from memory each time, so those of the inner loops are copied.
  const headText = head;
  const headLength = headBytes;
  const room = headRoom;
  const firstField = fields;
  const lastField = fieldsEnd;
  const step = fieldBytes;
  while (isAsIn(at, headText, headLength, room)) {
    why = OTHER_LINE;
    const row = rowEnd;
    const message = at + headLength;
    let o = row;
    let p = message;
    let token = tokens;
    for (let field = firstField; field < lastField; field += step) {
      const text = v128.load(p);
      const first: i32 = load<u8>(p);
      store<usize>(token, p);
      token += 4;
      if (load<u16>(p) == load<u16>(field, 10)) {
        p += 2;
        continue;
      }
      const before = load<usize>(field);
      copy(o, field + HEADER, before);
      o += before;
      v128.store(o, text);
      const most = load<i32>(field, 4);
      let length: usize = 0;
      if (most != 0) {
        length = digitsOf(text);
        if (first == ZERO) {
          if (length != 1) return at;
        } else if (most == SHORT) {
          if (length > 8 || shortNumber(text, length) > load<u64>(field, 16)) return at;
        } else if ((((length as i32) << 8) | first) >= most) return at;
      } else {
        length = copyPlain(o, p, text);
        if (load<u8>(field, 8) != 0 && !isAddress(p, text, first, length as i32)) return at;
      }
      if (load<u8>(p + length) != load<u8>(field, 11)) return at;
      if (length == 0) return at;
      o += length;
      store<u8>(o, QUOTE);
      o += load<usize>(field, 12);
      p += length + 1;
    }
    const tail = load<i32>(p - 1) & 0xffffff;
    if (tail != NEXT && tail != LAST) return at;
    store<usize>(token, p);
    if (start != end && !isWindow()) return at;
    if (drops != dropsEnd && isDropped()) {
      dropped += 1;
    } else {
      if (labels != labelsEnd) o = writeLabels(o);
      if (o == row) store<u8>(o++, COMMA);
      store<u8>(row, OPEN);
      store<u16>(o, CLOSE);
      o += 2;
      if (o > limit) {
        why = FULL_RECORD;
        return at;
      }
      rowEnd = o;
    }
    lines += 1;
    bytes += (p - 1 - message) as i32;
    at = p + 2;
    if (tail == LAST) {
      why = LAST_EVENT;
      return at;
    }
  }
  why = OTHER_EVENT;
  return at;
}
