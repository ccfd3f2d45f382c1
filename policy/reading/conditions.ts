import type { Condition, Statement } from "./documents";
import { isNamingKey } from "./iam-actions";
import { isOpen, partsOf } from "./iam-patterns";

// When a Condition narrows what a statement is about. A test that an absent key passes (…IfExists, ForAllValues), that lets
// everything but something through (Not…) or that has a value for everything does not.

const POSITIVE = /^(ForAnyValue:)?(String(Equals|EqualsIgnoreCase|Like)|Arn(Equals|Like))$/i;
/** True if a condition on one of these keys narrows the statement. */
export const isNarrowed = ({ conditions }: Statement, keys: RegExp): boolean =>
  conditions.some((condition) => keys.test(condition.key) && isNarrowing(condition));

/** Only the values that preview hides, if any, would be left: they are of something, so they narrow. */
export const isNarrowing = ({ operator, values }: Condition): boolean =>
  POSITIVE.test(operator) && !values.some(isWide);

function isWide(value: string): boolean {
  if (/^[*?:]*$/.test(value) && value !== "") return true;
  return value.startsWith("arn:") && isWideArn(value);
}

/**
 * An ARN that anybody can have: of any account, whatever name its owner gave. The ARN of a bucket has no account, but
 * a bucket's name is its owner's alone.
 */
function isWideArn(arn: string): boolean {
  const [, , service, , account, resource] = partsOf(arn);
  if (resource === undefined || isOpen(arn)) return !/^\d{12}$/.test(account ?? "");
  return service !== "s3" && /^[*?]+$/.test(account);
}

/** Keys of what a service acts for. */
export const FOR_WHOM =
  /^(aws:(source(account|arn|orgid|orgpaths|owner)|principal(account|arn|orgid|orgpaths))|kms:(viaservice|calleraccount|encryptioncontext.*)|sts:externalid|lambda:.+|ec2:sourceinstancearn)$/;

/** Keys of which resource a statement is about, where its Resource does not say. */
const WHICH =
  /^((aws|[a-z0-9-]+):resourcetag\/.+|[a-z0-9-]+:(?!req-)[a-z]+-tag\/.+|kms:(resourcealiases|viaservice|encryptioncontext.*)|ecs:cluster|iam:(permissionsboundary|policyarn)|lambda:functionarn)$/;

/**
 * True if a condition says which resources a statement is about where its Resource does not: by keys of every service,
 * and by those that one service has for its own.
 */
export const isAboutSome = (statement: Statement): boolean =>
  isNarrowed(statement, WHICH) ||
  statement.conditions.some((condition) => isNamingKey(condition.key) && isNarrowing(condition));

/** Keys of the service that a role is passed to, or of what it is passed for. Neither says which role. */
export const PASSED_TO = /^iam:(passedtoservice|associatedresourcearn)$/;
