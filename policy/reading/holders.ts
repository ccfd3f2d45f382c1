import type { PolicyResource } from "@pulumi/policy";
import type { Identity, IdentityKind } from "./identity";
import { list, properties, strings, UNKNOWN } from "./properties";

/** The property that names the managed policies of an identity, by resource type. */
export const ATTACHMENTS: Record<string, string> = {
  "aws:iam/policyAttachment:PolicyAttachment": "policyArn",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "policyArn",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": "policyArn",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": "policyArn",
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": "policyArns",
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": "policyArns",
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": "policyArns",
  "aws:iam/role:Role": "managedPolicyArns",
  "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": "managedPolicyArn",
  "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive": "managedPolicyArns",
};

// Finds the identities that policies, attachments and memberships of a stack belong to.

/** The properties that name the identities which a policy belongs to, by resource type. */
export const HOLDERS: Record<string, Partial<Record<IdentityKind, string>>> = {
  "aws:iam/rolePolicy:RolePolicy": { role: "role" },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": { role: "role" },
  "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": { role: "roleName" },
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": { role: "roleName" },
  "aws:iam/userPolicy:UserPolicy": { user: "user" },
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": { user: "user" },
  "aws:iam/userPoliciesExclusive:UserPoliciesExclusive": { user: "userName" },
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": { user: "userName" },
  "aws:iam/groupPolicy:GroupPolicy": { group: "group" },
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": { group: "group" },
  "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive": { group: "groupName" },
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": { group: "groupName" },
  "aws:iam/policyAttachment:PolicyAttachment": { role: "roles", user: "users", group: "groups" },
};

export type Named = (from: PolicyResource, kind: IdentityKind, property: string) => Identity[];

/**
 * Finds the identities that a property names. Where preview does not know a name, those that it was computed from; if
 * that leaves open which, every one that it may be, which then counts as incomplete.
 */
export function namesOf(identities: Identity[]): Named {
  const byName = new Map<string, Identity>();
  const byUrn = new Map(identities.map((each) => [each.resource.urn, each]));
  for (const each of identities)
    for (const name of strings([each.props.id, each.props.name, each.props.arn]))
      byName.set(`${each.kind} ${name}`, each);
  return (from, kind, property) => {
    const values = list(properties(from)[property]);
    const known = strings(values).flatMap((name) => byName.get(`${kind} ${name}`) ?? []);
    const unknown = values.filter((value) => value === UNKNOWN).length;
    if (unknown === 0) return known;
    const sources = (from.propertyDependencies[property] ?? from.dependencies)
      .flatMap(({ urn }) => byUrn.get(urn) ?? [])
      .filter((each) => each.kind === kind && !known.includes(each));
    const possible = sources.length > 0 ? sources : identities.filter((each) => each.kind === kind);
    if (sources.length !== unknown) for (const each of possible) each.complete = false;
    return [...known, ...sources];
  };
}
