import { Key } from "@pulumi/aws/kms";
import { type FunctionArgs, Function as LambdaFunction } from "@pulumi/aws/lambda";
import {
  Bucket,
  type BucketArgs,
  BucketLifecycleConfiguration,
  BucketLogging,
  BucketPolicy,
  BucketPublicAccessBlock,
  BucketServerSideEncryptionConfiguration,
  BucketVersioning,
} from "@pulumi/aws/s3";
import { interpolate, jsonStringify } from "@pulumi/pulumi";

// Resources without a mistake, to make one in.

export const ACCOUNT = "111122223333";
export const ARN = `arn:aws:iam::${ACCOUNT}`;

export const document = (...Statement: object[]) => jsonStringify({ Version: "2012-10-17", Statement });

export const key = new Key("sound", { enableKeyRotation: true });

export const httpsOnly = (bucket: Bucket) => ({
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [bucket.arn, interpolate`${bucket.arn}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

/** For the policy of a topic or a queue. */
export const overTls = (Action: string, Resource: string) => ({
  Effect: "Deny",
  Principal: "*",
  Action,
  Resource,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

/** Resources that belong to a bucket. A mistake leaves one out, or has another in its place. */
interface Beside {
  bucket?: BucketArgs;
  /** Sets the owner of the default encryption's key; `none` declares no default encryption. */
  key?: "customer" | "service" | "none";
  hasBucketKey?: boolean;
  isBlocked?: boolean;
  /** Of its public access block. */
  blocksPolicies?: boolean;
  hasLifecycle?: boolean;
  hasVersions?: boolean;
  hasAccessLogs?: boolean;
  /** Statements of its policy. */
  policy?: (bucket: Bucket) => object[];
}

export const makeBucket = (name: string, but: Beside = {}): Bucket => {
  const {
    key: whose = "customer",
    hasBucketKey = true,
    isBlocked = true,
    blocksPolicies = true,
    hasLifecycle = true,
  } = but;
  const { hasVersions = true, hasAccessLogs = true } = but;
  const bucket = new Bucket(name, but.bucket);
  const of = { bucket: bucket.bucket };
  const byDefault =
    whose === "customer" ? { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn } : { sseAlgorithm: "AES256" };
  if (whose !== "none")
    new BucketServerSideEncryptionConfiguration(`${name}-encryption`, {
      ...of,
      rules: [
        {
          applyServerSideEncryptionByDefault: byDefault,
          ...(whose === "customer" ? { bucketKeyEnabled: hasBucketKey } : {}),
        },
      ],
    });
  new BucketPolicy(`${name}-policy`, {
    ...of,
    policy: document(...(but.policy ?? ((of) => [httpsOnly(of)]))(bucket)),
  });
  if (isBlocked)
    new BucketPublicAccessBlock(`${name}-block`, {
      ...of,
      blockPublicAcls: true,
      blockPublicPolicy: blocksPolicies,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  if (hasVersions)
    new BucketVersioning(`${name}-versions`, { ...of, versioningConfiguration: { status: "Enabled" } });
  if (hasAccessLogs)
    new BucketLogging(`${name}-logging`, { ...of, targetBucket: "access-logs", targetPrefix: name });
  if (hasLifecycle)
    new BucketLifecycleConfiguration(`${name}-lifecycle`, {
      ...of,
      rules: [{ id: "old", status: "Enabled", expiration: { days: 365 }, filter: {} }],
    });
  return bucket;
};

export const makeFunction = (name: string, but: Partial<FunctionArgs> = {}): LambdaFunction =>
  new LambdaFunction(name, {
    role: `${ARN}:role/function`,
    runtime: "nodejs24.x",
    handler: "index.handler",
    s3Bucket: "code",
    s3Key: "function.zip",
    tracingConfig: { mode: "Active" },
    reservedConcurrentExecutions: 10,
    ...but,
  });
