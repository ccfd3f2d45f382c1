import { UnknownValueError } from "@pulumi/policy";

// A rule gets properties without types, and in preview some of them have no value yet. Rules read the plain copy
// made here, so that an unknown value is something to compare with instead of an exception in the middle of a rule.

/** Stands for a value that preview cannot know, such as the ARN of a key that is yet to be created. */
export const UNKNOWN = Symbol("unknown until the update");

export type Fields = Record<string, unknown>;

/** Key of the place where the rules that judge one resource share the plain copy of its properties. */
export const SHARED = Symbol("what the rules share about a resource");

/** A plain copy of a resource's properties with UNKNOWN for what preview does not know. Rules must not change it. */
export function properties({ props }: { props: Fields & { [SHARED]?: { copy?: Fields } } }): Fields {
  const shared = props[SHARED];
  if (!shared) return fields(reveal(props));
  shared.copy ??= fields(reveal(props));
  return shared.copy;
}

/** True for true and for "true": the provider takes both, and YAML programs and configuration values give text. */
export const isTrue = (value: unknown): boolean =>
  value === true || (typeof value === "string" && value.toLowerCase() === "true");

/** True for false and for "false"; a value left out is neither. */
export const isFalse = (value: unknown): boolean =>
  value === false || (typeof value === "string" && value.toLowerCase() === "false");

/** The value itself when it is an object, else an empty one. */
export const fields = (value: unknown): Fields => (isFields(value) ? value : {});

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Returns one value or many as a list. Policy documents and provider schemas allow both in the same place. */
export const list = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

/** The strings among one or many values; UNKNOWN is left out, it cannot be compared with anything. */
export const strings = (value: unknown): string[] => list(value).filter((item) => typeof item === "string");

/** The values at the end of a path such as `accessLogs.bucket`, of which every part may be one or many. */
export const valuesAt = (props: Fields, path: string): unknown[] => {
  const [first, ...rest] = path.split(".");
  const found = list(props[first]);
  return rest.length === 0
    ? found
    : found.flatMap((each) => (each === UNKNOWN ? [UNKNOWN] : valuesAt(fields(each), rest.join("."))));
};

/** True if preview hides anything, down to a depth that no schema and no policy document has. */
export const hidesSomething = (value: unknown): boolean => hidesWithin(value, 100);

function hidesWithin(value: unknown, depth: number): boolean {
  if (value === UNKNOWN) return true;
  if (typeof value !== "object" || value === null || depth === 0) return false;
  return Object.values(value).some((item) => hidesWithin(item, depth - 1));
}

function reveal(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from(value.keys(), (index) => peek(() => value[index]));
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.keys(value).map((key) => [key, peek(() => value[key])]));
}

function peek(read: () => unknown): unknown {
  try {
    return reveal(read());
  } catch (error) {
    if (error instanceof UnknownValueError) return UNKNOWN;
    throw error;
  }
}
