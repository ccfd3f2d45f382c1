import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isExempt } from "../../options";
import { AT_REST } from "../../reading/frameworks";
import { ENCRYPTION_SCHEMA, isTooWeak, strengthOf } from "../../reading/keys";
import { properties } from "../../reading/properties";
import { quote } from "../../reading/quoting";

export const logGroupEncryptedWithCustomerKey: ResourceValidationPolicy = {
  name: "log-group-encrypted-with-customer-key",
  displayName: "Log group encrypted with a customer key",
  description: "A log group is encrypted with a KMS key of the account.",
  enforcementLevel: "advisory",
  severity: "medium",
  framework: AT_REST,
  tags: ["encryption", "cloudwatch-logs"],
  remediationSteps: "Set kmsKeyId to the ARN of a key whose policy lets CloudWatch Logs use it.",
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
  configSchema: { properties: ENCRYPTION_SCHEMA },
  validateResource: (args, reportViolation) => {
    if (args.type !== "aws:cloudwatch/logGroup:LogGroup" || isExempt(args)) return;
    const strength = strengthOf(properties(args).kmsKeyId, "service-key");
    if (!isTooWeak(args, strength)) return;
    const how = strength === "aws-key" ? "a key that AWS manages" : "a key that CloudWatch Logs owns";
    reportViolation(
      `log group ${quote(args.name)} is encrypted with ${how}; set kmsKeyId to a customer-managed key.`,
    );
  },
};
