import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../../schema/problem";

export type { Problem };

/** Maximum length of a value in a message. */
const SHOWN = 300;

/** Returns the name of an object's built-in class, such as `Map` or `Date`; `Object` or `Array` for all others. */
export const builtIn = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

/** Returns a short text for an object that JSON cannot show, or would show in hundreds of lines. */
const standIn = (value: object, outer: readonly object[]): string | undefined => {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return "<known later>";
  if (pulumi.Resource.isInstance(value)) return `<the resource ${Reflect.get(value, "__name")}, not its id>`;
  if (outer.includes(value)) return "<itself>";
  return ["Object", "Array"].includes(builtIn(value)) ? undefined : `<a ${builtIn(value)}>`;
};

/** Returns the value in a form that JSON can show. */
export const shown = (value: unknown, outer: readonly object[] = []): unknown => {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null) return value;
  const known = standIn(value, outer);
  if (known !== undefined) return known;
  const inside = [...outer, value];
  if (Array.isArray(value)) return value.map((item) => shown(item, inside));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shown(inner, inside)]));
};

/** Returns a value as text for a message. */
export const show = (value: unknown): string => {
  const plain = shown(value);
  if (typeof value === "number" || typeof value === "bigint") return String(plain);
  const text = JSON.stringify(plain) ?? String(value);
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}… (${text.length} characters)`;
};

/** Pulumi shows an InputPropertiesError's message but not its reasons, so the message has them too. */
export const argumentsError = (name: string, reasons: Problem[]) => {
  const width = Math.max(...reasons.map((r) => r.propertyPath.length));
  const count = reasons.length === 1 ? "1 argument needs" : `${reasons.length} arguments need`;
  const lines = reasons.map((r) => `  ${r.propertyPath.padEnd(width)}  ${r.reason}`);
  return new pulumi.InputPropertiesError({
    message: [`FlowLogAnalytics ${show(name)}: ${count} attention`, ...lines].join("\n"),
    errors: reasons,
  });
};
