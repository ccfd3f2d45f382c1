import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** Folder for a process's objects until it commits them. */
const STAGING = ".staging-";

const isRunning = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Matches folders that a killed run left behind. */
const leftovers = (dir: string) =>
  (existsSync(dir) ? readdirSync(dir) : []).filter(
    (name) => name.startsWith(STAGING) && !isRunning(Number(name.slice(STAGING.length))),
  );

/** Object with the table's definition. A folder with this object is a lake. */
export const TABLE_KEY = "table.json";

/** True if a folder is a lake. */
export const isLake = (dir: string): boolean => existsSync(join(dir, TABLE_KEY));

/** The folder cannot be used as a lake. */
export class LakeError extends Error {}

const REASONS: Record<string, string> = {
  EACCES: "it may not be written",
  EPERM: "it may not be written",
  EROFS: "the file system is read-only",
  ENOENT: "no folder can be made there",
  ENOTDIR: "a part of the path is a file",
  EEXIST: "it is a file",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk's quota is used up",
  EFBIG: "the system allows no file of that size",
  EIO: "the disk has an error",
};

/** DuckDB's messages for errors of the file system, which have no error codes. */
const SAID: [pattern: RegExp, code: string][] = [
  [/No space left on device/, "ENOSPC"],
  [/quota exceeded/i, "EDQUOT"],
  [/File too large/, "EFBIG"],
  [/Input\/output error/, "EIO"],
  [/Permission denied/, "EACCES"],
  [/Read-only file system/, "EROFS"],
];

const unwritable = (dir: string, error: unknown) => {
  if (error instanceof LakeError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const known = REASONS[code ?? SAID.find(([pattern]) => pattern.test(message))?.[1] ?? ""];
  return new LakeError(`cannot write to ${dir}: ${known ?? message}`, { cause: error });
};

// Makes one folder at a time: Node's recursive mkdir never ends if the parent accepts no folders (/proc).
const makeFolder = (dir: string): void => {
  if (existsSync(dir)) return;
  makeFolder(dirname(dir));
  mkdirSync(dir);
};

/**
 * The lake's bucket as a folder, with an object's key as its path. As in S3, an object exists completely or not at all.
 * `commit` makes all new objects visible at once, so a run that fails leaves nothing behind.
 */
export class LakeFolder {
  private readonly staging: string;
  private readonly staged = new Set<string>();
  /** True if this run created the folder. */
  private readonly isNew: boolean;

  /**
   * Prepares a lake. With `replace`, `commit` removes its old objects.
   * @throws LakeError if the folder cannot be written.
   */
  constructor(
    readonly dir: string,
    private readonly replace: boolean,
  ) {
    this.staging = resolve(dir, STAGING + process.pid);
    this.isNew = !existsSync(dir);
    try {
      makeFolder(this.staging);
      for (const name of leftovers(dir)) rmSync(join(dir, name), { recursive: true, force: true });
    } catch (error) {
      throw unwritable(dir, error);
    }
  }

  /** @throws LakeError if the folder has other files and is no lake. */
  claim(): void {
    if (this.others().length === 0 || isLake(this.dir)) return;
    throw new LakeError(`${this.dir} holds other files and is no lake; name another folder with --lake`);
  }

  private others(): string[] {
    return readdirSync(this.dir).filter((name) => !name.startsWith(STAGING));
  }

  /** Returns the path of a scratch file, which is removed at the end. */
  scratch(name: string): string {
    const path = join(this.staging, "scratch", name);
    mkdirSync(dirname(path), { recursive: true });
    return path;
  }

  /** Turns a finished scratch file into the object `key`. */
  put(key: string, scratchFile: string): void {
    const path = join(this.staging, "objects", key);
    mkdirSync(dirname(path), { recursive: true });
    renameSync(scratchFile, path);
    this.staged.add(key);
  }

  /** Returns the bytes of an object that is not committed yet. */
  size(key: string): number {
    return statSync(join(this.staging, "objects", key)).size;
  }

  /**
   * Runs work that writes into the lake.
   * @throws LakeError that names the lake if one of its files could not be written.
   */
  async writing<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw unwritable(this.dir, error);
    }
  }

  /** Makes all new objects visible. */
  commit(): void {
    try {
      if (this.replace) for (const name of this.others()) rmSync(join(this.dir, name), { recursive: true });
      for (const key of this.staged) {
        const path = join(this.dir, key);
        mkdirSync(dirname(path), { recursive: true });
        renameSync(join(this.staging, "objects", key), path);
      }
      this.staged.clear();
    } catch (error) {
      throw unwritable(this.dir, error);
    }
  }

  /** Removes scratch files and objects that were not committed. */
  close(): void {
    rmSync(this.staging, { recursive: true, force: true });
    if (this.isNew && existsSync(this.dir) && readdirSync(this.dir).length === 0) rmdirSync(this.dir);
  }
}
