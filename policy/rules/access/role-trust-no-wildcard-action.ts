import { isEveryAction } from "../../reading/iam-actions";
import { hasWildcard } from "../../reading/iam-patterns";
import { show, some } from "../../reading/quoting";
import { statementRule } from "../document-rule";

const TRUST = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-service.html";

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
