import { fsbp, securityHub } from "../../reading/frameworks";
import { covered, credentialActions, isEveryAction } from "../../reading/iam-actions";
import { givingEverywhere, isBoundless } from "../../reading/powers";
import { type Document, documentRule, some, statementRule } from "../document-rule";

/** What reads data or secrets, and can be limited to some. */
export const DATA = [
  "dynamodb:BatchGetItem",
  "dynamodb:GetItem",
  "dynamodb:Query",
  "dynamodb:Scan",
  "kms:Decrypt",
  "kms:ReEncryptFrom",
  "rds:CopyDBSnapshot",
  "rds:CreateDBSnapshot",
  "s3:GetObject",
  "s3:GetObjectVersion",
  "secretsmanager:GetSecretValue",
  "ssm:GetParameter",
  "ssm:GetParameters",
  "ssm:GetParametersByPath",
];

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

export const roleNoPermissionsManagement = statementRule(
  {
    name: "role-no-permissions-management",
    displayName: "No permissions for all resources",
    description: "An identity that gives out permissions does so for named resources.",
    enforcementLevel: "advisory",
    severity: "medium",
    tags: ["least-privilege", "iam", "resource-exposure"],
    remediationSteps:
      "Leave the change of policies, ACLs and shares to an identity for that, or name the resources.",
    url: "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  },
  ["identity"],
  // A wildcard for everything is role-no-wildcard-action's to report.
  (statement) => {
    const giving = statement.actions
      .filter((action) => !isEveryAction(action))
      .flatMap(covered)
      .filter(({ isPermission, name }) => isPermission && isBoundless(statement, name.toLowerCase()))
      .map(({ name }) => name);
    return giving.length > 0
      ? [`gives out permissions for any resource, by ${some(giving, 3)}; name the resources that are needed`]
      : [];
  },
);

/** A finding for each statement that gives some of these actions on whatever there is. */
function everywhere(
  document: Document,
  actions: string[],
  finding: (label: string, found: string) => string,
): string[] {
  const found = new Map<string, string[]>();
  for (const action of actions) {
    const statement = givingEverywhere(document, action.toLowerCase());
    if (statement) found.set(statement.label, [...(found.get(statement.label) ?? []), action]);
  }
  return Array.from(found, ([label, names]) => finding(label, some(names, 3)));
}
