import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { traffic } from "../local/traffic";
import type { Layout } from "../schema/layout";

const FLOWLOGS = join(__dirname, "../cli/flowlogs.js");

/** Lines of a file: about an hour of the synthetic network. */
const LINES_A_FILE = 50_000;

/** Gzip's fast level, which log writers use. */
const GZIP = { level: 6 };

/** Folders with the same lines in three forms. */
export interface Forms {
  text: string;
  json: string;
  lake: string;
}

export const formsIn = (dir: string): Forms => ({
  text: join(dir, "text"),
  json: join(dir, "json"),
  lake: join(dir, "lake"),
});

/** Returns all files below a folder, in order. */
export const filesIn = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

export const bytesOf = (files: string[]): number => files.reduce((sum, file) => sum + statSync(file).size, 0);

function* pieces(header: string, lines: Iterator<string>, limit: number): Generator<string> {
  let piece = `${header}\n`;
  for (let count = 0; count < limit; count++) {
    const { value, done } = lines.next();
    if (done) break;
    piece += `${value}\n`;
    if (piece.length < 65_536) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}

/** Writes the made-up shop's lines in gzip files with a header, like flow logs in S3. */
export const writeText = async (dir: string, lines: number, days: number, layout: Layout): Promise<void> => {
  mkdirSync(dir, { recursive: true });
  const from = Date.UTC(2026, 0, 15) / 1000;
  const all = traffic({ lines, seed: 1, from, days, layout })[Symbol.iterator]();
  const header = layout.fields.map(({ name }) => name).join(" ");
  for (let written = 0; written < lines; written += LINES_A_FILE) {
    const file = join(dir, `${String(written / LINES_A_FILE).padStart(4, "0")}.log.gz`);
    const source = Readable.from(pieces(header, all, Math.min(LINES_A_FILE, lines - written)));
    await pipeline(source, createGzip(GZIP), createWriteStream(file));
  }
};

const flowlogs = (args: string[], out: "ignore" | "pipe") => {
  const child = spawn(process.execPath, [FLOWLOGS, ...args], { stdio: ["ignore", out, "ignore"] });
  const ended = once(child, "close").then(([code]) => {
    if (code !== 0) throw new Error(`flowlogs ${args[0]} ended with ${code}`);
  });
  return { child, ended };
};

/** Writes the same lines as JSON objects without NULLs, in gzip: the form of a stream without conversion. */
export const writeJson = async (dir: string, text: string[]): Promise<void> => {
  mkdirSync(dir, { recursive: true });
  for (const [i, file] of text.entries()) {
    const { child, ended } = flowlogs(["parse", file], "pipe");
    const target = join(dir, `${String(i).padStart(4, "0")}.json.gz`);
    await Promise.all([
      pipeline(child.stdout as Readable, createGzip(GZIP), createWriteStream(target)),
      ended,
    ]);
  }
};

/** Sends the same lines through the whole stack, to Parquet by hour. */
export const writeLake = (dir: string, text: string[]): Promise<void> =>
  flowlogs(["run", "--lake", dir, "-c", "fields=recommended", ...text], "ignore").ended;
