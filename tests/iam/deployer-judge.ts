import type { DeclaredResource, Program } from "../../local/program";
import CLOUDFORMATION from "./cloudformation.json";
import { type Target, targetsOf } from "./deployer-targets";
import { CLOUDFORMATION_TYPES, NOT_GIVEN } from "./deployer-verdicts";
import { allows, type Context, type Document, OURS } from "./evaluator";

const DEPLOYER = `arn:aws:iam::${OURS}:role/deployer`;
export const words = (...texts: string[]) =>
  [...new Set(texts.flatMap((text) => text.split(" ")))].filter(Boolean).sort();
export const listed = (rows: [why: string, actions: string][] = []) =>
  words(...rows.map(([, actions]) => actions));

const PERMISSIONS: Record<string, Record<string, string>> = CLOUDFORMATION.types;
export const permissionsOf = (type: string) => words(...Object.values(PERMISSIONS[type]));

/** The key policy's statement for its own account, as in AWS's default key policy. */
const IAM_DECIDES: Document = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${OURS}:root` }, Action: "kms:*", Resource: "*" },
  ],
};

/** Returns true if the deployer may make a call. */
export const may = (policy: Document, action: string, resource: string, context: Context = {}) =>
  allows(
    { principal: DEPLOYER, action, resource, account: OURS, context },
    { identity: policy, resource: resource.includes(":kms:") ? IAM_DECIDES : undefined },
  );

export const mayAll = async (policy: Document, action: string, { resources, context }: Target) => {
  for (const resource of resources) if (!(await may(policy, action, resource, context))) return false;
  return true;
};

/**
 * Actions that CloudFormation would call for a resource, with their targets; those with a stated reason are left out.
 */
export const callsFor = (
  resource: DeclaredResource,
  program: Program,
): [action: string, target: Target][] => {
  const type = CLOUDFORMATION_TYPES[resource.type];
  if (!type) return [];
  const refused = listed(NOT_GIVEN[type]);
  return permissionsOf(type)
    .filter((action) => !refused.includes(action))
    .flatMap((action) =>
      targetsOf(action, resource, program).map((target): [string, Target] => [action, target]),
    );
};
