import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where a folder of this project is in the user's cache. */
const placeOf = (name: string) =>
  join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "flow-log-analytics", name);

/**
 * Returns a folder of the user's cache. If it is not there yet, it is filled under another name first, so that one that
 * was cut short is never taken for whole.
 */
export const cached = (name: string, fill: (folder: string) => void): string => {
  const place = placeOf(name);
  if (existsSync(place)) return place;
  mkdirSync(join(place, ".."), { recursive: true });
  const work = mkdtempSync(`${place}-`);
  try {
    fill(work);
    if (!existsSync(place)) renameSync(work, place);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return place;
};
