import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { TABLE_KEY } from "../lake/folder";
import { InputError } from "./error";
import { filesMatching, isPattern } from "./glob";

/** The files of paths, and the number of skipped files in folders, by reason. */
export interface Sources {
  names: string[];
  leftOut: Map<string, number>;
}

/** Returns the command with which an object of S3, or all objects below a prefix, can be read. */
const fromS3 = (url: string) =>
  /\.\w+$/.test(url.replace(/^s3:\/\/[^/]*/, ""))
    ? `it is in S3; read it with: aws s3 cp ${url} - | flowlogs run -`
    : `it is in S3; copy it here first: aws s3 sync ${url} flow-logs && flowlogs run flow-logs`;

/** A kind of path that is not on this machine, with the command that reads its logs. */
interface Elsewhere {
  pattern: RegExp;
  /** Its form, for people. */
  example: string;
  how: (path: string) => string;
}

/** Paths that are refused, with the command to copy or read them. */
export const ELSEWHERE: readonly Elsewhere[] = [
  { pattern: /^s3:\/\//, example: "s3://BUCKET/PREFIX/", how: fromS3 },
  {
    pattern: /^arn:aws[\w-]*:s3:::/,
    example: "arn:aws:s3:::BUCKET/FILE.gz",
    how: (path) => fromS3(path.replace(/^.*:::/, "s3://")),
  },
  {
    pattern: /^arn:aws[\w-]*:logs:/,
    example: "arn:aws:logs:REGION:ACCOUNT:log-group:NAME",
    how: (path) =>
      `it is in CloudWatch Logs; read it with: aws logs filter-log-events --log-group-name ${path.split(":")[6]} | flowlogs run -`,
  },
  {
    pattern: /^https?:\/\//,
    example: "https://HOST/FILE",
    how: (path) => `it is elsewhere; read it with: curl -s ${path} | flowlogs run -`,
  },
];

/** Descriptions of paths that are read, in the order in which they are recognized. */
export const PLACES: readonly { example: string; what: string }[] = [
  { example: "-", what: "standard input" },
  { example: "flows.log", what: "the file, even if there are brackets or a star in its name" },
  {
    example: "AWSLogs/",
    what: "every file in the folder and in those below it, in order; logs of other services are left out, and said",
  },
  {
    example: "'2024/**/*.gz'",
    what: "where nothing is called so: what matches `*`, `**`, `?`, `[…]` and `{…,…}`",
  },
];

/** Names of files and folders without flow logs, with the reason. */
export const OTHERS: readonly [pattern: RegExp, why: string][] = [
  [/^aws-logs-write-test$/, "with which CloudWatch Logs tries the bucket (aws-logs-write-test)"],
  [/^[._]|^Thumbs\.db$|^desktop\.ini$/, "with a hidden name"],
];

/** Returns the service whose logs a folder below AWSLogs has, if its path says so. */
const serviceOf = (dir: string): string | undefined => {
  const parts = resolve(dir).split(sep);
  const below = parts.lastIndexOf("AWSLogs");
  const isAccount = (part: string) => /^(?:o-[a-z0-9]+|\d{12}|aws-account-id=\d{12})$/.test(part);
  return below < 0
    ? undefined
    : parts
        .slice(below + 1)
        .find((part) => !isAccount(part))
        ?.replace("aws-service=", "");
};

class Walk {
  readonly names: string[] = [];
  readonly leftOut = new Map<string, number>();
  private readonly seen = new Set<string>();

  leaveOut(why: string): void {
    this.leftOut.set(why, (this.leftOut.get(why) ?? 0) + 1);
  }

  /** Adds a file, or all files below a folder. */
  take(path: string): void {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) this.folder(path);
    else this.names.push(path);
  }

  /** Adds all files below a folder, in order. */
  folder(dir: string, service = serviceOf(dir)): void {
    const real = realpathSync(dir);
    if (this.seen.has(real)) return;
    this.seen.add(real);
    if (existsSync(join(dir, TABLE_KEY)))
      throw new InputError(
        `cannot read ${dir}: it is a lake already; ask it with: flowlogs query --lake ${dir}`,
      );
    for (const name of readdirSync(dir).sort()) this.entry(join(dir, name), name, service);
  }

  private entry(path: string, name: string, service: string | undefined): void {
    const why = OTHERS.find(([pattern]) => pattern.test(name))?.[1];
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
    if (why !== undefined) this.leaveOut(why);
    else if (isFolder) this.folder(path, service ?? serviceOf(path));
    else if (service !== undefined && service !== "vpcflowlogs")
      this.leaveOut(`of another service (${service})`);
    else this.names.push(path);
  }
}

/**
 * Returns the files of paths: the file itself, all files below a folder, or the matches of a pattern if no file has that
 * name.
 * @throws InputError for a path that is not on this machine, with the command to copy it, and for folders and patterns
 * without files.
 */
export const sourcesOf = (paths: readonly string[]): Sources => {
  const walk = new Walk();
  for (const path of paths) {
    const elsewhere = ELSEWHERE.find(({ pattern }) => pattern.test(path));
    if (elsewhere) throw new InputError(`cannot read ${path}: ${elsewhere.how(path)}`);
    const before = walk.names.length;
    const stat = path === "-" ? undefined : statSync(path, { throwIfNoEntry: false });
    if (stat || path === "-" || !isPattern(path)) walk.take(path);
    else for (const found of filesMatching(path)) walk.take(found);
    if (walk.names.length > before) continue;
    const left = [...walk.leftOut]
      .map(([why, count]) => `; left out ${count} file${count === 1 ? "" : "s"} ${why}`)
      .join("");
    throw new InputError(
      `cannot read ${path}: ${stat ? "no flow log is in the folder" : "no file matches"}${left}`,
    );
  }
  return { names: walk.names, leftOut: walk.leftOut };
};
