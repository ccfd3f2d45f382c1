import { escalationsIn } from "../../reading/escalations";
import { nist } from "../../reading/frameworks";
import { some } from "../../reading/quoting";
import { documentRule } from "../document-rule";

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
