import type { Kind } from "./documents";
import { type Fields, isFields, list, UNKNOWN } from "./properties";
import { quote } from "./quoting";

// Checks values that AWS accepts: Sid, the operators of a Condition, and principals.

/**
 * IAM takes letters and digits. The policies of resources may have more, as a key's own "Enable IAM User Permissions".
 */
export const sidFaults = (kind: Kind, { Sid }: Fields): string[] =>
  kind !== "resource" && typeof Sid === "string" && !/^[A-Za-z0-9]*$/.test(Sid)
    ? [`has the Sid ${quote(Sid)}, and IAM takes letters and digits alone`]
    : [];

const COMPARED = ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"];

/** Every operator, without the ForAllValues: or ForAnyValue: before it and the IfExists after it. */
const OPERATORS = new Set(
  [
    ...["Equals", "NotEquals", "EqualsIgnoreCase", "NotEqualsIgnoreCase", "Like", "NotLike"].map(
      (test) => `String${test}`,
    ),
    ...["Numeric", "Date"].flatMap((kind) => COMPARED.map((test) => `${kind}${test}`)),
    ...["Equals", "NotEquals", "Like", "NotLike"].map((test) => `Arn${test}`),
    ...["Bool", "BinaryEquals", "IpAddress", "NotIpAddress", "Null"],
  ].map((operator) => operator.toLowerCase()),
);

/** True if AWS knows an operator. It reads them in any case. */
export function isOperator(operator: string): boolean {
  const [, name, ifExists] =
    /^(?:(?:forallvalues|foranyvalue):)?(.+?)(ifexists)?$/.exec(operator.toLowerCase()) ?? [];
  return OPERATORS.has(name) && !(name === "null" && ifExists);
}

export const operatorFaults = ({ Condition }: Fields): string[] =>
  Object.keys(isFields(Condition) ? Condition : {})
    .filter((operator) => !isOperator(operator))
    .map((operator) => `has a Condition with the operator ${quote(operator)}, which AWS does not know`);

/** An account, an ARN of IAM or STS, or the id that AWS shows for a deleted identity. */
const AWS_PRINCIPAL =
  /^(\*|\d{12}|arn:[\w*-]+:(iam|sts):[^:]*:(\d{12}|(?!\d+:)[^:]*):.+|A[A-Z]{3}[A-Z0-9]{8,}|[0-9a-f]{64})$/;
const HOST = /^[\w-]+(\.[\w-]+)+$/;

/** The fault of one principal of a kind; undefined if AWS may take it. */
function principalFault(kind: string, principal: string): string | undefined {
  if (principal.includes("${")) return undefined;
  if (kind === "Service")
    return HOST.test(principal) ? undefined : "is no service such as lambda.amazonaws.com";
  if (principal === "*" || kind !== "AWS") return undefined;
  if (AWS_PRINCIPAL.test(principal)) return principal.startsWith("arn:") ? faultOfArn(principal) : undefined;
  return HOST.test(principal)
    ? "is a service, whose place is under Service"
    : "is neither an account nor the ARN of a role or user";
}

/** AWS compares whole ARNs of roles and users, and knows no group. */
function faultOfArn(arn: string): string | undefined {
  if (/:group\//.test(arn)) return "is a group, and nobody acts as a group";
  return /[*?]/.test(arn) ? "has a wildcard, which AWS does not read inside an ARN" : undefined;
}

export const principalValueFaults = (statement: Fields): string[] =>
  ["Principal", "NotPrincipal"].flatMap((element) => {
    const value = statement[element];
    return Object.entries(isFields(value) ? value : {}).flatMap(([kind, names]) =>
      (names === UNKNOWN ? [] : list(names)).flatMap((name) => {
        const fault = typeof name === "string" ? principalFault(kind, name) : undefined;
        return fault ? [`has the ${element} ${kind} ${quote(name)}, which ${fault}`] : [];
      }),
    );
  });
