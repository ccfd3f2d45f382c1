import { actionsOf, covered, isEveryAction, splitAction } from "../../reading/iam-actions";
import { hasWildcard } from "../../reading/iam-patterns";
import { documentRule, show, some, statementRule } from "../document-rule";

const REFERENCE =
  "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html";

export const roleNoBroadActionPattern = statementRule<{ maxActions: number }>(
  {
    name: "role-no-broad-action-pattern",
    displayName: "No broad action patterns",
    description: "An action with a wildcard stands for few actions, and for none that give out permissions.",
    enforcementLevel: "advisory",
    severity: "low",
    tags: ["least-privilege", "iam"],
    remediationSteps:
      "List the actions that are needed, or use a longer prefix. AWS adds actions, which a pattern then allows.",
    url: REFERENCE,
    options: {
      maxActions: {
        type: "integer",
        minimum: 0,
        maximum: 1000,
        default: 25,
        description: "How many actions a pattern such as s3:Get* may stand for. 0 allows no wildcard.",
      },
    },
    defaults: { maxActions: 25 },
  },
  ["identity"],
  ({ actions }, { maxActions }) =>
    actions
      .filter((action) => hasWildcard(action) && !isEveryAction(action))
      .flatMap((pattern) => {
        const all = covered(pattern);
        const giving = all.filter(({ isPermission }) => isPermission).map(({ name }) => name);
        if (giving.length > 0) {
          return [
            `allows ${show(pattern)}, and with it ${some(giving, 3)}, which give out permissions; list the actions`,
          ];
        }
        return all.length > maxActions
          ? [
              `allows ${show(pattern)}, which stands for ${all.length} actions, more than ${maxActions}; list those that are needed`,
            ]
          : [];
      }),
);

export const policyActionExists = documentRule(
  {
    name: "policy-action-exists",
    displayName: "Actions that exist",
    description: "Every action of a policy is one that AWS knows.",
    enforcementLevel: "advisory",
    severity: "low",
    tags: ["least-privilege", "iam"],
    remediationSteps:
      "Correct the spelling. An action that is newer than this pack's list is one to exempt until the pack is updated.",
    url: REFERENCE,
  },
  ["identity", "trust", "resource"],
  // In a Deny as well: a misspelt one lets pass what it was to stop.
  ({ statements: all }) =>
    all.flatMap(({ label, actions, notActions = [] }) =>
      [...actions, ...notActions]
        .filter(isUnknown)
        .map(
          (action) => `${label} has the action ${show(action)}, which AWS does not know; correct its name`,
        ),
    ),
);

/** In the policy that AWS gives to every topic. */
const NOT_LISTED = ["sns:receive"];

/** Form is the business of policy-document-readable; a service that is a pattern may be any. */
function isUnknown(action: string): boolean {
  if (NOT_LISTED.includes(action.toLowerCase())) return false;
  const [service, name] = splitAction(action);
  if (hasWildcard(service) || name === "") return false;
  return actionsOf(service) === undefined || (name !== "*" && covered(action).length === 0);
}
