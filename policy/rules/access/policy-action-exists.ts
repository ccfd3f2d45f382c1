import { ACTIONS_REFERENCE } from "../../reading/frameworks";
import { actionsOf, covered, splitAction } from "../../reading/iam-actions";
import { hasWildcard } from "../../reading/iam-patterns";
import { show } from "../../reading/quoting";
import { documentRule } from "../document-rule";

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
    url: ACTIONS_REFERENCE,
  },
  ["identity", "trust", "resource"],
  // Includes Deny, since a misspelt action in it denies nothing.
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
