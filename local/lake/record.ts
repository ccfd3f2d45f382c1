import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LakeFolder } from "./folder";

/** An input whose lines are in a lake. */
export interface AddedInput {
  /** Hash of its content, without gzip. */
  sha256: string;
  name: string;
  lines: number;
  /** Time at which it was added, in ISO 8601. */
  added: string;
}

/** A run's record: the inputs and the objects that it added to a lake. */
export interface AddedRun {
  inputs: AddedInput[];
  /** Objects with rows. */
  files: number;
  /** True for the made-up day, which the next one may replace. */
  isMadeUp: boolean;
}

/** Prefix of the records in a lake, one object a run. */
const PREFIX = "inputs";

/** Reads the records of a lake, the oldest first. */
export const addedTo = (lake: string): AddedRun[] => {
  const dir = join(lake, PREFIX);
  const names = existsSync(dir) ? readdirSync(dir).filter((name) => name.endsWith(".json")) : [];
  return names.sort().map((name) => JSON.parse(readFileSync(join(dir, name), "utf8")));
};

/** Returns the inputs of a lake, by the hash of their content. */
export const inputsIn = (lake: string): Map<string, AddedInput> =>
  new Map(addedTo(lake).flatMap(({ inputs }) => inputs.map((input) => [input.sha256, input] as const)));

/** Puts a run's record into a lake, where it becomes visible with the rows. */
export const record = (lake: LakeFolder, run: AddedRun, now: Date): void => {
  const name = `${now.toISOString().replaceAll(/[:.]/g, "-")}-${randomUUID()}.json`;
  const file = lake.scratch(name);
  writeFileSync(file, JSON.stringify(run));
  lake.put(`${PREFIX}/${name}`, file);
};

/** True if a lake holds only the made-up day, or nothing. */
export const isMadeUp = (lake: string): boolean => {
  const runs = addedTo(lake);
  const entries = existsSync(lake) ? readdirSync(lake, { recursive: true }) : [];
  const files = entries.filter((name) => String(name).endsWith(".parquet")).length;
  return runs.every((run) => run.isMadeUp) && files === runs.reduce((sum, run) => sum + run.files, 0);
};
