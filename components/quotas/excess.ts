import { QUOTAS } from ".";
import type { Quota } from "./quota";

type Inputs = Record<string, unknown>;

const isObject = (value: unknown): value is Inputs =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Returns the values at a path in a resource's inputs. */
const valuesAt = (value: unknown, path: string): unknown[] => {
  if (path === "") return value === undefined || value === null ? [] : [value];
  const [, step, rest] = /^(\[\]|\{\}|\{key\}|\.?[^.[{]+)(.*)$/.exec(path) ?? [];
  if (step === undefined) return [];
  if (step === "[]") return Array.isArray(value) ? value.flatMap((item) => valuesAt(item, rest)) : [];
  if (!isObject(value)) return [];
  if (step === "{key}") return Object.keys(value);
  if (step === "{}") return Object.values(value).flatMap((item) => valuesAt(item, rest));
  return valuesAt(value[step.replace(/^\./, "")], rest);
};

/** Returns the number of metrics of each widget of a dashboard. */
const widgetsOf = (body: unknown): number[] => {
  const { widgets } = JSON.parse(String(body)) as { widgets: { properties: { metrics?: unknown[] } }[] };
  return widgets.map(({ properties }) => properties.metrics?.length ?? 0);
};

const bytes = (value: unknown) =>
  Buffer.byteLength(typeof value === "string" ? value : JSON.stringify(value));

/**
 * Counts the units of a limit in a value; undefined for a limit over several resources, which local/program/limits.ts
 * counts.
 */
const amountOf = (value: unknown, { counted }: Quota): number | undefined => {
  switch (counted) {
    case "characters":
      return String(value).length;
    // Counts one policy. local/program/limits.ts adds up those of a role.
    case "characters together":
      return String(value).replaceAll(/\s/g, "").length;
    case "bytes":
      return bytes(value);
    case "items":
      return Object.keys(value as object).length;
    case "value":
      return Number(value);
    case "widgets":
      return widgetsOf(value).length;
    case "metrics":
      return widgetsOf(value).reduce((sum, metrics) => sum + metrics, 0);
    case "metrics of a widget":
      return Math.max(...widgetsOf(value));
    default:
      return undefined;
  }
};

const sentence = (name: string, { property, counted, least, most, source }: Quota, amount: number) => {
  const what = counted === "value" ? "" : ` ${counted}`;
  return `${name}: ${property} has ${amount}${what}, and AWS takes ${least} to ${most} (${source})`;
};

/** Returns a sentence for each property of a resource that exceeds a limit of AWS. */
export const excessesOf = (type: string, name: string, inputs: Inputs): string[] =>
  QUOTAS.filter((quota) => quota.type === type).flatMap((quota) =>
    valuesAt(inputs, quota.property).flatMap((value) => {
      const amount = amountOf(value, quota);
      const fits = amount === undefined || (amount >= quota.least && amount <= quota.most);
      return fits ? [] : [sentence(name, quota, amount)];
    }),
  );
