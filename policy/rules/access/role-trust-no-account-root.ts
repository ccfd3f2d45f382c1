import { isNarrowed } from "../../reading/conditions";
import { isEveryAction } from "../../reading/iam-actions";
import { hasWildcard, partsOf } from "../../reading/iam-patterns";
import { opensToEverybody } from "../../reading/principals";
import { documentRule, show, some, statementRule } from "../document-rule";

const TRUST = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-service.html";

export const roleTrustNotPublic = documentRule(
  {
    name: "role-trust-not-public",
    displayName: "No role for everybody",
    description: "A role's trust policy names who may take it on.",
    severity: "critical",
    tags: ["least-privilege", "iam", "trust"],
    remediationSteps:
      "Name the roles, services or providers under Principal, or limit them by a condition such as aws:PrincipalOrgID.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  },
  ["trust"],
  ({ text }) =>
    opensToEverybody(text).map(
      ({ entry: { statement }, how }) =>
        `${statement.label} lets everybody take on the role (${how}) and no condition limits who that is; name who may`,
    ),
);

export const roleTrustNoWildcardAction = statementRule(
  {
    name: "role-trust-no-wildcard-action",
    displayName: "No wildcard actions in trust policies",
    description: "A trust policy names the way in which the role may be taken on.",
    enforcementLevel: "advisory",
    severity: "medium",
    tags: ["least-privilege", "iam", "trust"],
    remediationSteps:
      "Name sts:AssumeRole, sts:AssumeRoleWithWebIdentity or sts:AssumeRoleWithSAML, and sts:TagSession if it is used.",
    url: TRUST,
  },
  ["trust"],
  ({ actions, notActions }) => [
    ...actions
      .filter((action) => isEveryAction(action) || hasWildcard(action))
      .map(
        (action) => `allows action ${show(action)}; name the one that is needed, such as "sts:AssumeRole"`,
      ),
    ...(notActions
      ? [`allows all but NotAction [${some(notActions.map(show))}]; name what is needed under Action`]
      : []),
  ],
);

export const roleTrustNoAccountRoot = statementRule<{ accounts: string[] }>(
  {
    name: "role-trust-no-account-root",
    displayName: "No trust in whole accounts",
    description:
      "A role trusts roles of an account rather than all that the account's administrators let in.",
    enforcementLevel: "advisory",
    severity: "low",
    tags: ["least-privilege", "iam", "trust"],
    remediationSteps:
      "Name the role under Principal, or limit the account by a condition on aws:PrincipalArn, sts:ExternalId or " +
      "aws:MultiFactorAuthPresent.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts",
    options: {
      accounts: {
        type: "array",
        items: { type: "string", pattern: "^[0-9]{12}$" },
        maxItems: 1000,
        default: [],
        description: "Accounts that may be trusted as a whole.",
      },
    },
    defaults: { accounts: [] },
  },
  ["trust"],
  (statement, { accounts }) => {
    if (statement.hidden.includes("Condition") || isNarrowed(statement, LIMITS) || asksForMfa(statement))
      return [];
    return statement.principals
      .filter((principal) => {
        const account = accountOf(principal);
        return account !== undefined && !accounts.includes(account);
      })
      .map((principal) => `trusts the whole of account ${show(principal)}; name the role that needs it`);
  },
);

const LIMITS =
  /^(aws:(principal(arn|tag\/.+)|userid|source(arn|ip|vpc|vpce))|sts:(externalid|rolesessionname|sourceidentity))$/;

const asksForMfa = ({
  conditions,
}: {
  conditions: { operator: string; key: string; values: string[] }[];
}): boolean =>
  conditions.some(
    ({ operator, key, values }) =>
      (/^Bool$/i.test(operator) &&
        key === "aws:multifactorauthpresent" &&
        values.every((value) => /^true$/i.test(value))) ||
      (/^NumericLess/i.test(operator) && key === "aws:multifactorauthage"),
  );

/** The account, where the principal is all of it: `111122223333` or `arn:aws:iam::111122223333:root`. */
function accountOf(principal: string): string | undefined {
  if (/^\d{12}$/.test(principal)) return principal;
  const [, , service, , account, resource] = partsOf(principal);
  return service === "iam" && resource === "root" ? account : undefined;
}
