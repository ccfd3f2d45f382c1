import { FOR_WHOM, isNarrowed } from "../../reading/conditions";
import { quote, some } from "../../reading/quoting";
import { statementRule } from "../document-rule";

const DEPUTY = "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html";

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
