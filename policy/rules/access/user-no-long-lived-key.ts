import { cis } from "../../reading/frameworks";
import { resourceRule } from "../document-rule";

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
