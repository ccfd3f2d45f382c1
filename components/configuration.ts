import { nearest } from "../schema/nearest";

/** Says why a configuration key that there is not will not do. */
export const unknownKey = (key: string, names: readonly string[]): string =>
  `there is no configuration value "${key}"; did you mean "${nearest(key, names)}"?`;

/** Says what is wrong with each key of a project's configuration that is not one of `names`. */
export const unknownKeys = (keys: string[], project: string, names: readonly string[]): string[] =>
  keys
    .filter((key) => key.startsWith(`${project}:`))
    .map((key) => key.slice(project.length + 1))
    .filter((key) => !names.includes(key))
    .map((key) => unknownKey(key, names));
