import { type Fields, isTrue, UNKNOWN } from "./properties";

export const BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

/** Of the account that it is made in: S3 blocks what this or the bucket's own block blocks. */
export const ACCOUNT_BLOCK = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock";

export const FLAGS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

/** A flag left out is false. One that preview does not know yet may well be true, so it waits for the update. */
export const missing = (block: Fields): string[] =>
  FLAGS.filter((flag) => !isTrue(block[flag]) && block[flag] !== UNKNOWN);
