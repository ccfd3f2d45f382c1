import { setTimeout as pause } from "node:timers/promises";
import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { Lake } from "./lake/lake";

const EVERY_MS = 1000;

/** Tells a page when the lake has other files than before, so that it shows them. */
export const changesOf = (c: Context, lake: Lake) =>
  streamSSE(c, async (out) => {
    let seen = lake.version;
    while (!out.aborted && !out.closed) {
      await pause(EVERY_MS);
      const { version } = lake;
      if (version === seen) continue;
      seen = version;
      await lake.refresh();
      await out.writeSSE({ event: "changed", data: String(lake.newest) });
    }
  });
