import { type Fields, isTrue, UNKNOWN } from "./properties";

export const BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

/** The public access block of the stack's account. S3 applies both this block and the bucket's. */
export const ACCOUNT_BLOCK = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock";

export const FLAGS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

/** A flag left out is false. One that preview does not know yet may well be true, so it waits for the update. */
export const missing = (block: Fields): string[] =>
  FLAGS.filter((flag) => !isTrue(block[flag]) && block[flag] !== UNKNOWN);
