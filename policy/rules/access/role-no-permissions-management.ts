import { covered, isEveryAction } from "../../reading/iam-actions";
import { isBoundless } from "../../reading/powers";
import { some } from "../../reading/quoting";
import { statementRule } from "../document-rule";

export const roleNoPermissionsManagement = statementRule(
  {
    name: "role-no-permissions-management",
    displayName: "No permissions for all resources",
    description: "An identity that gives out permissions does so for named resources.",
    enforcementLevel: "advisory",
    severity: "medium",
    tags: ["least-privilege", "iam", "resource-exposure"],
    remediationSteps:
      "Leave the change of policies, ACLs and shares to an identity for that, or name the resources.",
    url: "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  },
  ["identity"],
  // A wildcard for everything is role-no-wildcard-action's to report.
  (statement) => {
    const giving = statement.actions
      .filter((action) => !isEveryAction(action))
      .flatMap(covered)
      .filter(({ isPermission, name }) => isPermission && isBoundless(statement, name.toLowerCase()))
      .map(({ name }) => name);
    return giving.length > 0
      ? [`gives out permissions for any resource, by ${some(giving, 3)}; name the resources that are needed`]
      : [];
  },
);
