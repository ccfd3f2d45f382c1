import { InvalidArgumentError } from "commander";

/** A command that was called in a way that it does not have: exit 2. */
export class UsageError extends Error {}

/** The folder of a run's lake, unless --lake names another. */
export const DEFAULT_LAKE = "lake";

/** Reads a whole number of at least `least`, for an option. */
export const wholeNumber = (least: number) => (text: string) => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
    throw new InvalidArgumentError(`It must be a whole number of at least ${least}.`);
  }
  return value;
};
