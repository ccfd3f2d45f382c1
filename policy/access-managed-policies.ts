import { resourceRule, show } from "./access-rule";
import { matches, partsOf } from "./iam-patterns";
import { fsbp, securityHub } from "./lake-frameworks";
import { strings } from "./properties";

/** Which property of which resource names the managed policies that an identity gets. */
export const ATTACHMENTS: Record<string, string> = {
  "aws:iam/policyAttachment:PolicyAttachment": "policyArn",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "policyArn",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": "policyArn",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": "policyArn",
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": "policyArns",
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": "policyArns",
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": "policyArns",
  "aws:iam/role:Role": "managedPolicyArns",
  "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": "managedPolicyArn",
  "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive": "managedPolicyArns",
};

/** AWS appends to these names: AmazonDynamoDBFullAccess_v2, AdministratorAccess-Amplify. */
const BROAD = [
  "AdministratorAccess*",
  "PowerUserAccess*",
  "*FullAccess*",
  "job-function/DatabaseAdministrator",
  "job-function/DataScientist",
  "job-function/NetworkAdministrator",
  "job-function/SystemAdministrator",
  // Both let their holder read every object of every bucket.
  "service-role/AmazonEC2RoleforSSM",
  "service-role/AmazonElasticMapReduceforEC2Role",
];

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
      "An identity gets no AWS managed policy that gives away a whole service or the whole account.",
    severity: "high",
    framework: fsbp("IAM.1", 'IAM policies should not allow full "*" administrative privileges'),
    tags: ["least-privilege", "iam", "cis-aws-3.0.0/1.16", "cis-aws-3.0.0/1.22", "fsbp/IAM.27"],
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
          "Names of AWS managed policies that do not pass either, such as ReadOnlyAccess; * is any text.",
      },
    },
    defaults: { accept: [], reject: [] },
  },
  (type, props, { accept, reject }) => {
    if (!Object.hasOwn(ATTACHMENTS, type)) return [];
    const isAny = (patterns: string[], policy: string) =>
      patterns.some((pattern) => matches(pattern, policy) || matches(pattern, policy.split("/").pop() ?? ""));
    // An ARN that preview does not know is that of a policy in this stack: AWS's own are constants.
    return strings(props[ATTACHMENTS[type]])
      .filter((arn) => {
        const policy = managedName(arn);
        return policy !== undefined && isAny([...BROAD, ...reject], policy) && !isAny(accept, policy);
      })
      .map(
        (arn) =>
          `attaches ${show(arn)}; write a policy with the actions and resources that are needed instead.`,
      );
  },
);

/**
 * Name and path of a policy that AWS writes (account `aws`), in any partition. What a policy of the account's own is
 * called proves nothing; the rules about statements read what it says.
 */
export function managedName(arn: string): string | undefined {
  const [, , service, , account, resource] = partsOf(arn);
  return service === "iam" && account === "aws" && resource?.startsWith("policy/")
    ? resource.slice("policy/".length)
    : undefined;
}
