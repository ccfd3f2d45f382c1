import type { ResourceValidationPolicy } from "@pulumi/policy";
import { EXEMPT_SCHEMA, isExempt } from "../../options";
import type { Statement } from "../../reading/documents";
import { isEveryAction } from "../../reading/iam-actions";
import { type Entry, entries, isAll } from "../../reading/principals";
import { isFields } from "../../reading/properties";
import { quote } from "../../reading/quoting";
import { RESOURCE_POLICIES } from "../../reading/resource-policies";
import { documentOf } from "../public-policy-rule";

export const resourcePolicyNoLockOut: ResourceValidationPolicy = {
  name: "resource-policy-no-lock-out",
  displayName: "No lock-out by a resource policy",
  description: "A resource's policy leaves somebody who can change it.",
  enforcementLevel: "mandatory",
  severity: "high",
  tags: ["exposure", "lock-out", "s3", "kms"],
  remediationSteps:
    "Except those who administer the resource from the Deny, by a condition on aws:PrincipalArn.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html",
  configSchema: { properties: EXEMPT_SCHEMA },
  validateResource: (args, reportViolation) => {
    const document = documentOf(RESOURCE_POLICIES, args);
    if (document === undefined || isExempt(args)) return;
    for (const { statement } of entries(document).filter(locksOut)) {
      reportViolation(
        `the policy of ${quote(args.name)}: ${statement.label} denies everything to everybody, without an exception; ` +
          "except the administrators by a condition on aws:PrincipalArn.",
      );
    }
  },
};

function locksOut({ statement, raw }: Entry): boolean {
  return (
    statement.effect === "Deny" &&
    isAll(raw) &&
    (statement.actions.some(isEveryAction) || leavesLittle(statement.notActions)) &&
    isAboutAll(statement) &&
    isAlways(raw.Condition)
  );
}

/** True if a Deny of all other actions spares none that changes anything. */
const leavesLittle = (notActions?: string[]): boolean =>
  notActions?.every((action) => /:(Get|List|Describe|Read|Receive)[a-z*]*$/i.test(action)) ?? false;

/** A Deny on some of a bucket's objects keeps those from everybody, which may be meant: the bucket stays. */
const isAboutAll = ({ resources, notResources, hidden }: Statement): boolean =>
  !notResources &&
  !hidden.includes("Resource") &&
  (resources.length === 0 || resources.some((arn) => !/^arn:[^:]*:s3:::[^/]+\/.*[^*]/.test(arn)));

/**
 * True if every request that can still come meets a condition. A policy that refuses TLS as well as plain HTTP refuses
 * all, and so does who refuses TLS in a time when the AWS SDKs speak nothing else.
 */
function isAlways(condition: unknown): boolean {
  if (condition === undefined || condition === null) return true;
  if (!isFields(condition)) return false;
  const tests = Object.entries(condition).flatMap(([operator, keys]) =>
    isFields(keys)
      ? Object.entries(keys).map(([key, values]) => ({ operator, key, values }))
      : [{ operator, key: "", values: "" }],
  );
  return tests.every(
    ({ operator, key, values }) =>
      /^Bool(IfExists)?$/i.test(operator) &&
      key.toLowerCase() === "aws:securetransport" &&
      [values].flat().some((value) => String(value).toLowerCase() === "true"),
  );
}
