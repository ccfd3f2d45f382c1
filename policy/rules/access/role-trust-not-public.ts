import { opensToEverybody } from "../../reading/principals";
import { documentRule } from "../document-rule";

export const roleTrustNotPublic = documentRule(
  {
    name: "role-trust-not-public",
    displayName: "No role for everybody",
    description: "A role's trust policy names who may take it on.",
    severity: "critical",
    tags: ["least-privilege", "iam", "trust"],
    remediationSteps:
      "Name the roles, services or providers under Principal, or limit them by a condition such as aws:PrincipalOrgID.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  },
  ["trust"],
  ({ text }) =>
    opensToEverybody(text).map(
      ({ entry: { statement }, how }) =>
        `${statement.label} lets everybody take on the role (${how}) and no condition limits who that is; name who may`,
    ),
);
