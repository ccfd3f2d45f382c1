import { LATE_HOURS } from "../../queries";

/** Flows that began in a window, and hours after its end by which their lines may have arrived to be read. */
export interface FlowWindow {
  from: number;
  to: number;
  late: number;
}

/** Rows of a window that are not read, because they arrived too late. */
export interface LeftOut {
  rows: number;
  /** The hours that would have them read. */
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
 * Says that rows of a window may still come, if it ends so late that they may. `arrivals`: the end of the last hour in
 * which anything arrived, where that is known; nothing comes to a lake that has been quiet for longer than lines take.
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

/** Says that rows of a window came too late to be read, and how to have them read. */
export const cameTooLate = ({ late }: FlowWindow, leftOut: LeftOut): string =>
  `${plural(leftOut.rows, "row")} of this window arrived more than ${plural(late, "hour")} after its end and ${leftOut.rows === 1 ? "is" : "are"} not in the answer; -p late=${leftOut.late} reads further`;
