import { DATA } from "../../reading/data-actions";
import { fsbp, securityHub } from "../../reading/frameworks";
import { everywhere } from "../../reading/powers";
import { documentRule } from "../document-rule";

export const roleNoUnboundedDataAccess = documentRule<{ actions: string[] }>(
  {
    name: "role-no-unbounded-data-access",
    displayName: "No data of everything",
    description:
      "An identity that reads objects, secrets, parameters or tables, or decrypts, does so with named ones.",
    severity: "high",
    framework: fsbp(
      "KMS.1",
      "IAM customer managed policies should not allow decryption actions on all KMS keys",
    ),
    tags: ["least-privilege", "iam", "fsbp/KMS.2", "data-exfiltration"],
    remediationSteps: "Name the buckets, secrets, parameters, tables and keys, or a prefix of their names.",
    url: securityHub("kms"),
    options: {
      actions: {
        type: "array",
        items: { type: "string", pattern: "^[a-z0-9-]+:[A-Za-z0-9]+$" },
        maxItems: 500,
        default: [],
        description: "More actions, such as athena:GetQueryResults, that may only be on named resources.",
      },
    },
    defaults: { actions: [] },
  },
  ["identity"],
  (document, { actions }) =>
    everywhere(
      document,
      [...DATA, ...actions],
      (label, found) => `${label} reads data wherever it is, by ${found}; name the resources that are needed`,
    ),
);
