import { LATE_HOURS } from "../../queries";

/** A window, and the hours after its end in which lines may arrive to be read. */
export interface FlowWindow {
  from: number;
  to: number;
  late: number;
}

/** Rows of a window that are not read because they arrived too late. */
export interface LeftOut {
  rows: number;
  /** Value of the parameter `late` that includes them. */
  late: number;
}

const plural = (count: number, noun: string) =>
  `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

const endText = (to: number, now: number) => {
  if (to > now) return "after now";
  const minutes = Math.floor((now - to) / 60);
  return minutes === 0 ? "now" : `${plural(minutes, "minute")} before now`;
};

/**
 * Returns a note if the window ends so late that rows may still arrive. `arrivals` is the end of the last hour with
 * arrivals, if known: a lake without arrivals for longer than lines take gets no more.
 */
export const stillComing = (
  to: number,
  now: number,
  arrivals = Number.POSITIVE_INFINITY,
): string | undefined => {
  const complete = now - LATE_HOURS * 3600;
  if (to <= complete || arrivals <= complete) return undefined;
  const until = new Date(complete * 1000).toISOString().slice(0, 16);
  return `rows of this window may still come: it ends ${endText(to, now)}, and lines arrive up to ${plural(LATE_HOURS, "hour")} after their flow; --to ${until} ends it where nearly all are there`;
};

/** Returns a note on rows that arrived too late to be read, with the option that includes them. */
export const cameTooLate = ({ late }: FlowWindow, leftOut: LeftOut): string =>
  `${plural(leftOut.rows, "row")} of this window arrived more than ${plural(late, "hour")} after its end and ${leftOut.rows === 1 ? "is" : "are"} not in the answer; -p late=${leftOut.late} reads further`;
