import type { CallRow } from "./call-row";
import { ANYTHING, bucket, database, key, objects } from "./places";

const ownKey = key(() => undefined);

/**
 * Calls for the key, the bucket with its settings, and the catalog. For most settings S3 has one action to set and to
 * remove.
 */
// biome-ignore format: a table, one row a line
export const LAKE: Record<string, CallRow[]> = {
  "aws:kms/key:Key": [
    [ANYTHING, "kms:CreateKey", "", "", ""],
    [ownKey, "kms:EnableKeyRotation kms:TagResource", "kms:DescribeKey kms:GetKeyPolicy kms:GetKeyRotationStatus kms:ListResourceTags", "kms:DisableKeyRotation kms:EnableKeyRotation kms:PutKeyPolicy kms:TagResource kms:UntagResource kms:UpdateKeyDescription", "kms:ScheduleKeyDeletion"],
  ],
  "aws:s3/bucket:Bucket": [
    [bucket, "s3:CreateBucket s3:PutBucketTagging s3:TagResource", "s3:GetAccelerateConfiguration s3:GetBucketAcl s3:GetBucketCORS s3:GetBucketLogging s3:GetBucketObjectLockConfiguration s3:GetBucketPolicy s3:GetBucketRequestPayment s3:GetBucketTagging s3:GetBucketVersioning s3:GetBucketWebsite s3:GetEncryptionConfiguration s3:GetLifecycleConfiguration s3:GetReplicationConfiguration s3:ListBucket s3:ListTagsForResource", "s3:PutBucketTagging s3:TagResource s3:UntagResource", "s3:DeleteBucket"],
    [bucket, "s3:PutBucketObjectLockConfiguration s3:PutBucketVersioning", "", "", "", { if: (inputs) => inputs.objectLockEnabled }],
    [bucket, "", "", "", "s3:ListBucketVersions", { if: (inputs) => inputs.forceDestroy }],
    [objects, "", "", "", "s3:DeleteObject s3:DeleteObjectVersion", { if: (inputs) => inputs.forceDestroy }],
    [objects, "", "", "", "s3:BypassGovernanceRetention s3:PutObjectLegalHold", { if: (inputs) => inputs.forceDestroy && inputs.objectLockEnabled }],
  ],
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": [
    [bucket, "s3:PutLifecycleConfiguration", "s3:GetLifecycleConfiguration", "s3:PutLifecycleConfiguration", "s3:PutLifecycleConfiguration"],
  ],
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": [
    [bucket, "s3:PutBucketObjectLockConfiguration", "s3:GetBucketObjectLockConfiguration", "s3:PutBucketObjectLockConfiguration", "s3:PutBucketObjectLockConfiguration"],
  ],
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": [
    [bucket, "s3:PutBucketOwnershipControls", "s3:GetBucketOwnershipControls", "s3:PutBucketOwnershipControls", "s3:PutBucketOwnershipControls"],
  ],
  "aws:s3/bucketPolicy:BucketPolicy": [
    [bucket, "s3:PutBucketPolicy", "s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"],
  ],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": [
    [bucket, "s3:PutBucketPublicAccessBlock", "s3:GetBucketPublicAccessBlock", "s3:PutBucketPublicAccessBlock", "s3:PutBucketPublicAccessBlock"],
  ],
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": [
    [bucket, "s3:PutEncryptionConfiguration", "s3:GetEncryptionConfiguration", "s3:PutEncryptionConfiguration", "s3:PutEncryptionConfiguration"],
  ],
  "aws:s3/bucketVersioning:BucketVersioning": [
    [bucket, "s3:PutBucketVersioning", "s3:GetBucketVersioning", "s3:PutBucketVersioning", "s3:PutBucketVersioning"],
  ],
  "aws:glue/catalogDatabase:CatalogDatabase": [
    [database("name"), "glue:CreateDatabase glue:TagResource", "glue:GetDatabase glue:GetTags", "glue:TagResource glue:UntagResource glue:UpdateDatabase", "glue:DeleteDatabase"],
  ],
  "aws:glue/catalogTable:CatalogTable": [
    [database("databaseName"), "glue:CreateTable", "glue:GetPartitionIndexes glue:GetTable", "glue:UpdateTable", "glue:DeleteTable"],
  ],
};
