import type { ResourceValidationPolicy } from "@pulumi/policy";
import { EXEMPT_SCHEMA, isExempt } from "../../options";
import { cis } from "../../reading/frameworks";
import { type Fields, isFalse, isTrue, properties, UNKNOWN } from "../../reading/properties";
import { quote } from "../../reading/quoting";

export const keyRotates: ResourceValidationPolicy = {
  name: "key-rotates",
  displayName: "Key rotation",
  description: "A symmetric KMS key gets new material every year.",
  enforcementLevel: "advisory",
  severity: "medium",
  framework: cis("3.6", "Ensure rotation for customer-created symmetric CMKs is enabled"),
  tags: ["encryption", "kms", "nist-800-53-r5/SC-12", "security-hub/KMS.4"],
  remediationSteps: "Set enableKeyRotation to true.",
  url: "https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html",
  configSchema: {
    properties: {
      ...EXEMPT_SCHEMA,
      longestPeriodInDays: {
        type: "integer",
        minimum: 90,
        maximum: 2560,
        default: 365,
        description:
          "The longest rotationPeriodInDays that passes; a key without one rotates every 365 days.",
      },
    },
  },
  validateResource: (args, reportViolation) => {
    const props = properties(args);
    if (args.type !== "aws:kms/key:Key" || isExempt(args) || !canRotate(props)) return;
    const { enableKeyRotation, rotationPeriodInDays } = props;
    if (enableKeyRotation === UNKNOWN) return;
    if (!isTrue(enableKeyRotation)) {
      reportViolation(`key ${quote(args.name)} is never rotated; set enableKeyRotation to true.`);
      return;
    }
    const longest = args.getConfig<{ longestPeriodInDays?: number }>().longestPeriodInDays ?? 365;
    if (typeof rotationPeriodInDays === "number" && rotationPeriodInDays > longest) {
      const remedy = `set rotationPeriodInDays to ${longest} or less.`;
      reportViolation(`key ${quote(args.name)} is rotated every ${rotationPeriodInDays} days; ${remedy}`);
    }
  },
};

/**
 * True if KMS can rotate the key: a symmetric key whose material KMS generated and stores. It cannot rotate asymmetric keys,
 * HMAC keys or keys in a custom key store. Keys with imported material and replica keys are other resource types.
 */
function canRotate({
  customerMasterKeySpec,
  keyUsage,
  customKeyStoreId,
  xksKeyId,
  isEnabled,
}: Fields): boolean {
  return (
    [undefined, null, "", "SYMMETRIC_DEFAULT"].includes(customerMasterKeySpec as string) &&
    [undefined, null, "", "ENCRYPT_DECRYPT"].includes(keyUsage as string) &&
    !customKeyStoreId &&
    !xksKeyId &&
    !isFalse(isEnabled)
  );
}
