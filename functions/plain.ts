import type { Plan } from "../schema/plan";
import { makeNetworks as importedNetworks } from "./networks";
import type { Rows } from "./rows";

const makeNetworks = importedNetworks;

/** The line is not plain: `makeLine` knows what it means. */
export const NOT_PLAIN = -1;

/**
 * Factory of the fast way for a plain line, which is nearly every line: its tokens are copied from the envelope to the
 * rows, with the keys between, four bytes at a time and without a string. What comes out is what `makeLine` gives.
 */
export const makePlain = (plan: Plan, rows: Rows) => {
  const B = Buffer;
  const { clz32 } = Math;
  const [SPACE, QUOTE, MINUS, ZERO] = [0x20, 0x22, 0x2d, 0x30];
  const [COMMA, OPEN, CLOSE, LF] = [0x2c, 0x7b, 0x7d, 0x0a];
  // High bits of four bytes at once, and what to take off or add so that one tells of a byte below # or of no digit.
  const HIGH = 0x80808080 | 0;
  const HASHES = 0x23232323;
  const ZEROS = 0x30303030;
  const PAST_NINES = 0x46464646;

  const { fields, labels } = plan;
  const last = fields.length - 1;
  const largest = fields.map(({ type }) =>
    B.from(type === "int" ? "2147483647" : type === "bigint" ? "9223372036854775807" : ""),
  );
  const mostDigits = Uint8Array.from(largest, (limit) => limit.length);
  // What goes before each value, a comma first (the row's first comma becomes its brace), in words of four bytes.
  const heads = fields.map(({ prefix, type }) => B.from(`,${prefix}${type === "string" ? '"' : ""}`));
  const headBytes = Uint8Array.from(heads, (head) => head.length);
  const stride = headBytes.reduce((most, n) => (n > most * 4 ? (n + 3) >> 2 : most), 2);
  const words = new Int32Array(fields.length * stride);
  heads.forEach((head, i) => {
    const padded = B.concat([head, B.alloc(stride * 4)]);
    for (let w = 0; w < stride; w++) words[i * stride + w] = padded.readInt32LE(w * 4);
  });
  const lookup = plan.networks ? makeNetworks(plan.networks) : () => -1;
  const names = plan.networks?.names ?? [];
  // As the heads: a call of Buffer's for these few bytes would take longer than the lookup.
  const labelTexts = labels.map(({ prefix }) =>
    names.map((name) => {
      const text = B.from(`,${prefix}${JSON.stringify(name)}`);
      const padded = B.concat([text, B.alloc(3)]);
      const inWords = Int32Array.from({ length: (text.length + 3) >> 2 }, (_, w) =>
        padded.readInt32LE(w * 4),
      );
      return { length: text.length, words: inWords };
    }),
  );
  const longestLabel = labelTexts.flat().reduce((most, text) => (text.length > most ? text.length : most), 0);
  const dropTokens = plan.drops.map(({ field, token }) => ({ field, bytes: B.from(token) }));
  /** Where each token of the line begins and ends. */
  const from = new Int32Array(fields.length);
  const to = new Int32Array(fields.length);

  /** Whether the digits at `at` are at most the limit, which has as many. */
  const isWithin = (src: DataView, at: number, limit: Buffer) => {
    for (let i = 0; i < limit.length; i++) {
      const digit = src.getUint8(at + i);
      if (digit !== limit[i]) return digit < limit[i];
    }
    return true;
  };

  const isDropped = (src: Buffer) =>
    dropTokens.some(({ field, bytes }) => bytes.equals(src.subarray(from[field], to[field])));

  const writeLabels = (src: Buffer, dst: DataView, end: number): number => {
    let o = end;
    for (let i = 0; i < labels.length; i++) {
      const { field } = labels[i];
      const name = lookup(src, from[field], to[field]);
      if (name < 0) continue;
      const text = labelTexts[i][name];
      for (let w = 0; w < text.words.length; w++) dst.setInt32(o + w * 4, text.words[w], true);
      o += text.length;
    }
    return o;
  };

  const plain = {
    /** Bytes that a row may have beside its line's, and that are written past its end. */
    room: headBytes.reduce((sum, n) => sum + n + 1, 0) + longestLabel * labels.length + stride * 4 + 8,
    /** Where the row that `write` wrote ends; where it began, if the line is to be dropped. */
    rowEnd: 0,

    /**
     * Writes the row of the line at `start`, whose text up to its closing quote is ASCII without control characters,
     * `\` and DEL. Says where the line ends, or NOT_PLAIN.
     */
    write(bytes: Buffer, src: DataView, start: number): number {
      const dst = rows.view;
      const row = rows.end;
      let p = start;
      let o = row;
      for (let i = 0; i <= last; i++) {
        const end = i === last ? QUOTE : SPACE;
        let word = src.getInt32(p, true);
        from[i] = p;
        if ((word & 0xffff) === (MINUS | (end << 8))) {
          to[i] = p + 1;
          p += 2;
          continue;
        }
        const head = i * stride;
        dst.setInt32(o, words[head], true);
        dst.setInt32(o + 4, words[head + 1], true);
        for (let w = 2; w < stride; w++) dst.setInt32(o + w * 4, words[head + w], true);
        o += headBytes[i];
        const first = p;
        let notDigits = 0;
        // As the text is ASCII, one subtraction finds a byte below #: the end of the token, or nothing plain.
        let low = ~((word | HIGH) - HASHES) & HIGH;
        while (low === 0) {
          dst.setInt32(o, word, true);
          notDigits |= (word + PAST_NINES) | ~((word | HIGH) - ZEROS);
          o += 4;
          p += 4;
          word = src.getInt32(p, true);
          low = ~((word | HIGH) - HASHES) & HIGH;
        }
        const bits = 24 - clz32(low & -low);
        dst.setInt32(o, word, true);
        o += bits >> 3;
        p += bits >> 3;
        if (((word >> bits) & 0xff) !== end || p === first) return NOT_PLAIN;
        to[i] = p;
        const most = mostDigits[i];
        if (most === 0) {
          dst.setUint8(o++, QUOTE);
        } else {
          notDigits |= ((word + PAST_NINES) | ~((word | HIGH) - ZEROS)) & ((1 << bits) - 1);
          const digits = p - first;
          if ((notDigits & HIGH) !== 0 || digits > most) return NOT_PLAIN;
          if (digits > 1 && src.getUint8(first) === ZERO) return NOT_PLAIN;
          if (digits === most && !isWithin(src, first, largest[i])) return NOT_PLAIN;
        }
        p++;
      }
      plain.rowEnd = row;
      if (dropTokens.length > 0 && isDropped(bytes)) return p - 1;
      if (labels.length > 0) o = writeLabels(bytes, dst, o);
      if (o === row) dst.setUint8(o++, COMMA);
      dst.setUint8(row, OPEN);
      dst.setUint8(o, CLOSE);
      dst.setUint8(o + 1, LF);
      plain.rowEnd = o + 2;
      return p - 1;
    },
  };
  return plain;
};
