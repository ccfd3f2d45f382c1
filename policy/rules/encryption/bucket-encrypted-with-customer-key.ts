import { encryptionRules, nested, SEPARATE, strength } from "../../reading/bucket-encryption";
import { mayHave } from "../../reading/buckets";
import { AT_REST, securityHub } from "../../reading/frameworks";
import { ENCRYPTION_SCHEMA, isTooWeak, type Strength } from "../../reading/keys";
import { logsTo } from "../../reading/log-buckets";
import { fields } from "../../reading/properties";
import { bucketRule } from "../bucket-rule";

const REMEDY = 'set sseAlgorithm to "aws:kms" and kmsMasterKeyId to a customer-managed key';

export const bucketEncryptedWithCustomerKey = bucketRule({
  name: "bucket-encrypted-with-customer-key",
  displayName: "Bucket encrypted with a customer key",
  description:
    "A bucket encrypts new objects with a KMS key of the account, by default. One that AWS writes logs to may have S3's own " +
    "key if the service takes no other or uses the key in its own settings.",
  enforcementLevel: "advisory",
  severity: "medium",
  framework: AT_REST,
  tags: ["encryption", "s3", "security-hub/S3.17"],
  remediationSteps: `Add a BucketServerSideEncryptionConfiguration for the bucket; ${REMEDY}.`,
  url: securityHub("s3"),
  options: ENCRYPTION_SCHEMA,
  judgesElsewhere: SEPARATE,
  judge: (bucket, options) => {
    if (mayHave(bucket, ...SEPARATE)) return undefined;
    const accepted = (found: Strength | undefined) =>
      !isTooWeak(options, found) || (found === "service-key" && logsTo(bucket) !== undefined);
    const defaults = encryptionRules(bucket).flatMap((rule) =>
      nested(rule, "applyServerSideEncryptionByDefault"),
    );
    // S3 encrypts every bucket since January 2023, with AES256 where nothing else is set.
    if (defaults.length === 0) {
      return accepted("service-key")
        ? undefined
        : `sets no default encryption; add a BucketServerSideEncryptionConfiguration and ${REMEDY}.`;
    }
    const weaknesses = defaults.map((each) => (accepted(strength(each)) ? "" : weakness(each)));
    return weaknesses.includes("") ? undefined : weaknesses[0];
  },
});

function weakness(encryption: unknown): string {
  const { sseAlgorithm } = fields(encryption);
  switch (strength(encryption)) {
    case "aws-key":
      return `uses ${sseAlgorithm} with AWS's shared key aws/s3; set kmsMasterKeyId to a customer-managed key.`;
    case "service-key":
      return `is encrypted with ${sseAlgorithm}, a key that S3 owns and nobody can audit or withdraw; ${REMEDY}.`;
    default:
      return `names no algorithm of S3's for its default encryption; ${REMEDY}.`;
  }
}
