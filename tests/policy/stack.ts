import type { PolicyResource } from "@pulumi/policy";
import { unknownValue } from "@pulumi/pulumi/runtime";

/** Stands for a value that Pulumi's engine does not know yet in preview. */
export const UNKNOWN_ON_THE_WIRE = unknownValue;

export const BUCKET = "aws:s3/bucket:Bucket";

export const ENCRYPTION =
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";

export const BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

export const POLICY = "aws:s3/bucketPolicy:BucketPolicy";

export const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";

export const KEY = "arn:aws:kms:eu-west-1:111122223333:key/2f0c6a0e-5f4e-4c59-9a35-6f1f6a0b1c2d";

const opts = {
  protect: false,
  ignoreChanges: [],
  aliases: [],
  customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
  additionalSecretOutputs: [],
};

const urn = (type: string, name: string) => `urn:pulumi:dev::flow-logs::${type}::${name}`;

/** A resource as the engine describes it at the end of a preview or an update. */
export const resource = (
  type: string,
  name: string,
  props: Record<string, unknown>,
  propertyDependencies: Record<string, PolicyResource[]> = {},
): PolicyResource => ({
  type,
  name,
  props,
  urn: urn(type, name),
  opts,
  dependencies: Object.values(propertyDependencies).flat(),
  propertyDependencies,
  isType: () => false,
  asType: () => undefined,
});

export const httpsOnly = (...resources: string[]) => ({
  Sid: "HttpsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: resources,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

export const document = (...statements: unknown[]) => ({ Version: "2012-10-17", Statement: statements });

/** A bucket that every rule accepts, after an update. Tests change one thing. */
export function lake() {
  const bucket = resource(BUCKET, "lake", {
    id: "acme-lake",
    bucket: "acme-lake",
    // S3's own default: the provider reads it back when a separate resource has not changed it yet.
    serverSideEncryptionConfiguration: {
      rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256", kmsMasterKeyId: "" } },
    },
  });
  const encryption = resource(ENCRYPTION, "lake-encryption", {
    bucket: "acme-lake",
    rules: [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: KEY },
        bucketKeyEnabled: true,
      },
    ],
  });
  const block = resource(BLOCK, "lake-public-access", {
    bucket: "acme-lake",
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  const tlsOnly = document(httpsOnly("arn:aws:s3:::acme-lake", "arn:aws:s3:::acme-lake/*"));
  const policy = resource(POLICY, "lake-policy", { bucket: "acme-lake", policy: JSON.stringify(tlsOnly) });
  const rules = [
    { id: "uploads", status: "Enabled", abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } },
  ];
  const lifecycle = resource(LIFECYCLE, "lake-lifecycle", { bucket: "acme-lake", rules });
  return { bucket, encryption, block, policy, lifecycle };
}

/** The same stack in the preview of its creation: names from AWS and computed values are unknown. */
export function lakeInPreview() {
  const known = lake();
  const unknown = UNKNOWN_ON_THE_WIRE;
  const computed = {
    id: unknown,
    bucket: unknown,
    policy: unknown,
    serverSideEncryptionConfiguration: unknown,
  };
  const bucket = resource(BUCKET, "lake", computed);
  const beside = (from: PolicyResource, props: Record<string, unknown>) =>
    resource(from.type, from.name, { ...from.props, bucket: unknown, ...props }, { bucket: [bucket] });
  const rules = [
    {
      applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: unknown },
      bucketKeyEnabled: true,
    },
  ];
  return {
    bucket,
    encryption: beside(known.encryption, { rules }),
    block: beside(known.block, {}),
    policy: beside(known.policy, { policy: unknown }),
    lifecycle: beside(known.lifecycle, {}),
  };
}
