import { attached, mayHave } from "../../reading/buckets";
import { fsbp, securityHub } from "../../reading/frameworks";
import { BLOCK, FLAGS, missing } from "../../reading/public-access-blocks";
import { bucketRule } from "../bucket-rule";

export const bucketHasPublicAccessBlock = bucketRule({
  name: "bucket-has-public-access-block",
  displayName: "Bucket has a public access block",
  description:
    "A bucket declares that it blocks public access. S3 blocks it for every bucket made since April 2023, until somebody turns that off.",
  enforcementLevel: "advisory",
  severity: "medium",
  framework: fsbp("S3.8", "S3 general purpose buckets should block public access"),
  tags: ["exposure", "s3", "cis-aws-3.0.0/2.1.4"],
  remediationSteps: `Add a BucketPublicAccessBlock for the bucket and set ${FLAGS.join(", ")} to true.`,
  url: securityHub("s3"),
  judge: (bucket) =>
    mayHave(bucket, BLOCK) ||
    attached(bucket, BLOCK).length > 0 ||
    bucket.accountBlocks.some((block) => missing(block).length === 0)
      ? undefined
      : `has no BucketPublicAccessBlock; add one and set ${FLAGS.join(", ")} to true.`,
});
