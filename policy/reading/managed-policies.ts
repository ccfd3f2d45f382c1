import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Statement, statements } from "./documents";
import { partsOf } from "./iam-patterns";

// The policies that AWS writes, as managed-policy-data.json has them (see managed-policies-generate.ts). Read when a rule
// first asks.

export interface ManagedPolicies {
  source: string;
  /** The day of the latest change of a policy. */
  date: string;
  /** The actions whose statements are kept. */
  actions: string[];
  /** By name and path, the statements that are about those actions, with no other actions in them. */
  statements: Record<string, object[]>;
  /** The names of all other policies, with a space between. */
  others: string;
  /** The actions that broad policies allow on every resource (`glue:*`, `s3:GetObject`), by name and path. */
  broad: Record<string, string[]>;
}

let data: ManagedPolicies | undefined;

const managedPolicies = (): ManagedPolicies => {
  data ??= JSON.parse(readFileSync(join(__dirname, "managed-policy-data.json"), "utf8")) as ManagedPolicies;
  return data;
};

/**
 * The statements of an AWS managed policy about the actions that the data covers; undefined if the ARN is no AWS managed
 * policy's or the policy is newer than the data.
 */
export function managedPolicy(arn: string): Statement[] | undefined {
  const name = managedName(arn);
  if (name === undefined) return undefined;
  const { statements: kept } = managedPolicies();
  const [found] = Object.keys(kept).filter((each) => each.toLowerCase() === name.toLowerCase());
  if (found) return statements({ Statement: kept[found] }).statements;
  return isManagedPolicy(name) ? [] : undefined;
}

let names: Set<string> | undefined;

/** True if the data has a policy of this name and path. IAM ignores the case of both. */
export function isManagedPolicy(name: string): boolean {
  const { statements: kept, others } = managedPolicies();
  names ??= new Set([...Object.keys(kept), ...others.split(" ")].map((each) => each.toLowerCase()));
  return names.has(name.toLowerCase());
}

let broad: Map<string, string[]> | undefined;

/** Returns the actions that a policy of AWS allows on every resource, or undefined. IAM ignores the case of names. */
export function allowedEverywhere(name: string): string[] | undefined {
  broad ??= new Map(
    Object.entries(managedPolicies().broad).map(([each, actions]) => [each.toLowerCase(), actions]),
  );
  return broad.get(name.toLowerCase());
}

/**
 * Name and path of a policy that AWS writes (account `aws`), in any partition. What a policy of the account's own is
 * called proves nothing; the rules about statements read what it says.
 */
export function managedName(arn: string): string | undefined {
  const [, , service, , account, resource] = partsOf(arn);
  return service === "iam" && account === "aws" && resource?.startsWith("policy/")
    ? resource.slice("policy/".length)
    : undefined;
}
