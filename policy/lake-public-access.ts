import { attached, bucketRule } from "./buckets";
import { type Fields, UNKNOWN } from "./properties";

const TYPE = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

const FLAGS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

export const bucketBlocksPublicAccess = bucketRule({
  name: "bucket-blocks-public-access",
  description: "A bucket blocks public access in all four ways, whatever its policy and ACLs say.",
  judge: (bucket) => {
    const blocks = attached(bucket, TYPE).map(missing);
    if (blocks.length === 0) {
      return `has no BucketPublicAccessBlock; add one and set ${FLAGS.join(", ")} to true.`;
    }
    if (blocks.some((flags) => flags.length === 0)) return undefined;
    return `has a BucketPublicAccessBlock that leaves ways open; set ${blocks[0].join(", ")} to true.`;
  },
});

/** A flag left out is false. One that preview does not know yet may well be true, so it waits for the update. */
const missing = (block: Fields): string[] =>
  FLAGS.filter((flag) => block[flag] !== true && block[flag] !== UNKNOWN);
