import { InvalidArgumentError } from "commander";

/** Wrong use of a command: exit code 2. */
export class UsageError extends Error {}

/** Gathers name=value pairs, for an option that may be given again. */
export const pairs = (pair: string, all: Record<string, string> = {}): Record<string, string> => {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
  if (name === undefined) throw new InvalidArgumentError(`Give name=value instead of "${pair}".`);
  return { ...all, [name]: value };
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

/** Reads a number above 0, for an option. */
export const positiveNumber = (text: string): number => {
  if (/^\d{1,15}(\.\d{1,15})?$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError(`Give a number above 0 instead of "${text}".`);
};
