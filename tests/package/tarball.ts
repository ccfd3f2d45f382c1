import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const BLOCK = 512;

/** The files of a tarball as npm makes it (ustar), by their path in the package: no machine has to have tar. */
export const entriesOf = (tarball: string): [path: string, content: Buffer][] => {
  const bytes = gunzipSync(readFileSync(tarball));
  const textAt = (from: number, to: number) => bytes.toString("utf8", from, to).replace(/\0.*$/s, "");
  const entries: [string, Buffer][] = [];
  // Two empty blocks end it.
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0; ) {
    const size = Number.parseInt(textAt(at + 124, at + 136), 8);
    const type = textAt(at + 156, at + 157);
    const path = [textAt(at + 345, at + 500), textAt(at, at + 100)].filter((part) => part !== "").join("/");
    if (type !== "0" && type !== "") throw new Error(`${path} is of type ${type}, and no file`);
    entries.push([path.replace(/^package\//, ""), bytes.subarray(at + BLOCK, at + BLOCK + size)]);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return entries;
};
