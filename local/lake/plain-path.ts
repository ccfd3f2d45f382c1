import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";

/** Characters that DuckDB reads as a pattern, or as a partition's `name=value`. */
const ODD = process.platform === "win32" ? /[*?[=]/ : /[*?[=\\]/;

/** Folder of symbolic links to folders, once it exists. */
let names: string | undefined;
const aliases = new Map<string, string>();

/** Creates the folder of symbolic links, which is removed when this process ends. Its own path must be plain. */
const folderOfNames = (): string => {
  if (names) return names;
  const root = [tmpdir(), "/tmp", "/var/tmp", homedir()].find((dir) => !ODD.test(dir)) ?? tmpdir();
  const made = mkdtempSync(join(root, "flowlogs-"));
  process.on("exit", () => rmSync(made, { recursive: true, force: true }));
  names = made;
  return made;
};

/**
 * Returns a path to a folder that DuckDB reads literally: the folder's own, or a symbolic link to it. DuckDB cannot escape
 * a star in a path, and takes each `name=value` in a path for a column.
 */
export const plainFolder = (dir: string): string => {
  const path = resolve(dir);
  if (!ODD.test(path)) return path;
  let alias = aliases.get(path);
  if (!alias) {
    alias = join(folderOfNames(), String(aliases.size));
    symlinkSync(path, alias, "junction");
    aliases.set(path, alias);
  }
  return alias;
};

/** Returns a literal path to a file with a plain name, in any folder. */
export const plainFile = (file: string): string => join(plainFolder(dirname(file)), basename(file));
