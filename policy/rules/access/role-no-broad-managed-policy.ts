import { fsbp, securityHub } from "../../reading/frameworks";
import { ATTACHMENTS } from "../../reading/holders";
import { matches } from "../../reading/iam-patterns";
import { allowedEverywhere, isManagedPolicy, managedName } from "../../reading/managed-policies";
import { strings } from "../../reading/properties";
import { show, some } from "../../reading/quoting";
import { resourceRule } from "../document-rule";

/** Names of broad policies, also where the data finds nothing that is allowed on every resource. */
const BROAD = ["AdministratorAccess*", "PowerUserAccess*", "*FullAccess*"];

/** Names of policies that are broad as a rule, for those that the data lacks: AWS has withdrawn them or added them since. */
const UNKNOWN_BROAD = ["*AdminAccess", "*AdminPolicy", "*Administrator", "*PowerUser"];

const NAMES = {
  type: "array",
  items: { type: "string", minLength: 1, maxLength: 512 },
  maxItems: 200,
  default: [],
} as const;

interface Options {
  accept: string[];
  reject: string[];
}

export const roleNoBroadManagedPolicy = resourceRule<Options>(
  {
    name: "role-no-broad-managed-policy",
    displayName: "No broad managed policies",
    description:
      "An identity gets no AWS managed policy that gives away a whole service, the whole account or all data of a service.",
    severity: "high",
    framework: fsbp("IAM.1", 'IAM policies should not allow full "*" administrative privileges'),
    tags: ["least-privilege", "iam", "cis-aws-3.0.0/1.16", "cis-aws-3.0.0/1.22", "security-hub/IAM.27"],
    remediationSteps:
      "Write a policy with the actions and resources that are needed. IAM Access Analyzer makes one of what CloudTrail " +
      "recorded.",
    url: securityHub("iam"),
    options: {
      accept: {
        ...NAMES,
        description: "Names of AWS managed policies that pass, such as AmazonSSMFullAccess; * is any text.",
      },
      reject: {
        ...NAMES,
        description:
          "Names of AWS managed policies that do not pass either, such as ViewOnlyAccess; * is any text.",
      },
    },
    defaults: { accept: [], reject: [] },
    isAbout: (type) => Object.hasOwn(ATTACHMENTS, type),
  },
  (type, props, { accept, reject }) => {
    // An ARN that preview does not know is that of a policy in this stack: AWS's own are constants.
    return strings(props[ATTACHMENTS[type]]).flatMap((arn) => {
      const policy = managedName(arn);
      if (policy === undefined || isAny(accept, policy)) return [];
      const allowed = allowedEverywhere(policy);
      const names = [...BROAD, ...reject, ...(isManagedPolicy(policy) ? [] : UNKNOWN_BROAD)];
      if (!allowed && !isAny(names, policy)) return [];
      const because = allowed ? `, which allows ${some(allowed, 3)} on every resource` : "";
      return [
        `attaches ${show(arn)}${because}; write a policy with the actions and resources that are needed instead.`,
      ];
    });
  },
);

/** True if a policy has one of these names, with its path or without. IAM ignores their case. */
function isAny(patterns: string[], policy: string): boolean {
  const lower = policy.toLowerCase();
  return patterns
    .map((pattern) => pattern.toLowerCase())
    .some((pattern) => matches(pattern, lower) || matches(pattern, lower.split("/").pop() ?? ""));
}
