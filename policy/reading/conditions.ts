import type { Condition, Statement } from "./documents";
import { isNamingKey } from "./iam-actions";
import { isOpen, partsOf } from "./iam-patterns";

// Finds conditions that narrow a statement. A test does not narrow if an absent key passes it (…IfExists,
// ForAllValues), if it
// excludes only something (Not…), or if one of its values matches everything.

const POSITIVE = /^(ForAnyValue:)?(String(Equals|EqualsIgnoreCase|Like)|Arn(Equals|Like))$/i;
/** True if a condition on one of these keys narrows the statement. */
export const isNarrowed = ({ conditions }: Statement, keys: RegExp): boolean =>
  conditions.some((condition) => keys.test(condition.key) && isNarrowing(condition));

/** True if all known values narrow. Values that are unknown in preview refer to some resource, so they narrow too. */
export const isNarrowing = ({ operator, values }: Condition): boolean =>
  POSITIVE.test(operator) && !values.some(isWide);

function isWide(value: string): boolean {
  if (/^[*?:]*$/.test(value) && value !== "") return true;
  return value.startsWith("arn:") && isWideArn(value);
}

/**
 * True for a pattern that matches ARNs of any account. A bucket's ARN has no account, but its name belongs to one owner
 * only.
 */
function isWideArn(arn: string): boolean {
  const [, , service, , account, resource] = partsOf(arn);
  if (resource === undefined || isOpen(arn)) return !/^\d{12}$/.test(account ?? "");
  return service !== "s3" && /^[*?]+$/.test(account);
}

/** Condition keys for the resource or account on whose behalf a service calls. */
export const FOR_WHOM =
  /^(aws:(source(account|arn|orgid|orgpaths|owner)|principal(account|arn|orgid|orgpaths))|kms:(viaservice|calleraccount|encryptioncontext.*)|sts:externalid|lambda:.+|ec2:sourceinstancearn)$/;

/** Condition keys that select resources if a statement's Resource does not. */
const WHICH =
  /^((aws|[a-z0-9-]+):resourcetag\/.+|[a-z0-9-]+:(?!req-)[a-z]+-tag\/.+|kms:(resourcealiases|viaservice|encryptioncontext.*)|ecs:cluster|iam:(permissionsboundary|policyarn)|lambda:functionarn)$/;

/**
 * True if a condition says which resources a statement is about where its Resource does not: by keys of every service,
 * and by those that one service has for its own.
 */
export const isAboutSome = (statement: Statement): boolean =>
  isNarrowed(statement, WHICH) ||
  statement.conditions.some((condition) => isNamingKey(condition.key) && isNarrowing(condition));

/**
 * Condition keys for the service that a role is passed to, or for the resource that gets it. Neither selects the role.
 */
export const PASSED_TO = /^iam:(passedtoservice|associatedresourcearn)$/;
