import type { PolicyResource } from "@pulumi/policy";
import { type Statement, statements } from "./documents";
import { ATTACHMENTS, HOLDERS, namesOf } from "./holders";
import type { Identity, IdentityKind } from "./identity";
import { managedPolicy } from "./managed-policies";
import { placesOf } from "./places";
import { type Fields, fields, hidesSomething, list, properties, strings, UNKNOWN } from "./properties";

// The roles, users and groups of a stack, each with the statements of all its policies.

const TYPES: Record<string, IdentityKind> = {
  "aws:iam/role:Role": "role",
  "aws:iam/user:User": "user",
  "aws:iam/group:Group": "group",
};

/** Resources that make users members of groups, by the properties that name both. */
const MEMBERSHIPS: Record<string, { user: string; group: string }> = {
  "aws:iam/groupMembership:GroupMembership": { user: "users", group: "group" },
  "aws:iam/userGroupMembership:UserGroupMembership": { user: "user", group: "groups" },
};

/** Returns all identities of the stack. It walks the stack once, however many there are. */
export function identitiesOf(stack: PolicyResource[]): Identity[] {
  const identities = stack.filter(({ type }) => Object.hasOwn(TYPES, type)).map(newIdentity);
  const named = namesOf(identities);
  const documents = policiesOf(stack);
  for (const identity of identities) readOwn(identity, documents);
  for (const from of stack.filter(({ type }) => Object.hasOwn(HOLDERS, type))) {
    for (const [kind, property] of Object.entries(HOLDERS[from.type]) as [IdentityKind, string][])
      for (const holder of named(from, kind, property)) read(holder, from, documents);
  }
  for (const identity of identities) identity.complete &&= hasReadAll(identity);
  for (const from of stack.filter(({ type }) => Object.hasOwn(MEMBERSHIPS, type))) {
    const { user, group } = MEMBERSHIPS[from.type];
    const groups = named(from, "group", group);
    const hasAll = groups.length === list(properties(from)[group]).length;
    join(named(from, "user", user), groups, hasAll);
  }
  return identities;
}

const newIdentity = (resource: PolicyResource): Identity => ({
  kind: TYPES[resource.type],
  resource,
  props: properties(resource),
  statements: [],
  documents: [],
  complete: true,
  hasMembers: false,
  inline: { read: new Set(), said: [] },
});

/** The statements of the managed policy that a value names; undefined if they cannot be read. */
type Policies = (from: PolicyResource, property: string) => (Statement[] | undefined)[];

function policiesOf(stack: PolicyResource[]): Policies {
  const policies = stack.filter(({ type }) => type === "aws:iam/policy:Policy");
  const byUrn = new Map(policies.map((each) => [each.urn, each]));
  const byArn = new Map(policies.flatMap((each) => strings(properties(each).arn).map((arn) => [arn, each])));
  return (from, property) => {
    const values = list(properties(from)[property]);
    const sources = (from.propertyDependencies[property] ?? []).flatMap(({ urn }) => byUrn.get(urn) ?? []);
    const unknown = values.filter((value) => value === UNKNOWN);
    const computed = unknown.length === sources.length ? sources : unknown.map(() => undefined);
    return [
      ...computed.map((policy) => policy && readable(properties(policy).policy)),
      ...strings(values).map((arn) => {
        const policy = byArn.get(arn);
        return policy ? readable(properties(policy).policy) : managedPolicy(arn);
      }),
    ];
  };
}

function readable(text: unknown): Statement[] | undefined {
  const { statements: found, problems, complete } = statements(text);
  return complete && problems.length === 0 && found.every(({ hidden }) => hidden.length === 0)
    ? found
    : undefined;
}

/**
 * Reads the policies that the program gives to the identity itself. For the others AWS reports the last state: policies that other
 * resources of the stack may have changed since.
 */
function readOwn(identity: Identity, policies: Policies): void {
  const { resource, props } = identity;
  const given = Object.keys(resource.propertyDependencies);
  const isGiven = (property: string) => given.length === 0 || given.includes(property);
  if (isGiven("inlinePolicies")) {
    readDocuments(identity, resource.type, props);
    identity.complete &&= !hidesSomething(props.inlinePolicies);
  }
  for (const { name } of list(props.inlinePolicies).map(fields))
    if (typeof name === "string") identity.inline.read.add(name);
  if (isGiven("managedPolicyArns")) add(identity, policies(resource, "managedPolicyArns"));
  if (isGiven("permissionsBoundary")) [identity.boundary] = policies(resource, "permissionsBoundary");
}

function read(identity: Identity, from: PolicyResource, policies: Policies): void {
  const props = properties(from);
  readDocuments(identity, from.type, props);
  for (const name of strings(props.name)) identity.inline.read.add(name);
  identity.inline.said.push(...strings(props.policyNames));
  if (Object.hasOwn(ATTACHMENTS, from.type)) add(identity, policies(from, ATTACHMENTS[from.type]));
}

const readDocuments = (identity: Identity, type: string, props: Fields): void =>
  add(
    identity,
    placesOf(type, props)
      .filter(({ kind }) => kind === "identity")
      .map(({ text }) => readable(text)),
  );

/** True if all inline policies were read. One that only …PoliciesExclusive names was made outside the stack. */
const hasReadAll = ({ inline }: Identity): boolean => inline.said.every((name) => inline.read.has(name));

function add(identity: Identity, found: (Statement[] | undefined)[]): void {
  for (const each of found) {
    if (each) {
      identity.statements.push(...each);
      identity.documents.push(each);
    } else identity.complete = false;
  }
}

/** Adds the policies of groups to their users. A group outside the stack may have more, so its users are incomplete. */
function join(users: Identity[], groups: Identity[], hasAllGroups: boolean): void {
  for (const group of groups) group.hasMembers ||= users.length > 0;
  for (const user of users) {
    user.complete &&= hasAllGroups && groups.every(({ complete }) => complete);
    user.statements.push(...groups.flatMap(({ statements: found }) => found));
    user.documents.push(...groups.flatMap(({ documents }) => documents));
  }
}
