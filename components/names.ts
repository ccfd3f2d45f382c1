import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

/** The first seven hexadecimal digits of a text's SHA-256. */
export const sevenDigits = (text: string): string =>
  createHash("sha256").update(text).digest("hex").slice(0, 7);

/**
 * Returns the prefix of the names of a component's children. It is the component's name if all resource types accept that.
 * Otherwise, as for `Edge_Flows` or a name of 60 letters, it is made legal and short, with seven digits that make it unique.
 */
export const childName = (name: string): string => {
  if (/^[a-z][a-z0-9-]{0,39}$/.test(name)) return name;
  const legal = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "");
  return `${legal.slice(0, 30).replace(/-$/, "") || "flows"}-${sevenDigits(name)}`;
};

const stackParts = (name: string) => [pulumi.getProject(), pulumi.getStack(), name];

/** Returns seven digits that are unique to the project, stack and component. */
const markOf = (name: string) => sevenDigits(JSON.stringify(stackParts(name)));

/**
 * Returns the physical name of a function or a stream, whose policies need it before the resource exists. Pulumi's own
 * names depend on the stack's `pulumi:autonaming`, so policies cannot rely on them.
 */
export const physicalName = (name: string, what: string): string => `${name}-${what}-${markOf(name)}`;

interface Rule {
  separator: string;
  /** Characters that keep the separators unambiguous: of a project, and of a stack or component. */
  project: RegExp;
  other: RegExp;
  legalize: (text: string) => string;
}

/**
 * Joins project, stack and component into a name that no other stack has. Seven digits follow if the join is ambiguous:
 * if a character other than a project's hyphen was replaced, or if the stack's or component's name may hold a separator.
 */
const joinedName = (name: string, { separator, project, other, legalize }: Rule) => {
  const parts = stackParts(name);
  const text = legalize(parts.join(separator));
  const isUnique = parts.every((part, n) => (n === 0 ? project : other).test(part));
  return isUnique ? text : `${text}${separator}${markOf(name)}`;
};

/** The Glue database's name, which needs no quotes in SQL: a small letter, then small letters, digits and `_`. */
export const databaseName = (name: string): string =>
  joinedName(name, {
    separator: "_",
    project: /^[a-z][a-z0-9-]*$/,
    other: /^[a-z0-9]+$/,
    legalize: (text) => {
      const legal = text.toLowerCase().replaceAll(/[^a-z0-9_]/g, "_");
      return /^[a-z]/.test(legal) ? legal : `flows_${legal}`;
    },
  });

/** The beginning of the dashboard's name: letters, digits, `-` and `_` (CloudWatch API). */
export const dashboardName = (name: string): string =>
  joinedName(name, {
    separator: "-",
    project: /^[A-Za-z0-9_-]+$/,
    other: /^[A-Za-z0-9_]+$/,
    legalize: (text) => text.replaceAll(/[^A-Za-z0-9_-]/g, "-"),
  });
