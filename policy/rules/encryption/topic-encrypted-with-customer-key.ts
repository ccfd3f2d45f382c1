import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isExempt } from "../../options";
import { AT_REST, securityHub } from "../../reading/frameworks";
import { ENCRYPTION_SCHEMA, isTooWeak, strengthOf } from "../../reading/keys";
import { properties } from "../../reading/properties";
import { quote } from "../../reading/quoting";

export const topicEncryptedWithCustomerKey: ResourceValidationPolicy = {
  name: "topic-encrypted-with-customer-key",
  displayName: "Topic encrypted with a customer key",
  description: "An SNS topic encrypts its messages with a KMS key of the account.",
  enforcementLevel: "advisory",
  severity: "medium",
  framework: AT_REST,
  tags: ["encryption", "sns", "security-hub/SNS.1"],
  remediationSteps: "Set kmsMasterKeyId to a key whose policy lets those services use it that publish.",
  url: securityHub("sns"),
  configSchema: { properties: ENCRYPTION_SCHEMA },
  validateResource: (args, reportViolation) => {
    if (args.type !== "aws:sns/topic:Topic" || isExempt(args)) return;
    const strength = strengthOf(properties(args).kmsMasterKeyId, "none");
    if (!isTooWeak(args, strength)) return;
    const how = strength === "aws-key" ? "encrypts with AWS's key aws/sns" : "does not encrypt its messages";
    // CloudWatch alarms and S3 cannot publish with aws/sns: its policy is AWS's.
    reportViolation(`topic ${quote(args.name)} ${how}; set kmsMasterKeyId to a customer-managed key.`);
  },
};
