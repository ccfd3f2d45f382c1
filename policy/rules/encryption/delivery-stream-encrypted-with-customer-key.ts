import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isExempt } from "../../options";
import { fsbp, securityHub } from "../../reading/frameworks";
import { ENCRYPTION_SCHEMA, isTooWeak, strengthOf } from "../../reading/keys";
import { isFields, properties } from "../../reading/properties";
import { quote } from "../../reading/quoting";
import { inTransit } from "../../reading/stream-encryption";

export const deliveryStreamEncryptedWithCustomerKey: ResourceValidationPolicy = {
  name: "delivery-stream-encrypted-with-customer-key",
  displayName: "Delivery stream encrypted with a customer key",
  description:
    "A Firehose stream encrypts what waits in it, and what it writes to S3, with a KMS key of the account.",
  enforcementLevel: "advisory",
  severity: "medium",
  framework: fsbp("DataFirehose.1", "Firehose delivery streams should be encrypted at rest"),
  tags: ["encryption", "firehose"],
  remediationSteps:
    'Set serverSideEncryption to { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: … }.',
  url: securityHub("datafirehose"),
  configSchema: { properties: ENCRYPTION_SCHEMA },
  validateResource: (args, reportViolation) => {
    if (args.type !== "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream" || isExempt(args)) return;
    const props = properties(args);
    const strength = inTransit(props);
    if (isTooWeak(args, strength)) {
      const how =
        strength === "none"
          ? "does not encrypt what waits in it"
          : "encrypts what waits in it with a key of AWS's";
      const remedy =
        'set serverSideEncryption to enabled with keyType "CUSTOMER_MANAGED_CMK" and keyArn, a customer-managed key';
      reportViolation(`delivery stream ${quote(args.name)} ${how}; ${remedy}.`);
    }
    for (const place of weakDestinations(props).filter(() => isTooWeak(args, "aws-key"))) {
      const remedy = "set it to a customer-managed key, or leave it out to have the bucket's own";
      reportViolation(`delivery stream ${quote(args.name)} names AWS's key aws/s3 in ${place}; ${remedy}.`);
    }
  },
};

/**
 * Where an S3 destination, or a backup in S3, names AWS's key. Without a key of its own it has the bucket's, which is
 * for the rule about buckets; with one it overrides it.
 */
function weakDestinations(value: unknown, path = ""): string[] {
  if (!isFields(value) || path.split(".").length > 4) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    const here = path ? `${path}.${name}` : name;
    if (name === "kmsKeyArn") return strengthOf(item, "customer-key") === "aws-key" ? [here] : [];
    return name.endsWith("Configuration") ? weakDestinations(item, here) : [];
  });
}
