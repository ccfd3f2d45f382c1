import { credentialActions } from "../../reading/iam-actions";
import { everywhere } from "../../reading/powers";
import { documentRule } from "../document-rule";

export const roleNoCredentialExposure = documentRule(
  {
    name: "role-no-credential-exposure",
    displayName: "No credentials of others",
    description: "An identity that gets credentials of roles, users or databases gets those of named ones.",
    severity: "high",
    tags: ["least-privilege", "iam", "credential-exposure"],
    remediationSteps: "Name the roles, users or databases whose credentials are needed.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  },
  ["identity"],
  (document) =>
    everywhere(
      document,
      credentialActions(),
      (label, found) =>
        `${label} gets the credentials of others, by ${found} on every resource; name the resources that are needed`,
    ),
);
