import type { Statement } from "../../reading/documents";
import { isEveryAction } from "../../reading/iam-actions";
import { quote, show, some } from "../../reading/quoting";
import { statementRule } from "../document-rule";

export const resourcePolicyNoWildcardAction = statementRule(
  {
    name: "resource-policy-no-wildcard-action",
    displayName: "No wildcard actions in resource policies",
    description:
      "The policy of a bucket, key, queue, topic or another resource names the actions that it allows.",
    enforcementLevel: "advisory",
    severity: "medium",
    tags: ["least-privilege", "s3", "kms", "sqs", "sns"],
    remediationSteps:
      "List the actions that the principal needs; changing the policy itself is seldom one of them.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html",
  },
  ["resource"],
  (statement) => {
    const wide = statement.actions.filter(
      (action) => isEveryAction(action) && !isKeyOfAccount(statement, action),
    );
    return [
      ...wide.map((action) => `allows action ${quote(action)}; name the actions that are needed`),
      ...(statement.notActions
        ? [
            `allows all but NotAction [${some(statement.notActions.map(show))}]; name what is needed under Action`,
          ]
        : []),
    ];
  },
);

/** A key's policy has to leave the account in charge, or nobody would be: kms:* for its root. */
const isKeyOfAccount = ({ principals, hidden, services }: Statement, action: string): boolean =>
  action.toLowerCase() === "kms:*" &&
  services.length === 0 &&
  (hidden.includes("Principal") || principals.length > 0) &&
  principals.every((principal) => /^(\d{12}|arn:[^:]*:iam::\d{12}:root)$/.test(principal));
