import type { ResourceValidationPolicy } from "@pulumi/policy";
import { properties, strings } from "./properties";

/** Which property of which resource names the managed policies that an identity gets. */
const ATTACHMENTS: Record<string, string> = {
  "aws:iam/policyAttachment:PolicyAttachment": "policyArn",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "policyArn",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": "policyArn",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": "policyArn",
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": "policyArns",
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": "policyArns",
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": "policyArns",
  "aws:iam/role:Role": "managedPolicyArns",
};

/**
 * Policies that AWS writes (account `aws`) in any partition. What a policy of the account's own is called proves
 * nothing; the statement rules read what it says. AWS appends to these names: AmazonDynamoDBFullAccess_v2,
 * AdministratorAccess-Amplify.
 */
const BROAD =
  /^arn:aws[\w-]*:iam::aws:policy\/(.+\/)?(AdministratorAccess|PowerUserAccess|[^/]*FullAccess)[^/]*$/;

export const roleNoBroadManagedPolicy: ResourceValidationPolicy = {
  name: "role-no-broad-managed-policy",
  description: "An identity gets no AWS managed policy that gives away a whole service or the whole account.",
  enforcementLevel: "mandatory",
  validateResource: (args, reportViolation) => {
    const property = ATTACHMENTS[args.type];
    if (!property) return;
    // An ARN that preview does not know is that of a policy in this stack: AWS's own are constants.
    for (const arn of strings(properties(args)[property]).filter((candidate) => BROAD.test(candidate))) {
      reportViolation(
        `attaches ${arn}; write a policy with the actions and resources that are needed instead.`,
      );
    }
  },
};
