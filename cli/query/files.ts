import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { TableDefinition } from "../../local/athena/definition";

/** A partition of the lake: a folder with the rows that arrived in one hour. */
export interface Partition {
  /** Values of the partition columns, in their order: year, month, day, hour. */
  values: string[];
  files: { path: string; bytes: number }[];
}

const filesIn = (dir: string) =>
  readdirSync(dir)
    .filter((name) => name.endsWith(".parquet"))
    .map((name) => ({ path: join(dir, name), bytes: statSync(join(dir, name)).size }));

/** Reads `2026` from a folder `year=2026` for the template `year=${year}`; undefined if the name does not match. */
const valueIn = (segment: string, name: string): string | undefined => {
  const [before, after] = segment.split(/\$\{\w+\}/);
  const fits = name.startsWith(before) && name.endsWith(after) && name.length > before.length + after.length;
  return fits ? name.slice(before.length, name.length - after.length) : undefined;
};

const walk = (dir: string, segments: string[], values: string[]): Partition[] => {
  if (!existsSync(dir)) return [];
  const [segment, ...rest] = segments;
  if (segment === undefined) return [{ values, files: filesIn(dir) }];
  if (!segment.includes("${")) return walk(join(dir, segment), rest, values);
  return readdirSync(dir).flatMap((name) => {
    const value = valueIn(segment, name);
    return value === undefined ? [] : walk(join(dir, name), rest, [...values, value]);
  });
};

/** Returns the partitions of a lake, the oldest first. */
export const partitionsOf = (lake: string, { template }: TableDefinition): Partition[] =>
  walk(
    lake,
    template.split("/").filter((segment) => segment !== ""),
    [],
  )
    .filter(({ files }) => files.length > 0)
    .sort((a, b) => (a.values.join() < b.values.join() ? -1 : 1));

/** Returns the start of a partition's hour, in epoch seconds. */
export const hourOf = ({ values }: Partition): number => {
  const [year, month, day, hour] = values.map(Number);
  return Date.UTC(year, month - 1, day, hour) / 1000;
};
