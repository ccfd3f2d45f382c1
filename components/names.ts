import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

/** The first seven hexadecimal digits of a text's SHA-256. */
export const sevenDigits = (text: string): string =>
  createHash("sha256").update(text).digest("hex").slice(0, 7);

/**
 * The name that a component's children begin with. It is the component's own where every resource can have it. Another one,
 * such as `Edge_Flows` or one of 60 letters, is made legal and short, and seven digits tell it from others.
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

/** Seven digits that tell a component from those of other projects and stacks. */
const markOf = (name: string) => sevenDigits(JSON.stringify(stackParts(name)));

/**
 * The name in AWS of a resource that a policy must know before the resource exists: a function, a stream. Pulumi's
 * own names depend on the stack's `pulumi:autonaming`, so a policy cannot rely on them.
 */
export const physicalName = (name: string, what: string): string => `${name}-${what}-${markOf(name)}`;

interface Rule {
  separator: string;
  /** Projects that the separators do not make ambiguous, and stacks and components. */
  project: RegExp;
  other: RegExp;
  legalize: (text: string) => string;
}

/**
 * Project, stack and component in one name that no other stack has: the three with separators between. Seven more
 * digits follow where the three cannot be read back from it: where another character than a project's hyphens had to be
 * replaced, or where the stack's or the component's name may hold a separator.
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
