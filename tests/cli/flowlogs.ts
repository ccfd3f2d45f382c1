import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

export const BIN = join(__dirname, "../../cli/flowlogs.js");
export const SAMPLES = join(__dirname, "../samples");

/** A working folder, which is deleted after the tests of the file. */
export const workFolder = (): string => {
  const dir = mkdtempSync(join(tmpdir(), "flowlogs-"));
  after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

/** Joins the chunks of an output. */
export const textOf = async (texts: AsyncIterable<string>): Promise<string> => {
  let all = "";
  for await (const text of texts) all += text;
  return all;
};

/** Runs the command as a person would, in a folder of its own. */
export const flowlogs = (cwd: string, args: string[], input: string | Buffer = ""): Promise<Outcome> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [BIN, ...args], { cwd });
    const [stdout, stderr]: Buffer[][] = [[], []];
    child.stdout.on("data", (chunk) => stdout.push(chunk));
    child.stderr.on("data", (chunk) => stderr.push(chunk));
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    const text = (chunks: Buffer[]) => Buffer.concat(chunks).toString("utf8");
    child.on("close", (code) => resolve({ code, stdout: text(stdout), stderr: text(stderr) }));
  });
