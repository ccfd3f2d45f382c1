import type { FC } from "hono/jsx";
import { utc } from "./numbers";

/** A moment: in UTC as it comes from here, in the viewer's zone by the page's script, if they choose so. */
export const Time: FC<{ at: number }> = ({ at }) => (
  <time datetime={new Date(at * 1000).toISOString()}>{utc(at)}</time>
);
