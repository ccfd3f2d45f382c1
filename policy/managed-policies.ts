import { readFileSync } from "node:fs";
import { join } from "node:path";
import { managedName } from "./access-managed-policies";
import { type Statement, statements } from "./documents";

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
  const { statements: kept, others } = managedPolicies();
  if (Object.hasOwn(kept, name)) return statements({ Statement: kept[name] }).statements;
  return ` ${others} `.includes(` ${name} `) ? [] : undefined;
}
