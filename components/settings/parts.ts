import * as pulumi from "@pulumi/pulumi";
import { suggestion } from "../../schema/nearest";
import { isLater } from "./later";
import { builtIn, type Problem, show } from "./problems";

/** Returns the reason for refusing an unknown name. */
export const unknownName = (name: string, names: readonly string[]): string =>
  `unknown argument${suggestion(name, names)}`;

/** True for a plain object, no output or resource. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" &&
  value !== null &&
  !isLater(value) &&
  !pulumi.Resource.isInstance(value) &&
  builtIn(value) === "Object";

/**
 * Returns an argument that is an object, or undefined if it is something else. Reports that, and every member whose name is
 * not one of `names`. An empty path stands for all arguments.
 */
export const partsOf = <T extends object>(
  given: T | undefined,
  path: string,
  names: readonly string[],
  problems: Problem[],
): Partial<T> | undefined => {
  if (given === undefined) return undefined;
  if (!isObject(given)) {
    const reason = `must be an object with ${names.join(", ")}; got ${show(given)}`;
    problems.push({ propertyPath: path || "args", reason });
    return undefined;
  }
  for (const name of Object.keys(given).filter((name) => !names.includes(name))) {
    const propertyPath = path ? `${path}.${name}` : name;
    problems.push({ propertyPath, reason: unknownName(name, names) });
  }
  return given;
};
