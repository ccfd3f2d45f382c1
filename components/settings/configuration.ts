import { suggestion } from "../../schema/nearest";

// A configuration value is text. One that cannot be parsed stays text, so that the component reports it together with all
// other mistakes.

/** Reads a number. */
export const numberIn = (text: string): unknown =>
  /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text;

/** Reads `true` or `false`. */
export const booleanIn = (text: string): unknown =>
  text === "true" || text === "false" ? text === "true" : text;

/** Reads JSON: Pulumi turns a structured value in YAML into it. */
export const objectIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** Reads names: JSON, or a text with spaces or commas between them. Returns undefined for a text without a name. */
export const namesIn = (text: string): unknown => {
  const names = text.trim();
  if (names === "" || names.startsWith("[")) return names === "" ? undefined : objectIn(names);
  return names.split(/[\s,]+/);
};

/** Returns the error for an unknown configuration key. */
export const unknownKey = (key: string, names: readonly string[]): string =>
  `there is no configuration value "${key}"${suggestion(key, names)}`;

/** Returns an error for each key of a project's configuration that is not one of `names`. */
export const unknownKeys = (keys: string[], project: string, names: readonly string[]): string[] =>
  keys
    .filter((key) => key.startsWith(`${project}:`))
    .map((key) => key.slice(project.length + 1))
    .filter((key) => !names.includes(key))
    .map((key) => unknownKey(key, names));
