import { cis, fsbp, securityHub } from "../../reading/frameworks";
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

export const userNoLongLivedKey = resourceRule(
  {
    name: "user-no-long-lived-key",
    displayName: "No access keys",
    description:
      "Programs take on a role instead of having an access key, which works for whoever finds it, for ever.",
    enforcementLevel: "advisory",
    severity: "medium",
    framework: cis("1.14", "Ensure access keys are rotated every 90 days or less"),
    tags: ["least-privilege", "iam", "fsbp/IAM.3", "credential-exposure"],
    remediationSteps:
      "Give the program a role: of its instance or function, through OIDC from a CI service, or by IAM Roles Anywhere. " +
      "A key's secret is in the state of the stack, too.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles",
    isAbout: (type) => type.startsWith("aws:iam/"),
  },
  (type, { status }) =>
    type === "aws:iam/accessKey:AccessKey" && status !== "Inactive"
      ? ["makes an access key, which does not expire; let the program take on a role instead."]
      : [],
);
