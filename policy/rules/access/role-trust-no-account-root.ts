import { isNarrowed } from "../../reading/conditions";
import { partsOf } from "../../reading/iam-patterns";
import { show } from "../../reading/quoting";
import { statementRule } from "../document-rule";

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
