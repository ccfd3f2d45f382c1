import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SubscriptionEvent } from "../../functions/decode";
import { LocalAthena } from "../../local/athena";
import type { InputLine } from "../../local/input";
import { Pipeline } from "../../local/pipeline";
import { Replay } from "../../local/replay";

/** A folder for lakes, which goes with the tests of the file. */
export const lakesFolder = (): string => {
  const dir = mkdtempSync(join(tmpdir(), "lakes-"));
  after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

/** Returns the rows of a query on a lake, with whole numbers as text, since they have no limit. */
export const ask = async (lake: string, sql: string): Promise<unknown[][]> => {
  const athena = await LocalAthena.open(lake);
  try {
    const { rows } = await athena.ask(sql);
    return rows.map((row) => row.map((value) => (typeof value === "bigint" ? String(value) : value)));
  } finally {
    athena.close();
  }
};

/**
 * Objects that AWS keeps after a failure: the event, if the function failed on it, or the record, if Firehose could not
 * process it.
 */
interface Kept {
  requestPayload: SubscriptionEvent;
  rawData: string;
  lambdaArn: string;
  arrivalTimestamp: number;
  attemptEndingTimestamp: number;
  [more: string]: unknown;
}

/** Reads the objects below a prefix, line by line, as JSON. */
export const kept = (lake: string, prefix: string): Kept[] =>
  readdirSync(lake, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && join(entry.parentPath, entry.name).startsWith(join(lake, prefix)))
    .flatMap((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8").trimEnd().split("\n"))
    .map((line) => JSON.parse(line));

/** Runs the stack on lines, and gives its figures. */
export const runLines = async (
  config: Record<string, string>,
  lakeDir: string,
  lines: Iterable<InputLine>,
) => {
  const pipeline = await Pipeline.open({ stack: "dev", config, lakeDir, replace: false });
  try {
    const replay = new Replay(Date.UTC(2026, 0, 1));
    for (const line of lines) for (const batch of replay.add(line)) await pipeline.send(batch);
    for (const batch of replay.rest()) await pipeline.send(batch);
    const ended = await pipeline.finish();
    return { ...ended, fits: pipeline.fits() };
  } finally {
    await pipeline.close();
  }
};
