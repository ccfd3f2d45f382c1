import { passing } from "../../reading/escalations";
import { documentRule } from "../document-rule";

export const roleNoPassAnyRole = documentRule(
  {
    name: "role-no-pass-any-role",
    displayName: "No passing of any role",
    description: "Who may pass roles to services may pass named roles.",
    severity: "high",
    tags: ["least-privilege", "iam"],
    remediationSteps:
      "Name the roles, or a prefix or path of roles, in the Resource of iam:PassRole, and the service in a condition on " +
      "iam:PassedToService.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
  },
  ["identity"],
  (document) => {
    const pass = passing(document);
    return pass
      ? [`${pass.label} allows iam:PassRole on every role, an administrator's too; name the roles`]
      : [];
  },
);
