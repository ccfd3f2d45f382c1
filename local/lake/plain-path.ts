import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";

/** Characters by which DuckDB takes a path for a pattern, or for the path of a partition. */
const ODD = process.platform === "win32" ? /[*?[=]/ : /[*?[=\\]/;

/** The folder with other names of folders, once there is one. */
let names: string | undefined;
const aliases = new Map<string, string>();

/** Makes the folder for other names, which is removed when this process ends. Its own path must be plain. */
const folderOfNames = (): string => {
  if (names) return names;
  const root = [tmpdir(), "/tmp", "/var/tmp", homedir()].find((dir) => !ODD.test(dir)) ?? tmpdir();
  const made = mkdtempSync(join(root, "flowlogs-"));
  process.on("exit", () => rmSync(made, { recursive: true, force: true }));
  names = made;
  return made;
};

/**
 * A path to a folder that DuckDB takes as it is: the folder's own, or another name of it. DuckDB has no way to say that
 * a star in a path is a star, and takes every `name=value` in a path for a column.
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

/** A path to a file with a plain name, in a folder of any. */
export const plainFile = (file: string): string => join(plainFolder(dirname(file)), basename(file));
