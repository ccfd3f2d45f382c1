/** A range of bytes. */
type Span = [from: number, to: number];

/**
 * Makes a function that finds the log events in an envelope's bytes without parsing it. Parsed JSON takes up to
 * eighty times its own memory, so callers parse one small range at a time. It returns the envelope with an empty list of
 * events, and the range of each event; nothing if the envelope has no list of objects.
 */
export const makeEvents = () => {
  const B = Buffer;
  const [QUOTE, BACKSLASH, COLON, COMMA] = [0x22, 0x5c, 0x3a, 0x2c];
  const [OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d];
  const KEY = B.from('"logEvents"');

  const stringEnd = (bytes: Buffer, from: number): number => {
    let at = from + 1;
    while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
    return at + 1;
  };

  const isSpace = (byte: number) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
  const afterSpaces = (bytes: Buffer, from: number): number => {
    let at = from;
    while (isSpace(bytes[at])) at++;
    return at;
  };

  /** Returns the start of the list that the envelope has under the key at its top level. */
  const listAt = (bytes: Buffer): number => {
    let depth = 0;
    for (let at = 0; at < bytes.length; ) {
      const byte = bytes[at];
      const end = byte === QUOTE ? stringEnd(bytes, at) : at + 1;
      if (byte === OPEN || byte === OPEN_LIST) depth++;
      if (byte === CLOSE || byte === CLOSE_LIST) depth--;
      if (depth === 1 && byte === QUOTE && bytes.subarray(at, end).equals(KEY)) {
        const colon = afterSpaces(bytes, end);
        const list = afterSpaces(bytes, colon + 1);
        if (bytes[colon] === COLON && bytes[list] === OPEN_LIST) return list;
      }
      at = end;
    }
    return -1;
  };

  return (bytes: Buffer): { rest: Buffer; spans: Span[] } | undefined => {
    const list = listAt(bytes);
    if (list < 0) return undefined;
    const spans: Span[] = [];
    let depth = 0;
    let begin = 0;
    for (let at = list; at < bytes.length; ) {
      const byte = bytes[at];
      if (depth === 1 && !(byte === OPEN || byte === CLOSE_LIST || byte === COMMA || isSpace(byte)))
        return undefined;
      if (byte === OPEN && depth === 1) begin = at;
      if (byte === OPEN || byte === OPEN_LIST) depth++;
      if (byte === CLOSE || byte === CLOSE_LIST) depth--;
      if (depth === 0) return { rest: B.concat([bytes.subarray(0, list + 1), bytes.subarray(at)]), spans };
      if (byte === CLOSE && depth === 1) spans.push([begin, at + 1]);
      at = byte === QUOTE ? stringEnd(bytes, at) : at + 1;
    }
    return undefined;
  };
};
