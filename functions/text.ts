/**
 * Makes a function that returns a record's text as UTF-8, without a byte order mark. It recognizes UTF-16 by its mark,
 * or by the zero bytes of ASCII characters.
 * @throws Error for bytes that are no text: decoding would change them.
 */
export const makeText = () => {
  const { isUtf8 } = require("node:buffer") as typeof import("node:buffer");
  const B = Buffer;
  const UTF8_MARK = [0xef, 0xbb, 0xbf];
  /** First bytes of text in UTF-16, in either byte order: its mark, or two ASCII characters. */
  const [LITTLE, BIG] = [
    [0xff, 0xfe],
    [0xfe, 0xff],
  ];

  const startsWith = (bytes: Uint8Array, mark: number[]) => mark.every((byte, i) => bytes[i] === byte);
  const zerosAt = (bytes: Uint8Array, first: number) =>
    bytes.length >= 4 && [0, 1, 2, 3].every((i) => (bytes[i] === 0) === (i % 2 === first));

  /** Returns the encoding by the first four bytes, and the length of its mark. */
  const encodingOf = (head: Uint8Array): { encoding: "utf-8" | "utf-16le" | "utf-16be"; mark: number } => {
    if (startsWith(head, UTF8_MARK)) return { encoding: "utf-8", mark: 3 };
    if (startsWith(head, LITTLE)) return { encoding: "utf-16le", mark: 2 };
    if (startsWith(head, BIG)) return { encoding: "utf-16be", mark: 2 };
    if (zerosAt(head, 1)) return { encoding: "utf-16le", mark: 0 };
    return { encoding: zerosAt(head, 0) ? "utf-16be" : "utf-8", mark: 0 };
  };

  const fromUtf16 = (bytes: Buffer, isBig: boolean): Buffer => {
    const text =
      bytes.length % 2 === 0 ? (isBig ? B.from(bytes).swap16() : bytes).toString("utf16le") : "\ud800";
    if (!text.isWellFormed()) throw new Error("its bytes are no text: they begin as UTF-16 and are not");
    return B.from(text);
  };

  const utf8 = (bytes: Buffer): Buffer => {
    const { encoding, mark } = encodingOf(bytes);
    const text = bytes.subarray(mark);
    if (encoding !== "utf-8") return fromUtf16(text, encoding === "utf-16be");
    if (!isUtf8(text)) throw new Error("its bytes are no text: they are not UTF-8");
    return text;
  };

  return { encodingOf, utf8 };
};
