import { type Fields, fields, hidesSomething, isFields, list, strings, UNKNOWN } from "./properties";
import { quote } from "./quoting";

export interface Document extends Reading {
  kind: Kind;
  text: unknown;
}

export const allowing = ({ statements: all }: Reading): Statement[] =>
  all.filter(({ effect }) => effect === "Allow");

// Reads policy documents in resources of the `aws` provider.

/** The purpose of a document: permissions of an identity, trust of a role, or access to a resource. */
export type Kind = "identity" | "trust" | "resource";

// IAM accepts one or many almost everywhere and documents arrive as text or as an object. Rules see one shape.

export interface Statement {
  /** Its name in messages: `statement "AllowRead"` or, without a Sid, `statement 2`. */
  label: string;
  effect: "Allow" | "Deny";
  /** AWS principals; "*" is everybody, whether written `"*"` or `{ "AWS": "*" }`. */
  principals: string[];
  /** Service principals, such as `firehose.amazonaws.com`. */
  services: string[];
  /** Identity providers: ARNs of OIDC and SAML providers, or a name such as `cognito-identity.amazonaws.com`. */
  federated: string[];
  /** Undefined when the statement has no NotPrincipal. */
  notPrincipals?: string[];
  actions: string[];
  /** Undefined when the statement has no NotAction. */
  notActions?: string[];
  resources: string[];
  /** Undefined when the statement has no NotResource. */
  notResources?: string[];
  conditions: Condition[];
  /** Elements with values that are unknown in preview, apart from values of conditions. */
  hidden: string[];
}

/** One test of a statement's Condition. Keys are lower-case: IAM does not distinguish their case. */
export interface Condition {
  operator: string;
  key: string;
  values: string[];
  /** True if preview hides values, all of them or some. */
  hidden: boolean;
}

export interface Reading {
  statements: Statement[];
  /** Reasons why the document or one of its statements cannot be read, as clauses without a full stop. */
  problems: string[];
  /** False when preview hides part of the document. */
  complete: boolean;
}

/** The statements of a policy document given as JSON text or as an object. */
export function statements(document: unknown): Reading {
  if (document === UNKNOWN) return { statements: [], problems: [], complete: false };
  const root = parsed(document);
  if (!isFields(root)) return unreadable("the policy document is not a JSON object");
  const found = list(root.Statement);
  if (found.length === 0) return unreadable("the policy document has no Statement");

  const reading: Reading = {
    statements: [],
    problems: [],
    complete: root !== document || !hidesSomething(root),
  };
  for (const [index, statement] of found.entries()) {
    if (statement === UNKNOWN) continue;
    const label = labelOf(statement, index);
    const problem = problemOf(statement);
    if (problem) reading.problems.push(`${label} ${problem}`);
    // A statement with an unknown Effect may be a Deny.
    else if (isFields(statement) && statement.Effect !== UNKNOWN) {
      reading.statements.push(normalise(statement, label));
    }
  }
  return reading;
}

const unreadable = (problem: string): Reading => ({ statements: [], problems: [problem], complete: true });

/** Parses JSON text, and returns any other value unchanged; undefined for text that is not JSON. */
export function parsed(document: unknown): unknown {
  if (typeof document !== "string") return document;
  try {
    return JSON.parse(document);
  } catch {
    return undefined;
  }
}

const labelOf = (statement: unknown, index: number): string =>
  isFields(statement) && typeof statement.Sid === "string" && statement.Sid !== ""
    ? `statement ${quote(statement.Sid)}`
    : `statement ${index + 1}`;

function problemOf(statement: unknown): string | undefined {
  if (!isFields(statement)) return "is not an object";
  const { Effect } = statement;
  if (Effect !== UNKNOWN && !(typeof Effect === "string" && /^(allow|deny)$/i.test(Effect))) {
    const got = Effect === undefined ? "no Effect" : `Effect ${quote(Effect)}`;
    return `has ${got} where "Allow" or "Deny" is needed`;
  }
  if (!("Action" in statement || "NotAction" in statement)) return "has neither Action nor NotAction";
  return undefined;
}

function normalise(statement: Fields, label: string): Statement {
  const { Principal, NotPrincipal } = statement;
  const kinds = fields(Principal);
  return {
    label,
    effect: typeof statement.Effect === "string" && /^allow$/i.test(statement.Effect) ? "Allow" : "Deny",
    principals: isFields(Principal) ? [kinds.AWS, kinds["*"]].flatMap(strings) : strings(Principal),
    services: strings(kinds.Service),
    federated: strings(kinds.Federated),
    notPrincipals:
      "NotPrincipal" in statement
        ? isFields(NotPrincipal)
          ? Object.values(NotPrincipal).flatMap(strings)
          : strings(NotPrincipal)
        : undefined,
    actions: strings(statement.Action),
    notActions: "NotAction" in statement ? strings(statement.NotAction) : undefined,
    resources: strings(statement.Resource),
    notResources: "NotResource" in statement ? strings(statement.NotResource) : undefined,
    conditions: conditions(statement.Condition),
    hidden: Object.keys(statement).filter((element) => hides(element, statement[element])),
  };
}

/** True if an element has an unknown part. Of a Condition, only operators and their keys matter. */
function hides(element: string, value: unknown): boolean {
  if (element !== "Condition") return hidesSomething(value);
  return value === UNKNOWN || Object.values(fields(value)).includes(UNKNOWN);
}

function conditions(condition: unknown): Condition[] {
  if (!isFields(condition)) return [];
  return Object.entries(condition).flatMap(([operator, tests]) =>
    Object.entries(isFields(tests) ? tests : {}).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      // `false` and `"false"` are the same to IAM.
      values: strings(
        list(values).map((value) => (/^(boolean|number)$/.test(typeof value) ? String(value) : value)),
      ),
      hidden: hidesSomething(values),
    })),
  );
}
