import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** Where a process's things stand until all of them are there. */
const STAGING = ".staging-";

const isRunning = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Leftovers of a run that was ended from outside. */
const leftovers = (dir: string) =>
  (existsSync(dir) ? readdirSync(dir) : []).filter(
    (name) => name.startsWith(STAGING) && !isRunning(Number(name.slice(STAGING.length))),
  );

/** The object that says that a folder is a lake: its table's definition. */
export const TABLE_KEY = "table.json";

/** True if a folder is a lake. */
export const isLake = (dir: string): boolean => existsSync(join(dir, TABLE_KEY));

/** A folder that cannot be a lake. */
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

/** Errors of the system as DuckDB writes them, which has no codes. */
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

// One folder at a time: where the parent takes no folders at all (/proc), Node's own recursion never ends.
const makeFolder = (dir: string): void => {
  if (existsSync(dir)) return;
  makeFolder(dirname(dir));
  mkdirSync(dir);
};

/**
 * The lake's bucket as a folder: an object's key is its path. As in S3 an object is there whole or not at all, and
 * what is put becomes visible with `commit`, everything at once, so a run that fails leaves nothing behind.
 */
export class LakeFolder {
  private readonly staging: string;
  private readonly staged = new Set<string>();
  /** True if the folder was made for this. */
  private readonly isNew: boolean;

  /**
   * `replace`: what the lake held goes when the new objects come.
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

  /** Path of a file to work in, which goes away at the end. */
  scratch(name: string): string {
    const path = join(this.staging, "scratch", name);
    mkdirSync(dirname(path), { recursive: true });
    return path;
  }

  /** Takes a finished scratch file as the object `key`. */
  put(key: string, scratchFile: string): void {
    const path = join(this.staging, "objects", key);
    mkdirSync(dirname(path), { recursive: true });
    renameSync(scratchFile, path);
    this.staged.add(key);
  }

  /** Bytes of an object that was put and not yet committed. */
  size(key: string): number {
    return statSync(join(this.staging, "objects", key)).size;
  }

  /**
   * Does work on objects of the lake.
   * @throws LakeError that names the lake, whatever file of it could not be written.
   */
  async writing<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw unwritable(this.dir, error);
    }
  }

  /** Makes every object visible. */
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

  /** Ends the work: what was not committed is gone. */
  close(): void {
    rmSync(this.staging, { recursive: true, force: true });
    if (this.isNew && existsSync(this.dir) && readdirSync(this.dir).length === 0) rmdirSync(this.dir);
  }
}
