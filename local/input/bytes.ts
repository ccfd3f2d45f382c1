import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { makeText } from "../../functions/text";
import { binaryKindOf, HEAD_BYTES, isGzip, isNoText, isParquet } from "./binary";
import { InputError, labelOf } from "./error";

/** Content of a file or of standard input, without gzip. */
export interface Content {
  /** Its first bytes, enough to recognize its form. */
  head: Buffer;
  bytes: AsyncIterable<Buffer>;
  /** True if they were in gzip. */
  isZipped: boolean;
}

const { encodingOf } = makeText();

/** Maximum layers of gzip. More than that is made only to attack a reader. */
const MOST_LAYERS = 3;

/** Reads the first bytes of a stream, and returns them with the whole stream. */
const peek = async (
  source: AsyncIterable<Buffer>,
): Promise<{ head: Buffer; bytes: AsyncIterable<Buffer> }> => {
  const chunks = source[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  while (head.length < HEAD_BYTES) {
    const { done, value } = await chunks.next();
    if (done) break;
    head = head.length === 0 ? value : Buffer.concat([head, value]);
  }
  const bytes = async function* () {
    try {
      if (head.length > 0) yield head;
      for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
    } finally {
      await chunks.return?.();
    }
  };
  return { head, bytes: bytes() };
};

/** Receiver of passing bytes: a hash, or a count. */
export interface Passing {
  update(chunk: Buffer): unknown;
}

/** Passes bytes on, and updates a hash or a count with them. */
export async function* hashed(bytes: AsyncIterable<Buffer>, hash: Passing): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

const gunzipped = (bytes: AsyncIterable<Buffer>): AsyncIterable<Buffer> => {
  const gunzip = createGunzip();
  // Ignores this pipeline's result: the reader of the gunzip stream gets the error.
  pipeline(bytes, gunzip).catch(() => {});
  return gunzip;
};

/**
 * Opens a file or, for "-", standard input. Gzip is recognized by its content, not by the file's name. A hash or a count
 * gets the bytes of the file while they are read.
 * @throws InputError for content that is neither text nor Parquet.
 */
export const open = async (name: string, hash?: Passing): Promise<Content> => {
  const source: AsyncIterable<Buffer> = name === "-" ? process.stdin : createReadStream(name);
  let content = await peek(hash ? hashed(source, hash) : source);
  let layers = 0;
  for (; isGzip(content.head); layers++) {
    if (layers === MOST_LAYERS)
      throw new InputError(`cannot read ${labelOf(name)}: it is gzip in gzip, more than ${MOST_LAYERS} deep`);
    content = await peek(gunzipped(content.bytes));
  }
  const kind = isParquet(content.head) ? undefined : binaryKindOf(content.head);
  if (kind) {
    const where = layers > 0 ? " inside gzip" : "";
    const file = name === "-" ? "FILE" : name;
    const out = layers > 0 ? `gunzip it first, and then: ${kind.instead("FILE")}` : kind.instead(file);
    throw new InputError(`cannot read ${labelOf(name)}: it is ${kind.name}${where}; ${out}`);
  }
  if (!isParquet(content.head) && encodingOf(content.head).encoding === "utf-8" && isNoText(content.head)) {
    const begins = [...content.head.subarray(0, 8)]
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join(" ");
    throw new InputError(
      `cannot read ${labelOf(name)}: it is no text, and in no form that is known (it begins with the bytes ${begins}); give the flow logs themselves`,
    );
  }
  return { ...content, isZipped: layers > 0 };
};
