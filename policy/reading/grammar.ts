import type { Kind } from "./documents";
import { parsed, statements } from "./documents";
import { operatorFaults, principalValueFaults, sidFaults } from "./grammar-elements";
import { valueFaults } from "./grammar-values";
import { hasWildcard } from "./iam-patterns";
import { hasRepeatedKeys } from "./json-keys";
import { type Fields, isFields, list, UNKNOWN } from "./properties";
import { quote } from "./quoting";

// Finds faults in a policy document: elements that AWS refuses, or reads differently from what the author meant.

const ELEMENTS = ["Sid", "Effect", "Principal", "Action", "Resource", "Condition"].flatMap((element) =>
  ["Principal", "Action", "Resource"].includes(element) ? [element, `Not${element}`] : [element],
);
const TOP = ["Version", "Id", "Statement"];
const PRINCIPALS = ["AWS", "Service", "Federated", "CanonicalUser", "*"];

/** Every fault of a document's form: clauses without a full stop. */
export function grammarFaults(kind: Kind, text: unknown): string[] {
  const { problems } = statements(text);
  const root = parsed(text);
  if (!isFields(root)) return problems;
  const found = list(root.Statement);
  return [
    ...problems,
    ...strangers(root, TOP).map((stranger) => `the policy document has ${stranger}`),
    ...versionFaults(root),
    ...(typeof text === "string" && hasRepeatedKeys(text, root)
      ? ["an object of the policy document has the same key twice, of which one is lost"]
      : []),
    ...repeatedSids(found),
    ...found.flatMap((statement, index) =>
      isFields(statement)
        ? statementFaults(kind, statement).map((fault) => `statement ${index + 1} ${fault}`)
        : [],
    ),
  ];
}

function versionFaults({ Version, Statement }: Fields): string[] {
  if (Version === UNKNOWN) return [];
  if (Version !== undefined && Version !== "2012-10-17" && Version !== "2008-10-17") {
    return [`the policy document has Version ${quote(Version)} where "2012-10-17" is needed`];
  }
  // Checks a limited depth: deeper values are no policy.
  const usesVariables = list(Statement)
    .filter(isFields)
    .some(({ Resource }) => list(Resource).some((arn) => typeof arn === "string" && /\$\{[a-z]/i.test(arn)));
  return usesVariables && Version !== "2012-10-17"
    ? ['the policy document uses a variable, which without Version "2012-10-17" is taken literally']
    : [];
}

function statementFaults(kind: Kind, statement: Fields): string[] {
  const has = (element: string) => element in statement;
  const either = (element: string) => has(element) || has(`Not${element}`);
  const both = ["Action", "Resource", "Principal"].filter((element) => has(element) && has(`Not${element}`));
  return [
    ...strangers(statement, ELEMENTS).map((stranger) => `has ${stranger}`),
    ...both.map((element) => `has both ${element} and Not${element}`),
    ...(kind === "identity" && !either("Resource") ? ["has neither Resource nor NotResource"] : []),
    ...(kind === "identity" && either("Principal")
      ? ["names a principal, which an identity policy cannot"]
      : []),
    ...(kind === "trust" && either("Resource") ? ["names a resource, which a trust policy cannot"] : []),
    ...(kind !== "identity" && !either("Principal") ? ["has neither Principal nor NotPrincipal"] : []),
    ...(typeof statement.Effect === "string" &&
    /^(Allow|Deny)$/i.test(statement.Effect) &&
    !/^(Allow|Deny)$/.test(statement.Effect)
      ? [`has Effect ${quote(statement.Effect)}, which AWS reads in this case only: "Allow", "Deny"`]
      : []),
    ...["Action", "NotAction"].flatMap((element) => textFaults(statement, element, actionFault)),
    ...["Resource", "NotResource"].flatMap((element) =>
      textFaults(statement, element, kind === "identity" ? resourceFault : () => undefined),
    ),
    ...["Principal", "NotPrincipal"].flatMap((element) => principalFaults(statement, element)),
    ...principalValueFaults(statement),
    ...conditionFaults(statement),
    ...operatorFaults(statement),
    ...valueFaults(statement),
    ...sidFaults(kind, statement),
  ];
}

/** One text, or a list of at least one. */
function textFaults(parent: Fields, element: string, fault: (text: string) => string | undefined): string[] {
  const value = parent[element];
  if (!(element in parent) || value === UNKNOWN) return [];
  const items = list(value);
  if (items.length === 0) return [`has an empty ${element}`];
  return items
    .filter((item) => item !== UNKNOWN)
    .map((item) => (typeof item === "string" ? fault(item) : "that is not text"))
    .filter((found): found is string => found !== undefined)
    .map((found) => `has a value of ${element} ${found}`);
}

const actionFault = (action: string): string | undefined =>
  /^([*]|[\w-]+:[\w*?-]+|[*?]+:[\w*?-]+)$/.test(action)
    ? undefined
    : `that is not an action such as "s3:GetObject": ${quote(action)}`;

const resourceFault = (arn: string): string | undefined =>
  arn === "*" || arn.startsWith("arn:") || (hasWildcard(arn[0] ?? "") && arn.length > 0)
    ? undefined
    : `that is neither an ARN nor "*": ${quote(arn)}`;

function principalFaults(statement: Fields, element: string): string[] {
  const value = statement[element];
  if (!(element in statement) || value === UNKNOWN || value === "*") return [];
  if (!isFields(value)) return [`has a ${element} that is neither "*" nor an object such as { "AWS": "…" }`];
  const kinds = Object.keys(value);
  if (kinds.length === 0) return [`has an empty ${element}`];
  return [
    ...strangers(value, PRINCIPALS).map((stranger) => `has a ${element} with ${stranger}`),
    ...kinds.flatMap((kind) => textFaults(value, kind, () => undefined)),
  ];
}

function conditionFaults({ Condition }: Fields): string[] {
  if (Condition === undefined || Condition === UNKNOWN) return [];
  if (!isFields(Condition)) return ["has a Condition that is not an object"];
  return Object.entries(Condition)
    .filter(([, tests]) => tests !== UNKNOWN && !isFields(tests))
    .map(([operator]) => `has a Condition of which ${quote(operator)} is not an object of keys and values`);
}

function strangers(value: Fields, known: string[]): string[] {
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const meant = known.find((name) => name.toLowerCase() === key.toLowerCase());
      return `${quote(key)}, which AWS does not know${meant ? `; "${meant}" is meant` : ""}`;
    });
}

function repeatedSids(found: unknown[]): string[] {
  const sids = found
    .filter(isFields)
    .flatMap(({ Sid }) => (typeof Sid === "string" && Sid !== "" ? [Sid] : []));
  const seen = new Set<string>();
  const repeated = new Set(sids.filter((sid) => seen.has(sid) || !seen.add(sid)));
  return Array.from(repeated, (sid) => `more than one statement has the Sid ${quote(sid)}`);
}
