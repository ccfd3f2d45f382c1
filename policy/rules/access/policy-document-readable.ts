import { grammarFaults } from "../../reading/grammar";
import { documentRule } from "../document-rule";

export const policyDocumentReadable = documentRule(
  {
    name: "policy-document-readable",
    displayName: "Readable policy documents",
    description: "A policy document has the form that AWS asks for, and means what it seems to mean.",
    severity: "medium",
    tags: ["least-privilege", "iam"],
    remediationSteps:
      "Put the document right; `aws accessanalyzer validate-policy` says the same of it and more. " +
      "The other rules cannot judge what they cannot read.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  },
  ["identity", "trust", "resource"],
  ({ kind, text }) => grammarFaults(kind, text).map((fault) => `${fault}; correct the document`),
);
