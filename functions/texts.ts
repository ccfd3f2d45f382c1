/**
 * Factory of the reading of a record that somebody put into a stream: bytes → the envelopes and the lines in them. They
 * stand one after another, with or without line feeds between: an envelope is JSON with `logEvents`, a line is the text
 * of `message` in other JSON, or plain text to the end of its line. JSON that is neither is a line itself.
 */
export const makeTexts = () => {
  const { parse } = JSON;
  const { isArray } = Array;
  const [QUOTE, BACKSLASH, OPEN, CLOSE, LF] = [0x22, 0x5c, 0x7b, 0x7d, 0x0a];
  const SPACES = [0x20, 0x09, 0x0d, LF];

  /** Where the JSON object at `from` ends, or -1 if it does not. */
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

  /** What ends a line is not part of it. */
  const withoutEnd = (line: string) => line.replace(/\r?\n?$/, "");

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

  return (bytes: Buffer): { envelopes: Buffer[]; lines: string[] } => {
    const envelopes: Buffer[] = [];
    const lines: string[] = [];
    let at = 0;
    for (;;) {
      while (at < bytes.length && SPACES.includes(bytes[at])) at++;
      if (at >= bytes.length) return { envelopes, lines };
      const end = bytes[at] === OPEN ? objectEnd(bytes, at) : -1;
      const text = end < 0 ? "" : bytes.toString("utf8", at, end);
      const value = end < 0 ? undefined : parsed(text);
      if (value === undefined) {
        const stop = lineEnd(bytes, at);
        lines.push(withoutEnd(bytes.toString("utf8", at, stop)));
        at = stop;
        continue;
      }
      if (isArray(value.logEvents)) envelopes.push(bytes.subarray(at, end));
      else lines.push(typeof value.message === "string" ? withoutEnd(value.message) : text);
      at = end;
    }
  };
};
