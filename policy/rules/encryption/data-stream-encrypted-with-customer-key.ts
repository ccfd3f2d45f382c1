import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isExempt } from "../../options";
import { fsbp, securityHub } from "../../reading/frameworks";
import { ENCRYPTION_SCHEMA, isTooWeak } from "../../reading/keys";
import { properties } from "../../reading/properties";
import { quote } from "../../reading/quoting";
import { strengthOfStream } from "../../reading/stream-encryption";

export const dataStreamEncryptedWithCustomerKey: ResourceValidationPolicy = {
  name: "data-stream-encrypted-with-customer-key",
  displayName: "Data stream encrypted with a customer key",
  description: "A Kinesis data stream encrypts its records with a KMS key of the account.",
  enforcementLevel: "advisory",
  severity: "medium",
  framework: fsbp("Kinesis.1", "Kinesis streams should be encrypted at rest"),
  tags: ["encryption", "kinesis"],
  remediationSteps: 'Set encryptionType to "KMS" and kmsKeyId to a customer-managed key.',
  url: securityHub("kinesis"),
  configSchema: { properties: ENCRYPTION_SCHEMA },
  validateResource: (args, reportViolation) => {
    if (args.type !== "aws:kinesis/stream:Stream" || isExempt(args)) return;
    const strength = strengthOfStream(properties(args));
    if (!isTooWeak(args, strength)) return;
    const how = strength === "none" ? "does not encrypt its records" : "encrypts with AWS's key aws/kinesis";
    const remedy = 'set encryptionType to "KMS" and kmsKeyId to a customer-managed key';
    reportViolation(`data stream ${quote(args.name)} ${how}; ${remedy}.`);
  },
};
