import type { Plan } from "../schema/plan";
import type { Networks } from "./networks";
import { makeRows as importedRows, type Memory } from "./rows";
import { MODULE as importedModule } from "./wasm/module";

const makeRows = importedRows;
const MODULE = importedModule;

/** The part of the global `WebAssembly` that is used. */
interface Api {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: unknown };
}

/** Exports of `assembly/walk.ts`: its numbers too, as globals. */
type Exports = { memory: Memory; walk(at: number, limit: number): number } & Record<
  "head" | "headBytes" | "headRoom" | "fields" | "fieldsEnd" | "fieldBytes" | "tokens" | "drops" | "dropsEnd",
  { value: number }
> &
  Record<"start" | "end" | "classes" | "points", { value: number }> &
  Record<"labels" | "labelsEnd" | "pages" | "blocks" | "begins" | "names", { value: number }> &
  Record<"rowEnd" | "lines" | "dropped" | "bytes" | "why", { value: number }>;

/**
 * Makes the fast way for plain lines, which are nearly all: an instance of the WebAssembly module of `wasm/`, in
 * whose memory are the plan, a window of an envelope, and the rows. Nothing where there is no WebAssembly with SIMD.
 */
export const makeFast = (plan: Plan, tables: Networks | undefined) => {
  const B = Buffer;
  const { WebAssembly: api } = globalThis as unknown as { WebAssembly?: Api };
  /** Bytes of an envelope that are in the memory at once: so few that they stay in the processor's cache. */
  const WINDOW = 65_536;
  /** Zeros behind a text; and what is read or written past an end at most. */
  const PADDING = 256;
  /** The longest text before a message. */
  const HEAD = 256;

  /** Bytes of a field's numbers, before its text. */
  const HEADER = 24;

  /** The most digits of a number that the module knows; longer ones go by the rule. */
  const MOST_DIGITS = 16;

  const { fields, labels, networks } = plan;
  let bytes = new Uint8Array(0);
  /** Where each name is. No address is zero, which says that there is none. */
  let names: number[] = [];
  const lookup = (from: number, to: number) => {
    const name = tables ? tables.lookup(bytes, from, to) : -1;
    return name < 0 ? 0 : names[name];
  };
  const instantiate = (): Exports | undefined => {
    try {
      const module = api && new api.Module(B.from(MODULE, "base64"));
      return api && module && (new api.Instance(module, { label: { lookup } }).exports as Exports);
    } catch {
      return undefined;
    }
  };
  const exports = instantiate();
  if (!exports) return undefined;
  const { memory, walk, ...numbers } = exports;

  let end = 64;
  const reserve = (length: number): number => {
    const at = end;
    end = (end + length + 15) & ~15;
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) memory.grow((missing >> 16) + 1);
    return at;
  };
  const put = ({ buffer, byteOffset, byteLength }: NodeJS.TypedArray): number => {
    const at = reserve(byteLength);
    new Uint8Array(memory.buffer).set(new Uint8Array(buffer, byteOffset, byteLength), at);
    return at;
  };
  const putText = (text: string): number => put(B.from(text, "latin1"));
  const putWords = (words: number[]): number => put(Int32Array.from(words));

  const before = fields.map(({ prefix, most }) => `,${prefix}${most === undefined ? '"' : ""}`);
  const fieldBytes = before.reduce(
    (most, { length }) => (length > most - HEADER ? (length + HEADER + 15) & ~15 : most),
    HEADER + 16,
  );
  /** Stands for the size of the largest number of a field whose numbers are short; as in `wasm/assembly/walk.ts`. */
  const SHORT = 1;
  const isShort = (most: string) => most !== "" && most.length <= 8;
  /** Digits of a number and its first one, by which nearly every number is seen to be smaller; zero for a text. */
  const sizeOf = (most: string): number => {
    if (isShort(most)) return SHORT;
    return most.length > MOST_DIGITS ? (MOST_DIGITS + 1) << 8 : (most.length << 8) | B.from(`${most}\0`)[0];
  };
  const table = B.alloc(fields.length * fieldBytes);
  fields.forEach(({ most = "", isAddress }, i) => {
    const at = i * fieldBytes;
    table.writeInt32LE(before[i].length, at);
    table.writeInt32LE(sizeOf(most), at + 4);
    table[at + 8] = isAddress ? 1 : 0;
    table.write(i === fields.length - 1 ? '-"' : "- ", at + 10);
    table.writeInt32LE(most === "" ? 1 : 0, at + 12);
    // A number's text, read as one integer with its last byte at the low end.
    table.writeBigUInt64LE(isShort(most) ? BigInt(`0x${B.from(most).toString("hex")}`) : BigInt(0), at + 16);
    table.write(before[i], at + HEADER, "latin1");
  });
  numbers.fieldBytes.value = fieldBytes;
  numbers.fields.value = put(table);
  numbers.fieldsEnd.value = numbers.fields.value + table.length;
  numbers.tokens.value = reserve((fields.length + 1) * 4);
  // Of a point, a slash and the digits.
  const classes = [
    [128, 0, 0, 0, 3, 4, 4, 4, 4, 4, 4, 4],
    [0, 0, 132, 4, 4, 4, 4, 5, 6, 6, 6, 6],
    [0, 0, 134, 134, 134, 134, 134, 134, 135, 135, 135, 135],
  ];
  numbers.classes.value = put(Uint8Array.from(classes.flatMap((some) => [...some, 0, 0, 0, 0])));
  // Where points may be in an IPv4 address: the 81 ways in which four octets have one to three digits each.
  const points = new Uint8Array(65_536);
  for (let lengths = 0; lengths < 81; lengths++) {
    let [bits, at] = [0, -1];
    for (let rest = lengths + 81; rest > 1; rest = (rest / 3) | 0) {
      at += 2 + (rest % 3);
      bits |= 1 << at;
    }
    points[bits] = 1;
  }
  numbers.points.value = put(points);
  numbers.start.value = plan.window ? numbers.tokens.value + plan.window.start * 4 : 0;
  numbers.end.value = plan.window ? numbers.tokens.value + plan.window.end * 4 : 0;

  const drops = plan.drops.flatMap(({ field, token }) => [field, putText(token), token.length]);
  numbers.drops.value = putWords(drops);
  numbers.dropsEnd.value = numbers.drops.value + drops.length * 4;

  const quoted = (networks?.names ?? []).map((name) => JSON.stringify(name));
  if (tables) {
    names = quoted.map((name) => putText(String.fromCharCode(name.length) + name));
    const label = labels.flatMap(({ field, prefix }) => [field, putText(`,${prefix}`), prefix.length + 1]);
    numbers.labels.value = putWords(label);
    numbers.labelsEnd.value = numbers.labels.value + label.length * 4;
    numbers.pages.value = put(tables.v4.pages);
    numbers.blocks.value = put(tables.v4.blocks);
    numbers.begins.value = put(tables.v4.begins);
    numbers.names.value = put(tables.v4.names.map((name) => (name < 0 ? 0 : names[name])));
  }

  numbers.head.value = reserve(HEAD);
  numbers.headRoom.value = reserve(HEAD);
  const input = reserve(WINDOW + PADDING);
  const rows = makeRows(memory, end);
  // The most bytes of a row beside its line's text, and the most lines of a window.
  const longest = quoted.reduce((most, { length }) => (length > most ? length : most), 0);
  const room =
    before.reduce((sum, { length }) => sum + length + 1, 4) +
    labels.reduce((sum, { prefix }) => sum + prefix.length + 1 + longest, 0);
  const needed = WINDOW + (WINDOW / (fields.length * 2 + 32) + 1) * room + PADDING;

  const learn = (head: string) => {
    const text = B.alloc(HEAD * 2, head.replace(/\d/g, "0").padEnd(HEAD, "\0"), "latin1");
    for (let i = 0; i < HEAD; i++) text[HEAD + i] = i >= head.length ? 255 : text[i] === 48 ? 9 : 0;
    new Uint8Array(memory.buffer).set(text, numbers.head.value);
    numbers.headBytes.value = head.length;
  };
  learn(`{"id":"${"0".repeat(56)}","timestamp":${"0".repeat(13)},"message":"`);

  return {
    rows,
    WINDOW,

    /**
     * Sets the JSON before a message, in which a digit stands for any. Until the first call it is the most frequent
     * one.
     */
    learn,

    /** Takes over a part of an envelope, at most a window of it. */
    load(part: Uint8Array) {
      const target = new Uint8Array(memory.buffer, input, WINDOW + PADDING);
      target.set(part);
      target.fill(0, part.length, part.length + PADDING);
    },

    /** Writes rows of the events from `at` in the window on. Says where and why it stopped, and what it did. */
    walk(at: number) {
      rows.reserve(needed);
      if (bytes.buffer !== memory.buffer) bytes = new Uint8Array(memory.buffer);
      numbers.rowEnd.value = rows.end;
      for (const count of [numbers.lines, numbers.dropped, numbers.bytes]) count.value = 0;
      const stop = walk(input + at, rows.limit) - input;
      const lines = numbers.lines.value;
      const dropped = numbers.dropped.value;
      rows.take(numbers.rowEnd.value, lines - dropped);
      return { at: stop, why: numbers.why.value, lines, dropped, bytes: numbers.bytes.value };
    },
  };
};
