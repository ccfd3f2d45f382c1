import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ProgramError } from "../declared";
import { UNKNOWN } from "./values";

/** Functions that a program calls with a value that is known. */
const FUNCTIONS: Record<string, (argument: never, dir: string) => unknown> = {
  join: ([separator, values]: [string, unknown[]]) => values.join(separator),
  split: ([separator, text]: [string, string]) => text.split(separator),
  select: ([index, values]: [number, unknown[]]) => values[index],
  toJSON: (value: unknown) => JSON.stringify(value),
  toBase64: (text: string) => Buffer.from(text).toString("base64"),
  fromBase64: (text: string) => Buffer.from(text, "base64").toString("utf8"),
  secret: (value: unknown) => value,
  readFile: (path: string, dir: string) => readFileSync(resolve(dir, path), "utf8"),
};

const hasUnknown = (value: unknown): boolean =>
  value === UNKNOWN || (typeof value === "object" && value !== null && Object.values(value).some(hasUnknown));

/** Calls a function of Pulumi's YAML, by its name without `fn::`. */
export const callFunction = (name: string, argument: unknown, dir: string): unknown => {
  if (!Object.hasOwn(FUNCTIONS, name))
    throw new ProgramError(
      `flowlogs does not know fn::${name}; it knows fn::invoke, ${Object.keys(FUNCTIONS)
        .map((each) => `fn::${each}`)
        .join(", ")}`,
    );
  return hasUnknown(argument) ? UNKNOWN : FUNCTIONS[name](argument as never, dir);
};
