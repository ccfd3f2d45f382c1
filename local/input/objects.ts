import { makeMembers, PATHS } from "../../functions/members";
import { PRESETS } from "../../schema/fields";
import { type Layout, layoutFrom, TRANSIT_CATALOG } from "../../schema/layout";
import { fieldNamed } from "../../schema/names";
import type { Reading } from "./columns";
import { timeOf } from "./time";

type JsonObject = Record<string, unknown>;

const linesIn = makeMembers(PATHS);

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Paths to the list of lines in documents. */
const LISTS = ["events", "logEvents", "results"];

/** Returns the values of a document that is one JSON value: a list, or an object around one. */
export const listIn = (value: unknown): unknown[] | undefined => {
  if (Array.isArray(value)) return isFieldList(value) ? undefined : value;
  if (!isObject(value)) return undefined;
  const rows = isObject(value.ResultSet) ? value.ResultSet.Rows : undefined;
  return [rows, ...LISTS.map((name) => value[name])].find((list) => Array.isArray(list)) as
    | unknown[]
    | undefined;
};

/** Reads a row of `aws logs get-query-results`: a list of fields, each an object. */
const isFieldList = (value: unknown[]): boolean =>
  value.length > 0 &&
  value.every((field) => isObject(field) && typeof field.field === "string" && "value" in field);

/** Returns the cells of a row of `aws athena get-query-results`. */
export const cellsIn = (value: unknown): string[] | undefined => {
  if (!isObject(value) || !Array.isArray(value.Data)) return undefined;
  return value.Data.map((cell) => (isObject(cell) ? String(cell.VarCharValue ?? "") : ""));
};

const TIMES = ["timestamp", "@timestamp", "time", "_time"];

const loggedAt = (object: JsonObject): number | undefined => {
  for (const name of TIMES) {
    const time = timeOf(String(object[name] ?? ""));
    if (time !== undefined) return time;
  }
  return undefined;
};

/** Formats for an object's members: the smallest that has all of them is used. */
const FORMATS = [
  ...["default", "recommended", "all"].map((preset) => layoutFrom([...PRESETS[preset]])),
  layoutFrom(["all"], TRANSIT_CATALOG),
];

/** Fields that identify a flow: other objects have an action or a region too. */
const OF_FLOWS = ["srcaddr", "dstaddr", "interface-id", "pkt-srcaddr", "pkt-dstaddr", "tgw-attachment-id"];

/** Returns the line of an object whose members are mostly fields. */
const rowIn = (object: JsonObject, given?: Layout): Reading | undefined => {
  const values = new Map<string, unknown>();
  for (const [key, value] of Object.entries(object)) {
    const name = fieldNamed(key);
    if (name !== undefined) values.set(name, value);
  }
  const isFlow = OF_FLOWS.some((name) => values.has(name));
  if (!isFlow || values.size * 2 <= Object.keys(object).length) return undefined;
  const has = ({ fields }: Layout) => [...values.keys()].every((name) => fields.some((f) => f.name === name));
  const layout = [...(given ? [given] : []), ...FORMATS].find(has);
  if (!layout) return undefined;
  const tokens = layout.fields.map(({ name }) => values.get(name) ?? "-");
  const isPlain = tokens.every((token) => typeof token === "string" || typeof token === "number");
  return isPlain ? { text: tokens.join(" "), layout } : undefined;
};

/**
 * Returns the readings of a JSON value, the likeliest first: a line, an object around one, or a row. `given`: a format
 * for rows.
 */
export const readingsIn = (value: unknown, given?: Layout): Reading[] => {
  if (typeof value === "string") return [{ text: value.trimEnd() }];
  const object = Array.isArray(value)
    ? Object.fromEntries(value.map(({ field, value: text }) => [field, text]))
    : (value as JsonObject);
  const time = loggedAt(object);
  const row = rowIn(object, given);
  return [...linesIn(object).map((text) => ({ text, time })), ...(row ? [row] : [])];
};
