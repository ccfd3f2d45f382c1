import type * as kms from "@pulumi/aws/kms";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "./arguments";
import { type Place, policyDocument } from "./iam";
import { createKey } from "./key";
import { createTable } from "./table";

/** Where in the bucket things are: the one place that says so. */
export const PREFIX = {
  /** Rows as Parquet, `year=…/month=…/day=…/hour=…/` by arrival. */
  data: "flow-logs/",
  /** What Firehose could not convert or deliver. */
  errors: "errors/",
  /** Results of Athena queries. */
  results: "results/",
  /** Events that the ETL failed on; the key is Lambda's own. */
  failedEvents: "aws/lambda/async/",
};

const expiring = (id: string, prefix: string, days: number) => ({
  id,
  status: "Enabled",
  filter: { prefix },
  expiration: { days },
});

/** A bucket that is private, encrypted with the key, reached over TLS only, and tidies up after itself. */
const createBucket = (name: string, settings: Settings, key: kms.Key, opts: pulumi.CustomResourceOptions) => {
  const bucket = new s3.Bucket(`${name}-lake`, { forceDestroy: settings.forceDestroy }, opts);
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
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
          bucketKeyEnabled: true,
        },
      ],
    },
    opts,
  );
  new s3.BucketPolicy(
    `${name}-lake-policy`,
    {
      bucket: bucket.id,
      policy: policyDocument([
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [bucket.arn, pulumi.interpolate`${bucket.arn}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]),
    },
    // S3 refuses to change the policy and the public access block at the same time.
    { ...opts, dependsOn: access },
  );
  new s3.BucketLifecycleConfiguration(
    `${name}-lake-lifecycle`,
    {
      bucket: bucket.id,
      rules: [
        {
          id: "data-to-cheaper-storage",
          status: "Enabled",
          filter: { prefix: PREFIX.data },
          transitions: [{ days: 90, storageClass: "STANDARD_IA" }],
        },
        expiring("results", PREFIX.results, 30),
        expiring("errors", PREFIX.errors, 90),
        expiring("failed-events", PREFIX.failedEvents, 90),
        {
          id: "unfinished-uploads",
          status: "Enabled",
          filter: { prefix: "" },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    },
    opts,
  );
  return bucket;
};

/** The lake: the key, the bucket, and the table that says what is in it. */
export const createLake = (
  name: string,
  args: { settings: Settings; place: Place },
  opts: pulumi.CustomResourceOptions,
) => {
  const key = createKey(name, args.place, opts);
  const bucket = createBucket(name, args.settings, key, opts);
  return {
    key,
    bucket,
    ...createTable(name, { settings: args.settings, bucket, prefix: PREFIX.data }, opts),
  };
};

export type Lake = ReturnType<typeof createLake>;
