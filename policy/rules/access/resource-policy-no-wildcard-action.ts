import type { Statement } from "../../reading/documents";
import { isEveryAction } from "../../reading/iam-actions";
import { hasPlaces } from "../../reading/places";
import { quote, show, some } from "../../reading/quoting";
import type { TypedRule } from "../../rules-by-type";
import { type About, resourceRule, statementRule } from "../document-rule";

const ABOUT: About<object> = {
  name: "resource-policy-no-wildcard-action",
  displayName: "No wildcard actions in resource policies",
  description:
    "The policy of a bucket, key, queue, topic, function or another resource names the actions that it allows.",
  enforcementLevel: "advisory",
  severity: "medium",
  tags: ["least-privilege", "s3", "kms", "sqs", "sns", "lambda"],
  remediationSteps:
    "List the actions that the principal needs; changing the policy itself is seldom one of them.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html",
};

const ofDocuments = statementRule(ABOUT, ["resource"], (statement) => {
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
});

const PERMISSION = "aws:lambda/permission:Permission";

/** A permission is one statement of a function's policy. */
const ofPermissions = resourceRule(
  { ...ABOUT, isAbout: (type) => type === PERMISSION },
  (_type, { action }) =>
    typeof action === "string" && isEveryAction(action)
      ? [`allows action ${quote(action)}; name the action that is needed, such as "lambda:InvokeFunction".`]
      : [],
);

export const resourcePolicyNoWildcardAction: TypedRule = {
  ...ofDocuments,
  isAbout: (type) => type === PERMISSION || hasPlaces(type),
  validateResource: (args, reportViolation) => {
    for (const { validateResource } of [ofDocuments, ofPermissions])
      for (const validate of [validateResource ?? []].flat()) validate(args, reportViolation);
  },
};

/** True for kms:* for the account's root in a key policy, without which nobody could manage the key. */
const isKeyOfAccount = ({ principals, hidden, services }: Statement, action: string): boolean =>
  action.toLowerCase() === "kms:*" &&
  services.length === 0 &&
  (hidden.includes("Principal") || principals.length > 0) &&
  principals.every((principal) => /^(\d{12}|arn:[^:]*:iam::\d{12}:root)$/.test(principal));
