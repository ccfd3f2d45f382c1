import { makeText } from "../../functions/text";
import type { Content } from "./bytes";

const { encodingOf } = makeText();

/**
 * Yields a content's text in chunks: UTF-8, or UTF-16 by its first bytes. Bytes that are not UTF-8 become U+FFFD, as in
 * CloudWatch Logs. In a file without line feeds, a carriage return ends a line.
 */
export async function* textOf({ head, bytes }: Content): AsyncGenerator<string> {
  const { encoding, mark } = encodingOf(head);
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  let isFirst = true;
  let isOld = false;
  const written = (text: string) => (isOld ? text.replaceAll("\r", "\n") : text);
  for await (const chunk of bytes) {
    const text = decoder.decode(isFirst ? chunk.subarray(mark) : chunk, { stream: true });
    if (isFirst) isOld = text.includes("\r") && !text.includes("\n");
    isFirst = false;
    if (text !== "") yield written(text);
  }
  const rest = decoder.decode();
  if (rest !== "") yield written(rest);
}
