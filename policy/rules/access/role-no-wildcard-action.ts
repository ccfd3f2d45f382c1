import { fsbp, securityHub } from "../../reading/frameworks";
import { isEveryAction, splitAction } from "../../reading/iam-actions";
import { quote, show } from "../../reading/quoting";
import { statementRule } from "../document-rule";

/**
 * Services that AWS's own templates for functions allow as a whole: they answer about what a caller sends, and most of
 * their actions have no resource.
 */
export const WHOLE = ["textract"];

export const roleNoWildcardAction = statementRule<{ services: string[] }>(
  {
    name: "role-no-wildcard-action",
    displayName: "No wildcard actions",
    description: "An identity policy names the actions that it allows.",
    severity: "high",
    framework: fsbp(
      "IAM.21",
      "IAM customer managed policies that you create should not allow wildcard actions for services",
    ),
    tags: ["least-privilege", "iam", "fsbp/IAM.1", "cis-aws-3.0.0/1.16"],
    remediationSteps:
      "List the actions that are needed. What CloudTrail recorded of the identity's use tells which: IAM Access " +
      "Analyzer makes a policy of it.",
    url: securityHub("iam"),
    options: {
      services: {
        type: "array",
        items: { type: "string", pattern: "^[a-z0-9-]+$" },
        maxItems: 500,
        default: WHOLE,
        description: "Services, as their actions begin, that may be allowed as a whole.",
      },
    },
    defaults: { services: WHOLE },
  },
  ["identity"],
  ({ actions, notActions, hidden }, { services }) => [
    ...actions
      .filter((action) => isEveryAction(action) && !services.includes(splitAction(action)[0]))
      .map(
        (action) =>
          `allows action ${quote(action)}; name the actions that are needed, such as "s3:GetObject"`,
      ),
    ...(notActions
      ? [
          `allows all but NotAction [${notActions.map(show)}]${hidden.includes("NotAction") ? " and what is not known yet" : ""}; ` +
            "list what is needed under Action instead",
        ]
      : []),
  ],
);
