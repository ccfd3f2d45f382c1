import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Returns the path of a folder of this project in the user's cache. */
const placeOf = (name: string) =>
  join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "flow-log-analytics", name);

/**
 * Returns a folder of the user's cache. A missing folder is filled under another name and then renamed, so an interrupted
 * run leaves no incomplete folder under this name.
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
