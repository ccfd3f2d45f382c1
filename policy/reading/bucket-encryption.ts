import { attached, type Bucket, inline } from "./buckets";
import { fields, list, UNKNOWN } from "./properties";

export const SEPARATE = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
];

/**
 * A separate configuration decides where there is one: what the bucket then reports of itself is what S3 last said,
 * AES256 for a new bucket or an older configuration after a refresh.
 */
export function encryptionRules(bucket: Bucket): unknown[] {
  const separate = attached(bucket, ...SEPARATE);
  const own = ["serverSideEncryptionConfiguration", "serverSideEncryptionConfigurations"].map((property) =>
    inline(bucket, property),
  );
  return (separate.length > 0 ? separate : own)
    .flatMap(list)
    .flatMap((configuration) => nested(configuration, "rule"));
}

/** One and many: Bucket has `rule`, BucketV2 and the separate resources have `rules`. */
export const nested = (parent: unknown, name: string): unknown[] =>
  parent === UNKNOWN ? [UNKNOWN] : [name, `${name}s`].flatMap((key) => list(fields(parent)[key]));
