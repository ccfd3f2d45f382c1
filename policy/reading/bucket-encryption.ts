import { attached, type Bucket, inline } from "./buckets";
import { type Strength, strengthOf } from "./keys";
import { fields, list, UNKNOWN } from "./properties";

export const SEPARATE = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
];

const INLINE = ["serverSideEncryptionConfiguration", "serverSideEncryptionConfigurations"];

/**
 * Returns the encryption rules of a bucket. A separate configuration resource overrides the bucket's own property, which
 * then only repeats S3's last answer: AES256 for a new bucket, or an older configuration after a refresh.
 */
export function encryptionRules(bucket: Bucket): unknown[] {
  const separate = attached(bucket, ...SEPARATE);
  const own = INLINE.map((property) => inline(bucket, property));
  return (separate.length > 0 ? separate : own)
    .flatMap(list)
    .flatMap((configuration) => nested(configuration, "rule"));
}

/** True if no program declared the configuration that the bucket has: S3 reported it. */
export const isReadBack = (bucket: Bucket): boolean =>
  attached(bucket, ...SEPARATE).length === 0 &&
  !INLINE.some((property) => property in bucket.resource.propertyDependencies);

/** Returns the list of rules: Bucket has `rule`, BucketV2 and the separate resources have `rules`. */
export const nested = (parent: unknown, name: string): unknown[] =>
  parent === UNKNOWN ? [UNKNOWN] : [name, `${name}s`].flatMap((key) => list(fields(parent)[key]));

/** Returns the owner of the key; undefined if it is unknown in preview. The update judges again with the real values. */
export function strength(encryption: unknown): Strength | undefined {
  const { sseAlgorithm, kmsMasterKeyId } = fields(encryption);
  if (encryption === UNKNOWN || sseAlgorithm === UNKNOWN) return undefined;
  const kms = sseAlgorithm === "aws:kms" || sseAlgorithm === "aws:kms:dsse";
  // An unknown ARN still means that there is a key.
  return kms ? strengthOf(kmsMasterKeyId, "aws-key") : sseAlgorithm === "AES256" ? "service-key" : "none";
}
