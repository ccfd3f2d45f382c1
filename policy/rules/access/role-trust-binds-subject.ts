import type { Condition, Statement } from "../../reading/documents";
import { hasWildcard } from "../../reading/iam-patterns";
import { SUFFIXES } from "../../reading/partitions";
import { quote } from "../../reading/quoting";
import { statementRule } from "../document-rule";

/** Issuers that give tokens to anybody's pipelines and pods: only the subject tells whose. */
const SHARED = new RegExp(
  `(^|[/.])(token\\.actions\\.githubusercontent\\.com|gitlab\\.com|app\\.terraform\\.io|agent\\.buildkite\\.com|oidc\\.vercel\\.com|api\\.pulumi\\.com|accounts\\.google\\.com|oidc\\.eks\\.[a-z0-9-]+\\.(${SUFFIXES}))(/|$)`,
  "i",
);

/** Claims that identify the owner of a token. */
const SUBJECT =
  /:(sub|email|azp|repository|repository_id|repository_owner|repository_owner_id|job_workflow_ref|project_id|project_path|namespace_id|namespace_path)$/;

export const roleTrustBindsSubject = statementRule(
  {
    name: "role-trust-binds-subject",
    displayName: "No role for any pipeline",
    description: "A role that pipelines or pods take on by OIDC is for those of one owner.",
    severity: "critical",
    tags: ["least-privilege", "iam", "trust", "oidc"],
    remediationSteps:
      "Add a condition on the provider's sub with the owner in full: StringLike " +
      "token.actions.githubusercontent.com:sub repo:acme/flow-logs:ref:refs/heads/main.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
  },
  ["trust"],
  (statement) => {
    const provider = statement.federated.find((name) => SHARED.test(name));
    if (provider === undefined || statement.hidden.includes("Condition") || !isWebIdentity(statement))
      return [];
    const tests = statement.conditions.filter(({ key, operator }) => SUBJECT.test(key) && isTest(operator));
    if (tests.some(isBound)) return [];
    const values = tests.flatMap(({ values }) => values);
    return [
      values.length === 0
        ? `lets every token of ${quote(provider)} take on the role; add a condition on its sub`
        : `takes tokens of ${quote(provider)} for ${quote(values[0])}, which more than one owner can get; name the owner in full`,
    ];
  },
);

const isWebIdentity = ({ actions }: Statement): boolean =>
  actions.length === 0 || actions.some((action) => /[*?]|^sts:assumerolewithwebidentity$/i.test(action));

const isTest = (operator: string): boolean =>
  /^(ForAnyValue:)?String(Equals|EqualsIgnoreCase|Like)$/i.test(operator);

/** All values have to name an owner. */
const isBound = ({ operator, key, values, hidden }: Condition): boolean =>
  (values.length > 0 || hidden) && values.every((value) => namesOwner(key, value, /Like$/i.test(operator)));

/**
 * Claims in a subject that name its owner, by issuer: a path that begins with the owner (`repo:acme/…`) or the owner alone. All
 * else that a subject has, such as `environment:prod` or `ref:refs/heads/main`, a stranger's pipeline can have too.
 */
const OWNERS: [issuer: RegExp, paths: string, names: string][] = [
  [
    /^token\.actions\.githubusercontent\.com/,
    "repo|repository|job_workflow_ref",
    "repository_owner|repository_owner_id|repository_id|enterprise|enterprise_id",
  ],
  [/^gitlab\.com/, "project_path", "namespace_path|namespace_id|project_id"],
  [/^(app\.terraform\.io|agent\.buildkite\.com)/, "", "organization|organization_id"],
  [/^oidc\.vercel\.com/, "", "owner|owner_id"],
  [/^api\.pulumi\.com/, "", "org|organization"],
];

const saysOwner = ([, paths, names]: (typeof OWNERS)[number], value: string): boolean =>
  [paths, names].filter(Boolean).some((claims) => new RegExp(`(^|:)(${claims}):`).test(value));

function namesOwner(key: string, value: string, isPattern: boolean): boolean {
  const issuer = key.endsWith(":sub") ? OWNERS.find(([host]) => host.test(key)) : undefined;
  // No subject has a literal star. A subject without an owner would match strangers' with StringLike.
  if (!isPattern && hasWildcard(value)) return !issuer || saysOwner(issuer, value);
  const [fixed] = value.split(/[*?]/, 1);
  if (issuer) {
    const [, paths, names] = issuer;
    // The name is whole where another claim follows, or the value ends without a wildcard.
    const end = fixed === value ? "(:|$)" : ":";
    const path = paths && new RegExp(`(^|:)(${paths}):[^:/]+/`).test(fixed);
    return Boolean(path) || new RegExp(`(^|:)(${names}):[^:/]+${end}`).test(fixed);
  }
  if (!hasWildcard(value)) return true;
  // All pods of a cluster are its owner's.
  if (key.startsWith("oidc.eks.")) return !/^[*?]*$/.test(value);
  // `acme/`, `organization:acme:`: what follows is the owner's to choose.
  return /^([\w-]+:[^:/]+[:/]|[^:/]+\/)/.test(fixed);
}
