import { FOR_WHOM, isNarrowed } from "../../reading/conditions";
import { serviceOf } from "../../reading/partitions";
import { quote, some } from "../../reading/quoting";
import { statementRule } from "../document-rule";

/**
 * Services that say for whom they take on a role, as their guides show it in trust policies. The others would be locked
 * out by such a condition, or are so rarely given one that asking for it would be noise: ec2, lambda, ecs-tasks, eks.
 */
const SAY_FOR_WHOM = [
  "bedrock",
  "cloudtrail",
  "codebuild",
  "config",
  "datasync",
  "dms",
  "events",
  "export.rds",
  "firehose",
  "glue",
  "kinesisanalytics",
  "logs",
  "pipes",
  "sagemaker",
  "scheduler",
  "ssm",
  "states",
  "transfer",
  "vpc-flow-logs",
];

export const roleTrustConfusedDeputy = statementRule<{ services: string[] }>(
  {
    name: "role-trust-confused-deputy",
    displayName: "No confused deputy",
    description: "A role that a service takes on is for resources of this account only.",
    enforcementLevel: "advisory",
    severity: "medium",
    tags: ["least-privilege", "iam", "trust"],
    remediationSteps:
      "Add a condition: StringEquals aws:SourceAccount with the account, and ArnLike aws:SourceArn with the resource.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    options: {
      services: {
        type: "array",
        items: { type: "string", pattern: "^[a-z0-9.-]+$" },
        maxItems: 200,
        default: SAY_FOR_WHOM,
        description:
          "Services, as their principal begins, that need a condition on aws:SourceArn or aws:SourceAccount.",
      },
    },
    defaults: { services: SAY_FOR_WHOM },
  },
  ["trust"],
  (statement, { services }) => {
    if (statement.hidden.includes("Condition") || isNarrowed(statement, FOR_WHOM)) return [];
    const deputies = statement.services.filter((principal) => services.includes(serviceOf(principal) ?? ""));
    return deputies.length > 0
      ? [
          `lets ${some(deputies.map(quote))} take on the role for any account's resources; ` +
            "add a condition on aws:SourceAccount or aws:SourceArn",
        ]
      : [];
  },
);
