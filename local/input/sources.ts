import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { TABLE_KEY } from "../lake/folder";
import { InputError } from "./error";
import { filesMatching, isPattern } from "./glob";

/** The files that paths stand for, and how many files of folders were left out, by the reason. */
export interface Sources {
  names: string[];
  leftOut: Map<string, number>;
}

/** Says how an object of S3, or all below a prefix, is read. */
const fromS3 = (url: string) =>
  /\.\w+$/.test(url.replace(/^s3:\/\/[^/]*/, ""))
    ? `it is in S3; read it with: aws s3 cp ${url} - | flowlogs run -`
    : `it is in S3; copy it here first: aws s3 sync ${url} flow-logs && flowlogs run flow-logs`;

/** A place that is not on this machine, and how its logs are read. */
interface Elsewhere {
  pattern: RegExp;
  /** Its form, for people. */
  example: string;
  how: (path: string) => string;
}

/** Places that are refused, with the way to have them here. */
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

/** Paths that are read, for people, in the order in which they are recognised. */
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

/** Names of files and folders that hold no flow logs, and why. */
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

  /** Takes a file, or all that is below a folder. */
  take(path: string): void {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) this.folder(path);
    else this.names.push(path);
  }

  /** Takes every file below a folder, in order. */
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
 * The files that paths stand for: themselves, all below a folder, or what matches a pattern where no file is called so.
 * @throws InputError for what is not on this machine, with how it gets here, and for folders and patterns of nothing.
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
