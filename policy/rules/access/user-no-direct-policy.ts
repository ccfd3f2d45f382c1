import { fsbp, securityHub } from "../../reading/frameworks";
import { list, UNKNOWN } from "../../reading/properties";
import { resourceRule } from "../document-rule";

const USER_POLICIES = [
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive",
];

export const userNoDirectPolicy = resourceRule(
  {
    name: "user-no-direct-policy",
    displayName: "No policies of one user",
    description:
      "Users get permissions through groups or roles, where they can be seen and withdrawn together.",
    enforcementLevel: "advisory",
    severity: "low",
    framework: fsbp("IAM.2", "IAM users should not have IAM policies attached"),
    tags: ["least-privilege", "iam", "cis-aws-3.0.0/1.15"],
    remediationSteps:
      "Attach the policy to a group, and add the user to it; better, let people and programs take on a role.",
    url: securityHub("iam"),
    isAbout: (type) => type.startsWith("aws:iam/"),
  },
  (type, { users, policyArns }) => {
    const direct =
      (USER_POLICIES.includes(type) && !isEmpty(policyArns)) ||
      (type === "aws:iam/policyAttachment:PolicyAttachment" && list(users).some((user) => user !== UNKNOWN));
    return direct ? ["gives a policy to a user directly; give it to a group or a role."] : [];
  },
);

const isEmpty = (arns: unknown): boolean => Array.isArray(arns) && arns.length === 0;
