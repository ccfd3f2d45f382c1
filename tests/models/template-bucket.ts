import { type Properties, parsed, type Row } from "./template-row";

const BUCKET = "AWS::S3::Bucket";

/** A lifecycle rule. CloudFormation's has other names and one level less. */
const lifecycleRule = ({ ID, Filter, Transitions, Expiration = {}, ...rest }: Properties) => ({
  Id: ID,
  Prefix: Filter.Prefix,
  ...(Transitions && {
    Transitions: Transitions.map(({ Days, ...transition }: Properties) => ({
      ...transition,
      TransitionInDays: Days,
    })),
  }),
  ...("Days" in Expiration && { ExpirationInDays: Expiration.Days }),
  ...("ExpiredObjectDeleteMarker" in Expiration && {
    ExpiredObjectDeleteMarker: Expiration.ExpiredObjectDeleteMarker,
  }),
  ...rest,
});

/** S3 has a call for each part of a bucket's configuration; CloudFormation has one resource. */
export const bucketRows: Record<string, Row> = {
  "s3.CreateBucket": [
    BUCKET,
    ({ Bucket, ObjectLockEnabledForBucket: locks }) => ({ BucketName: Bucket, ObjectLockEnabled: locks }),
    "Bucket",
  ],
  "s3.PutBucketEncryption": [
    BUCKET,
    ({ ServerSideEncryptionConfiguration: { Rules } }) => ({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: Rules.map(
          ({ ApplyServerSideEncryptionByDefault: by, ...rest }: Properties) => ({
            ...rest,
            ServerSideEncryptionByDefault: by,
          }),
        ),
      },
    }),
    "Bucket",
  ],
  "s3.PutBucketLifecycleConfiguration": [
    BUCKET,
    ({ LifecycleConfiguration: { Rules } }) => ({
      LifecycleConfiguration: { Rules: Rules.map(lifecycleRule) },
    }),
    "Bucket",
  ],
  "s3.PutBucketOwnershipControls": [BUCKET, ({ OwnershipControls }) => ({ OwnershipControls }), "Bucket"],
  "s3.PutBucketPolicy": [
    "AWS::S3::BucketPolicy",
    ({ Bucket, Policy }) => ({ Bucket, PolicyDocument: parsed(Policy) }),
  ],
  "s3.PutBucketTagging": [BUCKET, ({ Tagging }) => ({ Tags: Tagging.TagSet }), "Bucket"],
  "s3.PutBucketVersioning": [
    BUCKET,
    ({ VersioningConfiguration }) => ({ VersioningConfiguration }),
    "Bucket",
  ],
  "s3.PutObjectLockConfiguration": [
    BUCKET,
    ({ ObjectLockConfiguration }) => ({ ObjectLockConfiguration }),
    "Bucket",
  ],
  "s3.PutPublicAccessBlock": [
    BUCKET,
    ({ PublicAccessBlockConfiguration }) => ({ PublicAccessBlockConfiguration }),
    "Bucket",
  ],
};
