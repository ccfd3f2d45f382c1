import { escalationsIn, passing } from "../../reading/escalations";
import { nist } from "../../reading/frameworks";
import { documentRule, some } from "../document-rule";

export const roleNoPrivilegeEscalation = documentRule(
  {
    name: "role-no-privilege-escalation",
    displayName: "No privilege escalation",
    description: "Nobody can use an identity policy's permissions to get more permissions.",
    severity: "critical",
    framework: nist("AC-6(10)", "Prohibit non-privileged users from executing privileged functions"),
    tags: ["least-privilege", "iam", "fsbp/IAM.1", "cis-aws-3.0.0/1.16"],
    remediationSteps:
      "Limit the actions to named users, roles, policies and functions; give those who make roles a condition on " +
      "iam:PermissionsBoundary; give an identity that is an administrator by design an exemption.",
    url: "https://pathfinding.cloud",
  },
  ["identity"],
  (document) => {
    const ways = escalationsIn(document);
    return ways.length === 0
      ? []
      : [
          `lets its holder become administrator through ${some(ways, 3)}; limit these to named resources, or require ` +
            "iam:PermissionsBoundary",
        ];
  },
);

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
