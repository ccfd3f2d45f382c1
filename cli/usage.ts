import { InvalidArgumentError } from "commander";

/** A command that was called in a way that it does not have: exit 2. */
export class UsageError extends Error {}

/** The folder of a run's lake, unless --lake names another. */
export const DEFAULT_LAKE = "lake";

/** Gathers name=value pairs, for an option that may be given again. */
export const pairs = (pair: string, all: Record<string, string> = {}): Record<string, string> => {
  const parts = /^(\w+)=(.*)$/s.exec(pair);
  if (!parts) throw new InvalidArgumentError(`Give name=value instead of "${pair}".`);
  return { ...all, [parts[1]]: parts[2] };
};

/** Reads a whole number from `least` to `most`, for an option. */
export const wholeNumber =
  (least: number, most = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`;
    throw new InvalidArgumentError(`Give a whole number ${range} instead of "${text}".`);
  };
