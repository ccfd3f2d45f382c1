import { createHash, type Hash } from "node:crypto";
import { statSync } from "node:fs";
import { open } from "./bytes";
import { unreadable } from "./error";

/** Hash of an input's content, by which a repeated input is recognized. */
export const contentHash = (): Hash => createHash("sha256");

/** True if an input can be read twice: it is a file, and neither standard input nor a pipe. */
export const isFile = (name: string): boolean =>
  name !== "-" && (statSync(name, { throwIfNoEntry: false })?.isFile() ?? false);

/** Hashes of a file's bytes, and of its content without gzip. */
export interface Hashes {
  file: string;
  content: string;
}

/**
 * Reads a file for its hashes.
 * @throws InputError if the file cannot be read.
 */
export const hashesOf = async (name: string): Promise<Hashes> => {
  const [file, content] = [contentHash(), contentHash()];
  try {
    for await (const chunk of (await open(name, file)).bytes) content.update(chunk);
  } catch (error) {
    throw unreadable(name, error);
  }
  return { file: file.digest("hex"), content: content.digest("hex") };
};
