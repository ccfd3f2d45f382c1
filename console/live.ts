import { setTimeout as pause } from "node:timers/promises";
import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { Lake } from "./lake/lake";

const EVERY_MS = 1000;

/** Returns the state of the lake's files if it has changed. Tries again if the lake cannot be read, for example while a run replaces it. */
const changed = async (lake: Lake, before: string): Promise<string | undefined> => {
  try {
    const { version } = lake;
    if (version === before) return undefined;
    await lake.refresh();
    return version;
  } catch {
    return undefined;
  }
};

/** Notifies a page when the lake's files have changed. */
export const changesOf = (c: Context, lake: Lake) =>
  streamSSE(c, async (out) => {
    let seen = lake.version;
    while (!out.aborted && !out.closed) {
      await pause(EVERY_MS);
      const version = await changed(lake, seen);
      if (version === undefined) continue;
      seen = version;
      await out.writeSSE({ event: "changed", data: String(lake.newest) });
    }
  });
