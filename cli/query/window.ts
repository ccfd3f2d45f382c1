import { InvalidArgumentError } from "commander";
import { EVERYTHING } from "../../queries";
import { UsageError } from "../usage";

/** A window of time in epoch seconds, without its end. */
export interface Window {
  from: number;
  to: number;
  /** Hours by which a line may arrive after its flow, if not the default. */
  late?: number;
}

export interface WindowOptions {
  hours?: number;
  from?: number;
  to?: number;
  all?: boolean;
}

/** Returns the default end of windows. */
export interface Latest {
  to: number;
  late?: number;
}

const DEFAULT_HOURS = 24;

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?)(Z|[+-]\d{2}:\d{2})?|Z)?$/;

/** Reads a moment for an option: epoch seconds, or a date with or without a time, in UTC unless a zone is given. */
export const moment = (text: string): number => {
  if (/^\d{9,11}$/.test(text)) return Number(text);
  const [, day, time = "00:00", zone = "Z"] = ISO.exec(text) ?? [];
  const at = Date.parse(`${day}T${time}${zone}`);
  // JavaScript would read February 30 as a day of March.
  const exists = Number(new Date(`${day}T00:00Z`).toJSON()?.slice(8, 10)) === Number(day?.slice(8));
  if (exists && at >= 0) return Math.floor(at / 1000);
  throw new InvalidArgumentError(
    `Give a date such as 2026-01-15, a time such as 2026-01-15T10:30, or epoch seconds instead of "${text}".`,
  );
};

const check = ({ hours, from, to, all }: WindowOptions) => {
  if (all && (hours ?? from ?? to) !== undefined) {
    throw new UsageError("--all leaves nothing out: give it without --hours, --from and --to");
  }
  if (hours !== undefined && from !== undefined && to !== undefined) {
    throw new UsageError("--from, --to and --hours together contradict each other; give two of them");
  }
  if (from !== undefined && to !== undefined && from >= to) {
    throw new UsageError("the window is empty: --from must be before --to");
  }
};

/** Returns the requested window. It calls `latest` only if the window has no other end. */
export const windowOf = async (options: WindowOptions, latest: () => Promise<Latest>): Promise<Window> => {
  check(options);
  if (options.all) return EVERYTHING;
  const { from, to } = options;
  const seconds = (options.hours ?? DEFAULT_HOURS) * 3600;
  if (to !== undefined) return { from: from ?? to - seconds, to };
  if (from !== undefined && options.hours !== undefined) return { from, to: from + seconds };
  const end = await latest();
  return { ...end, from: from ?? end.to - seconds };
};
