import { FOR_WHOM, isNarrowed } from "../../reading/conditions";
import type { Statement } from "../../reading/documents";
import { isEveryAction } from "../../reading/iam-actions";
import { quote } from "../../reading/properties";
import { show, some, statementRule } from "../document-rule";

const DEPUTY = "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html";

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

/** Services that know no such condition. */
const CANNOT_SAY = ["logdelivery.elasticloadbalancing", "edgelambda", "cloudhsm"];

export const resourcePolicyConfusedDeputy = statementRule<{ except: string[] }>(
  {
    name: "resource-policy-confused-deputy",
    displayName: "No confused deputy for a resource",
    description: "A resource that a service may use is used for resources of known accounts only.",
    enforcementLevel: "advisory",
    severity: "medium",
    tags: ["least-privilege", "s3", "kms", "sqs", "sns"],
    remediationSteps:
      "Add a condition: StringEquals aws:SourceAccount with the account, and ArnLike aws:SourceArn with the resource.",
    url: DEPUTY,
    options: {
      except: {
        type: "array",
        items: { type: "string", pattern: "^[a-z0-9.-]+$" },
        maxItems: 200,
        default: CANNOT_SAY,
        description: "Services, as their principal begins, that need no such condition.",
      },
    },
    defaults: { except: CANNOT_SAY },
  },
  ["resource"],
  (statement, { except }) => {
    if (statement.hidden.includes("Condition") || isNarrowed(statement, FOR_WHOM)) return [];
    const deputies = statement.services.filter(
      (principal) => !except.some((service) => principal.startsWith(`${service}.`)),
    );
    return deputies.length > 0
      ? [
          `lets ${some(deputies.map(quote))} in for any account; add a condition on aws:SourceAccount or aws:SourceArn`,
        ]
      : [];
  },
);
