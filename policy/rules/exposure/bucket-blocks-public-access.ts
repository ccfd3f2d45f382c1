import { attached, mayHave } from "../../reading/buckets";
import { fsbp, securityHub } from "../../reading/frameworks";
import { BLOCK, FLAGS, missing } from "../../reading/public-access-blocks";
import { bucketRule } from "../bucket-rule";

export const bucketBlocksPublicAccess = bucketRule({
  name: "bucket-blocks-public-access",
  displayName: "Bucket blocks public access",
  description:
    "A bucket's public access block, or its account's in the same stack, blocks all four ways, whatever its policy and ACLs say.",
  severity: "critical",
  framework: fsbp("S3.8", "S3 general purpose buckets should block public access"),
  tags: ["exposure", "s3", "cis-aws-3.0.0/2.1.4"],
  remediationSteps: `Add a BucketPublicAccessBlock for the bucket and set ${FLAGS.join(", ")} to true.`,
  url: securityHub("s3"),
  judgesElsewhere: [BLOCK],
  judge: (bucket) => {
    if (mayHave(bucket, BLOCK)) return undefined;
    const ofAccount = bucket.accountBlocks.map(missing);
    const blocks = attached(bucket, BLOCK)
      .map(missing)
      .map((flags) => flags.filter((flag) => ofAccount.every((open) => open.includes(flag))));
    if (blocks.length === 0 || blocks.some((flags) => flags.length === 0)) return undefined;
    return `has a BucketPublicAccessBlock that leaves ways open; set ${blocks[0].join(", ")} to true.`;
  },
});
