import { setTimeout as pause } from "node:timers/promises";
import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { Lake } from "./lake/lake";

const EVERY_MS = 1000;

/** Notifies a page when the lake's files have changed. */
export const changesOf = (c: Context, lake: Lake) =>
  streamSSE(c, async (out) => {
    let seen = await lake.look();
    while (!out.aborted && !out.closed) {
      await pause(EVERY_MS);
      // A lake that cannot be read now, for example while a run replaces it, is looked at again.
      const now = await lake.look().catch(() => seen);
      if (now === seen) continue;
      seen = now;
      await out.writeSSE({ event: "changed", data: String(lake.newest) });
    }
  });
