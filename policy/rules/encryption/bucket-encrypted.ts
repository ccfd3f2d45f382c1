import { encryptionRules, isReadBack, nested, SEPARATE, strength } from "../../reading/bucket-encryption";
import { mayHave } from "../../reading/buckets";
import { AT_REST } from "../../reading/frameworks";
import { logsTo } from "../../reading/log-buckets";
import { bucketRule } from "../bucket-rule";

const REMEDY = 'set sseAlgorithm to "aws:kms", or to "AES256" for S3\'s own key';

export const bucketEncrypted = bucketRule({
  name: "bucket-encrypted",
  displayName: "Bucket with default encryption",
  description:
    "A bucket declares its default encryption, with an algorithm that S3 has. Its key is the business of " +
    "bucket-encrypted-with-customer-key.",
  severity: "high",
  framework: AT_REST,
  tags: ["encryption", "s3"],
  remediationSteps: `Add a BucketServerSideEncryptionConfiguration for the bucket; ${REMEDY}.`,
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html",
  judgesElsewhere: SEPARATE,
  judge: (bucket) => {
    if (mayHave(bucket, ...SEPARATE)) return undefined;
    const defaults = encryptionRules(bucket).flatMap((rule) =>
      nested(rule, "applyServerSideEncryptionByDefault"),
    );
    const strengths = defaults.map(strength);
    if (strengths.includes("none")) return `names no algorithm that S3 has; ${REMEDY}.`;
    // S3 reports AES256 for a bucket that declares nothing. A preview does not see that yet, so it must not count.
    const declares = strengths.some((found) => found !== "service-key") || !isReadBack(bucket);
    if ((defaults.length > 0 && declares) || logsTo(bucket) !== undefined) return undefined;
    return `declares no default encryption; add a BucketServerSideEncryptionConfiguration and ${REMEDY}.`;
  },
});
