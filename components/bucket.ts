import type * as kms from "@pulumi/aws/kms";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { type Place, policyDocument } from "./iam";
import { lifecycleRules } from "./lifecycle";
import type { Storage } from "./settings/storage";

interface BucketArgs {
  storage: Storage;
  place: Place;
  /** The component's own key. */
  key?: kms.Key;
  keyArn: pulumi.Input<string>;
}

/**
 * Denies plain HTTP, and principals of other accounts. The policy grants nothing: Firehose, Lambda and Athena use a role
 * or user of the account, whose own policies allow it. A service principal belongs to no account: the policy neither
 * denies nor allows it.
 */
const policyOf = (bucket: s3.Bucket, place: Place) => {
  const everything = {
    Effect: "Deny" as const,
    Principal: "*",
    Action: "s3:*",
    Resource: [bucket.arn, pulumi.interpolate`${bucket.arn}/*`],
  };
  return policyDocument([
    { Sid: "TlsOnly", ...everything, Condition: { Bool: { "aws:SecureTransport": "false" } } },
    {
      Sid: "ThisAccountOnly",
      ...everything,
      Condition: {
        StringNotEquals: { "aws:PrincipalAccount": place.accountId },
        // Requests without credentials lack this key too, and must not be taken for a service's.
        BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
      },
    },
  ]);
};

/** Sets encryption, denies other accounts, and makes the account the owner of every object. */
const protect = (
  name: string,
  bucket: s3.Bucket,
  { place, keyArn }: BucketArgs,
  opts: pulumi.CustomResourceOptions,
) => {
  new s3.BucketOwnershipControls(
    `${name}-lake-ownership`,
    { bucket: bucket.id, rule: { objectOwnership: "BucketOwnerEnforced" } },
    opts,
  );
  const access = new s3.BucketPublicAccessBlock(
    `${name}-lake-access`,
    {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    opts,
  );
  new s3.BucketServerSideEncryptionConfiguration(
    `${name}-lake-encryption`,
    {
      bucket: bucket.id,
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
          bucketKeyEnabled: true,
        },
      ],
    },
    opts,
  );
  new s3.BucketPolicy(
    `${name}-lake-policy`,
    { bucket: bucket.id, policy: policyOf(bucket, place) },
    // S3 refuses to change the policy and the public access block at the same time.
    { ...opts, dependsOn: access },
  );
};

/** Sets versioning and Object Lock, if the arguments ask for them. Returns the resources that others must wait for. */
const keepVersions = (
  name: string,
  bucket: s3.Bucket,
  { versioning, objectLock }: Storage,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] => {
  if (!versioning) return [];
  const versions = new s3.BucketVersioning(
    `${name}-lake-versioning`,
    { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } },
    opts,
  );
  if (objectLock !== undefined)
    new s3.BucketObjectLockConfiguration(
      `${name}-lake-object-lock`,
      { bucket: bucket.id, rule: { defaultRetention: objectLock } },
      // S3 locks versions only, and refuses a lock without versioning.
      { ...opts, dependsOn: versions },
    );
  return [versions];
};

/**
 * Creates a private bucket, encrypted with the key, reached over TLS only, with a lifecycle.
 *
 * Without `forceDestroy` the bucket and its configuration stay in AWS when they leave the stack. With `forceDestroy`,
 * Pulumi deletes the bucket before its key and its configuration, since emptying it may fail halfway.
 */
export const createBucket = (name: string, args: BucketArgs, opts: pulumi.CustomResourceOptions) => {
  const { storage, key } = args;
  const retainOnDelete = !storage.forceDestroy;
  const bucket = new s3.Bucket(
    `${name}-lake`,
    { forceDestroy: storage.forceDestroy, ...(storage.objectLock && { objectLockEnabled: true }) },
    // A lock that is added later is set on the existing bucket, since a new bucket would be empty.
    { ...opts, ignoreChanges: ["objectLockEnabled"], retainOnDelete, dependsOn: key ? [key] : [] },
  );
  const ofBucket = { ...opts, retainOnDelete, deletedWith: bucket };
  protect(name, bucket, args, ofBucket);
  const versions = keepVersions(name, bucket, storage, ofBucket);
  new s3.BucketLifecycleConfiguration(
    `${name}-lake-lifecycle`,
    { bucket: bucket.id, rules: lifecycleRules(storage) },
    { ...ofBucket, dependsOn: versions },
  );
  return bucket;
};
