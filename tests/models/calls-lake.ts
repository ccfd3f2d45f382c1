import type { Calls } from "./calls";

/** A queue's attributes, all of them text. */
const attributes = ({ messageRetentionSeconds, ...rest }: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries({ ...rest, messageRetentionPeriod: messageRetentionSeconds }).map(([key, value]) => [
      key[0].toUpperCase() + key.slice(1),
      String(value),
    ]),
  );

/** Key, bucket, catalog, roles, queue. */
export const storing: Calls = {
  "aws:kms/key:Key": ({ enableKeyRotation, ...rest }, name) => [
    ["kms.CreateKey", rest],
    ...(enableKeyRotation
      ? [["kms.EnableKeyRotation", { keyId: name }] as [string, Record<string, unknown>]]
      : []),
  ],
  "aws:s3/bucket:Bucket": ({ objectLockEnabled, tags, ...rest }, bucket) => [
    ["s3.CreateBucket", { bucket, objectLockEnabledForBucket: objectLockEnabled, ...rest }],
    ...(tags
      ? [["s3.PutBucketTagging", { bucket, tagging: { tagSet: tags } }] as [string, Record<string, unknown>]]
      : []),
  ],
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ({ bucket, ...rest }) => [
    ["s3.PutBucketLifecycleConfiguration", { bucket, lifecycleConfiguration: rest }],
  ],
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": ({ bucket, ...rest }) => [
    [
      "s3.PutObjectLockConfiguration",
      { bucket, objectLockConfiguration: { objectLockEnabled: "Enabled", ...rest } },
    ],
  ],
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ({ bucket, rule, ...rest }) => [
    ["s3.PutBucketOwnershipControls", { bucket, ownershipControls: { rules: [rule], ...rest } }],
  ],
  "aws:s3/bucketPolicy:BucketPolicy": (inputs) => [["s3.PutBucketPolicy", inputs]],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ({ bucket, ...rest }) => [
    ["s3.PutPublicAccessBlock", { bucket, publicAccessBlockConfiguration: rest }],
  ],
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ({
    bucket,
    rules,
    ...rest
  }) => [["s3.PutBucketEncryption", { bucket, serverSideEncryptionConfiguration: { rules }, ...rest }]],
  "aws:s3/bucketVersioning:BucketVersioning": (inputs) => [["s3.PutBucketVersioning", inputs]],
  "aws:glue/catalogDatabase:CatalogDatabase": ({ tags, ...rest }) => [
    ["glue.CreateDatabase", { databaseInput: rest, tags }],
  ],
  "aws:glue/catalogTable:CatalogTable": ({ databaseName, ...rest }) => [
    ["glue.CreateTable", { databaseName, tableInput: rest }],
  ],
  "aws:iam/role:Role": ({ assumeRolePolicy, name, ...rest }, roleName) => [
    ["iam.CreateRole", { roleName, assumeRolePolicyDocument: assumeRolePolicy, ...rest }],
  ],
  "aws:iam/rolePolicy:RolePolicy": ({ role, policy, name, ...rest }, policyName) => [
    ["iam.PutRolePolicy", { roleName: role, policyName, policyDocument: policy, ...rest }],
  ],
  "aws:sqs/queue:Queue": ({ tags, name, ...rest }, queueName) => [
    ["sqs.CreateQueue", { queueName, attributes: attributes(rest), tags }],
  ],
  "aws:sqs/queuePolicy:QueuePolicy": ({ policy, ...rest }) => [
    ["sqs.SetQueueAttributes", { attributes: { Policy: policy }, ...rest }],
  ],
};
