import { fsbp, securityHub } from "../../reading/frameworks";
import { isEveryAction } from "../../reading/iam-actions";
import { quote, show } from "../../reading/quoting";
import { statementRule } from "../document-rule";

export const roleNoWildcardAction = statementRule(
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
  },
  ["identity"],
  ({ actions, notActions, hidden }) => [
    ...actions
      .filter(isEveryAction)
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
