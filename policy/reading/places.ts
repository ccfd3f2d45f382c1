import { type Kind, type Reading, statements } from "./documents";
import { type Fields, fields, list } from "./properties";
import { quote } from "./quoting";
import { RESOURCE_POLICIES } from "./resource-policies";

export interface Place {
  kind: Kind;
  /** Stands before the finding in a message; empty if the resource has only one document. */
  prefix: string;
  text: unknown;
}

/** A place with what its document says. */
export interface ReadPlace extends Place, Reading {}

const ROLE = "aws:iam/role:Role";

/** Property of the identity policies that are resources of their own. */
const IDENTITY: Record<string, string> = {
  "aws:iam/policy:Policy": "policy",
  "aws:iam/rolePolicy:RolePolicy": "policy",
  "aws:iam/userPolicy:UserPolicy": "policy",
  "aws:iam/groupPolicy:GroupPolicy": "policy",
  "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": "inlinePolicy",
};

/**
 * The documents of a resource. One that is not set is none: AWS has a default. An empty text is none too where the
 * property may be left out, and a malformed document where the resource is there for it.
 */
export const placesOf = (type: string, props: Fields): Place[] =>
  everyPlace(type, props).filter(
    ({ kind, prefix, text }) =>
      text !== undefined &&
      text !== null &&
      (text !== "" || kind === "trust" || (prefix === "" && /Polic(y|ies)$|Permissions$/.test(type))),
  );

const read = new WeakMap<Fields, ReadPlace[]>();

/** The documents of a resource, read. Many rules ask about the same properties, so the answer is kept with them. */
export function documentsOf(type: string, props: Fields): ReadPlace[] {
  const known =
    read.get(props) ?? placesOf(type, props).map((place) => ({ ...place, ...statements(place.text) }));
  read.set(props, known);
  return known;
}

/** True if resources of a type can have policy documents. */
export const hasPlaces = (type: string): boolean =>
  type === ROLE || Object.hasOwn(RESOURCE_POLICIES, type) || Object.hasOwn(IDENTITY, type);

function everyPlace(type: string, props: Fields): Place[] {
  if (type === ROLE) {
    return [{ kind: "trust", prefix: "trust policy: ", text: props.assumeRolePolicy }, ...inline(props)];
  }
  const resource = Object.hasOwn(RESOURCE_POLICIES, type) ? RESOURCE_POLICIES[type] : undefined;
  if (resource) return [{ kind: "resource", prefix: "", text: props[resource] }];
  const identity = Object.hasOwn(IDENTITY, type) ? IDENTITY[type] : undefined;
  return identity ? [{ kind: "identity", prefix: "", text: props[identity] }] : [];
}

const inline = (props: Fields): Place[] =>
  list(props.inlinePolicies)
    .map(fields)
    .map(({ name, policy }) => ({
      kind: "identity",
      prefix: `inline policy ${typeof name === "string" ? quote(name) : "without a name"}: `,
      text: policy,
    }));
