import type { PolicyResource } from "@pulumi/policy";
import { type Statement, statements } from "./documents";
import { partsOf } from "./iam-patterns";
import type { Identity } from "./identity";
import { type Fields, list, properties, strings, UNKNOWN } from "./properties";
import { applies, type Request } from "./requests";

// Reads who may use the KMS keys of a stack by a key's policy or by a grant, without an identity policy.

const KEYS = [
  "aws:kms/key:Key",
  "aws:kms/externalKey:ExternalKey",
  "aws:kms/replicaKey:ReplicaKey",
  "aws:kms/replicaExternalKey:ReplicaExternalKey",
];
const KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy";
const GRANT = "aws:kms/grant:Grant";
const ALIAS = "aws:kms/alias:Alias";

export interface KeyAccess {
  /** The key's own ARN; undefined if only that of an alias is known. IAM looks at the former. */
  arn?: string;
  /** Statements of the key's policy. */
  statements: Statement[];
  grants: Fields[];
  /** True if all of its policy is known. */
  complete: boolean;
}

/** Finds a stack's resources about a key, by the ARN of the key or of an alias. Walks the stack once. */
export function keyAccessIn(stack: PolicyResource[]): (arn: string) => KeyAccess {
  const found = stack
    .filter(({ type }) => [...KEYS, KEY_POLICY, GRANT, ALIAS].includes(type))
    .map((resource) => ({ resource, type: resource.type, props: properties(resource) }));
  return (given) => {
    const alias = found.find(({ type, props }) => type === ALIAS && props.arn === given);
    const arn = [alias?.props.targetKeyArn, given].find((each) =>
      partsOf(String(each))[5]?.startsWith("key/"),
    );
    const ids = strings([arn, String(arn).split("/").pop()]);
    const isOfKey = ({ keyId }: Fields) => keyId === UNKNOWN || ids.includes(String(keyId));
    const documents = found
      .filter(({ type, props, resource }) =>
        type === KEY_POLICY
          ? isOfKey(props)
          : KEYS.includes(type) && props.arn === arn && saysPolicy(resource),
      )
      .flatMap(({ props }) => list(props.policy))
      .map(statements);
    return {
      arn: arn as string | undefined,
      statements: documents.flatMap((reading) => reading.statements),
      grants: found.filter(({ type, props }) => type === GRANT && isOfKey(props)).map(({ props }) => props),
      complete: documents.every(({ complete }) => complete),
    };
  };
}

/** Returns a key's policy. A key without one in the program has AWS's default policy, which preview does not show. */
const saysPolicy = ({ propertyDependencies: given }: PolicyResource): boolean =>
  Object.keys(given).length === 0 || "policy" in given;

/** True if a key's policy or a grant may allow an identity this action. Unknown statements count as allowing. */
export const letsIn = (access: KeyAccess, identity: Identity, request: Request): boolean =>
  !access.complete ||
  access.grants.some((grant) => isGranted(grant, identity, request.action)) ||
  access.statements.some(
    (each) => each.effect === "Allow" && names(each, identity) && applies(each, request) !== false,
  );

function isGranted({ granteePrincipal, operations }: Fields, identity: Identity, action: string): boolean {
  const isGrantee = granteePrincipal === UNKNOWN || isIdentity(String(granteePrincipal), identity);
  const [, operation] = action.split(":");
  return (
    isGrantee && list(operations).some((each) => each === UNKNOWN || String(each).toLowerCase() === operation)
  );
}

/** Excludes the account's root, which leaves the decision to the identity's policies. */
const names = ({ principals, notPrincipals, hidden }: Statement, identity: Identity): boolean =>
  hidden.includes("Principal") ||
  notPrincipals !== undefined ||
  principals.some((each) => each === "*" || isIdentity(each, identity));

/** A role's or user's ARN or unique id, or the ARN of a session of the role. */
function isIdentity(principal: string, { kind, props }: Identity): boolean {
  if (strings([props.arn, props.uniqueId]).includes(principal)) return true;
  const [, , service, , , resource = ""] = partsOf(principal);
  const [type, ...path] = resource.split("/");
  if (service === "sts") return type === "assumed-role" && kind === "role" && path[0] === props.name;
  return props.arn === undefined && type === kind && path.at(-1) === props.name;
}
