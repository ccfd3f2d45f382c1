import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import { isFields } from "./reading/properties";
import { quote } from "./reading/quoting";

// The part of JSON Schema that the options of rules are written in.

type Schema = PolicyConfigJSONSchema;

const TYPES: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  number: (value) => typeof value === "number" && Number.isFinite(value),
  integer: (value) => Number.isSafeInteger(value),
  array: Array.isArray,
  object: isFields,
};

/** Each keyword's complaint about a value of the type that it is for; undefined when it has none. */
const KEYWORDS: Record<string, (value: unknown, limit: never) => string | undefined> = {
  enum: (value, allowed: unknown[]) =>
    allowed.includes(value) ? undefined : `must be one of ${allowed.join(", ")}`,
  minimum: (value, least: number) => (Number(value) < least ? `must be ${least} or more` : undefined),
  maximum: (value, most: number) => (Number(value) > most ? `must be ${most} or less` : undefined),
  minLength: (value, least: number) =>
    String(value).length < least ? `must have ${least} characters or more` : undefined,
  maxLength: (value, most: number) =>
    String(value).length > most ? `must have ${most} characters or fewer` : undefined,
  pattern: (value, pattern: string) =>
    new RegExp(pattern, "u").test(String(value)) ? undefined : `must match ${pattern}`,
  minItems: (value, least: number) =>
    sizeOf(value) < least ? `must have ${least} items or more` : undefined,
  maxItems: (value, most: number) => (sizeOf(value) > most ? `must have ${most} items or fewer` : undefined),
  maxProperties: (value, most: number) =>
    sizeOf(value) > most ? `must have ${most} properties or fewer` : undefined,
  uniqueItems: (value, wanted: boolean) =>
    wanted && new Set((value as unknown[]).map((item) => JSON.stringify(item))).size < sizeOf(value)
      ? "must not name anything twice"
      : undefined,
};

/** These say something about what is inside a value, or nothing about it. */
const OTHERS = ["type", "items", "additionalProperties", "description", "default"];

export const isKnownKeyword = (keyword: string): boolean =>
  Object.hasOwn(KEYWORDS, keyword) || OTHERS.includes(keyword);

const sizeOf = (value: unknown): number => Object.keys(value as object).length;

const article = (type: string) => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);

/** Returns the problems of a value, as clauses such as `maximumDays must be 3653 or less, not 4000`. */
export function schemaProblems(schema: Schema, value: unknown, path: string): string[] {
  const { type, items, additionalProperties } = schema;
  if (typeof type === "string" && !TYPES[type]?.(value))
    return [`${path} must be ${article(type)}, not ${shown(value)}`];
  const problems = Object.entries(schema).flatMap(([keyword, limit]) => {
    const problem = Object.hasOwn(KEYWORDS, keyword) ? KEYWORDS[keyword](value, limit as never) : undefined;
    return problem ? [`${path} ${problem}, not ${shown(value)}`] : [];
  });
  const inside = Array.isArray(value) ? items : additionalProperties;
  if (!isFields(inside) || typeof value !== "object" || value === null) return problems;
  const name = (key: string) => (Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`);
  return [
    ...problems,
    ...Object.entries(value).flatMap(([key, item]) => schemaProblems(inside, item, name(key))),
  ];
}

const shown = (value: unknown): string => {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return isFields(value) ? "an object" : value === null ? "null" : quote(value);
};
