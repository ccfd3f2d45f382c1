import { ACTIONS_REFERENCE } from "../../reading/frameworks";
import { covered, isEveryAction } from "../../reading/iam-actions";
import { hasWildcard } from "../../reading/iam-patterns";
import { show, some } from "../../reading/quoting";
import { statementRule } from "../document-rule";

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
    url: ACTIONS_REFERENCE,
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
