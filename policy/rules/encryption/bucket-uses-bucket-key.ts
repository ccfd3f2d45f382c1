import { encryptionRules, nested } from "../../reading/bucket-encryption";
import { fields, isTrue, UNKNOWN } from "../../reading/properties";
import { bucketRule } from "../bucket-rule";

export const bucketUsesBucketKey = bucketRule({
  name: "bucket-uses-bucket-key",
  displayName: "Bucket with a bucket key",
  description: "A bucket with a KMS key uses a bucket key, which saves nearly all calls to KMS.",
  enforcementLevel: "advisory",
  severity: "low",
  tags: ["encryption", "cost", "s3"],
  remediationSteps: "Set bucketKeyEnabled to true beside applyServerSideEncryptionByDefault.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html",
  judge: (bucket) => {
    const without = encryptionRules(bucket).filter((rule) => {
      const { bucketKeyEnabled } = fields(rule);
      // Dual-layer encryption has no bucket keys.
      const kms = nested(rule, "applyServerSideEncryptionByDefault").some(
        (each) => fields(each).sseAlgorithm === "aws:kms",
      );
      return kms && !isTrue(bucketKeyEnabled) && bucketKeyEnabled !== UNKNOWN;
    });
    return without.length === 0
      ? undefined
      : "calls KMS for every object; set bucketKeyEnabled to true beside its default encryption.";
  },
});
