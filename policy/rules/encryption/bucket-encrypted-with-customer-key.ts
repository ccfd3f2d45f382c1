import { encryptionRules, nested, SEPARATE } from "../../reading/bucket-encryption";
import { policiesOf } from "../../reading/bucket-policies";
import { attached, type Bucket, mayHave } from "../../reading/buckets";
import { AT_REST, securityHub } from "../../reading/frameworks";
import { ENCRYPTION_SCHEMA, isTooWeak, type Strength, strengthOf } from "../../reading/keys";
import { logsGranted, logsLetIn } from "../../reading/log-targets";
import { entries } from "../../reading/principals";
import { fields, UNKNOWN } from "../../reading/properties";
import { bucketRule } from "../bucket-rule";

const ACLS = ["aws:s3/bucketAcl:BucketAcl", "aws:s3/bucketAclV2:BucketAclV2"];

const REMEDY = 'set sseAlgorithm to "aws:kms" and kmsMasterKeyId to a key of yours';

export const bucketEncryptedWithCustomerKey = bucketRule({
  name: "bucket-encrypted-with-customer-key",
  displayName: "Bucket encrypted with a customer key",
  description:
    "A bucket encrypts new objects with a KMS key of the account, by default. One that AWS writes logs to may have S3's own " +
    "key if the service takes no other or uses the key in its own settings.",
  severity: "high",
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

/** The logs that an AWS service writes to the bucket: so says what logs, the bucket's policy or its ACL. */
const logsTo = (bucket: Bucket): string | undefined =>
  bucket.logs ??
  [bucket.props, ...attached(bucket, ...ACLS)].map(logsGranted).find(Boolean) ??
  policiesOf(bucket).flatMap(entries).map(logsLetIn).find(Boolean);

/** Undefined means that preview cannot tell: the update asks again with the real values. */
function strength(encryption: unknown): Strength | undefined {
  const { sseAlgorithm, kmsMasterKeyId } = fields(encryption);
  if (encryption === UNKNOWN || sseAlgorithm === UNKNOWN) return undefined;
  const kms = sseAlgorithm === "aws:kms" || sseAlgorithm === "aws:kms:dsse";
  // A key whose ARN is not known yet is a key nevertheless.
  return kms ? strengthOf(kmsMasterKeyId, "aws-key") : sseAlgorithm === "AES256" ? "service-key" : "none";
}

function weakness(encryption: unknown): string {
  const { sseAlgorithm } = fields(encryption);
  switch (strength(encryption)) {
    case "aws-key":
      return `uses ${sseAlgorithm} with AWS's shared key aws/s3; set kmsMasterKeyId to a key of yours.`;
    case "service-key":
      return `is encrypted with ${sseAlgorithm}, a key that S3 owns and nobody can audit or withdraw; ${REMEDY}.`;
    default:
      return `names no algorithm of S3's for its default encryption; ${REMEDY}.`;
  }
}
