import { attached, type Bucket, bucketRule, inline } from "./buckets";
import { fields, list, UNKNOWN } from "./properties";

const SEPARATE = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
];

const REMEDY = 'set sseAlgorithm to "aws:kms" and kmsMasterKeyId to a key of yours';

export const bucketEncryptedWithCustomerKey = bucketRule({
  name: "bucket-encrypted-with-customer-key",
  description: "A bucket encrypts new objects with a KMS key of the account, by default.",
  judge: (bucket) => {
    const weaknesses = defaultEncryptions(bucket).map(weakness);
    if (weaknesses.length === 0) {
      return `sets no default encryption; add a BucketServerSideEncryptionConfiguration and ${REMEDY}.`;
    }
    return weaknesses.includes(undefined) ? undefined : weaknesses[0];
  },
});

/**
 * A separate configuration decides where there is one: what the bucket then reports of itself is what S3 last said,
 * AES256 for a new bucket or an older configuration after a refresh.
 */
function defaultEncryptions(bucket: Bucket): unknown[] {
  const separate = attached(bucket, ...SEPARATE);
  const own = ["serverSideEncryptionConfiguration", "serverSideEncryptionConfigurations"].map((property) =>
    inline(bucket, property),
  );
  return (separate.length > 0 ? separate : own)
    .flatMap(list)
    .flatMap((configuration) => nested(configuration, "rule"))
    .flatMap((rule) => nested(rule, "applyServerSideEncryptionByDefault"));
}

/** One and many: Bucket has `rule`, BucketV2 and the separate resources have `rules`. */
const nested = (parent: unknown, name: string): unknown[] =>
  parent === UNKNOWN ? [UNKNOWN] : [name, `${name}s`].flatMap((key) => list(fields(parent)[key]));

/** Undefined means that nothing is wrong, or that preview cannot tell: the update asks again with the real values. */
function weakness(encryption: unknown): string | undefined {
  const { sseAlgorithm, kmsMasterKeyId } = fields(encryption);
  if (encryption === UNKNOWN || sseAlgorithm === UNKNOWN) return undefined;
  if (sseAlgorithm !== "aws:kms" && sseAlgorithm !== "aws:kms:dsse") {
    return `is encrypted with ${sseAlgorithm}, a key that S3 owns and nobody can audit or withdraw; ${REMEDY}.`;
  }
  // A key whose ARN is not known yet is a key nevertheless.
  const own =
    kmsMasterKeyId === UNKNOWN || (kmsMasterKeyId && !String(kmsMasterKeyId).endsWith("alias/aws/s3"));
  return own
    ? undefined
    : `uses ${sseAlgorithm} with AWS's shared key aws/s3; set kmsMasterKeyId to a key of yours.`;
}
