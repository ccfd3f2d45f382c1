import { getCallerIdentityOutput, getRegionOutput } from "@pulumi/aws";
import { getVpcOutput } from "@pulumi/aws/ec2";
import { Key } from "@pulumi/aws/kms";
import { Bucket, BucketPublicAccessBlock, BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3";
import { jsonStringify, interpolate as text } from "@pulumi/pulumi";
import { FlowLogAnalytics } from "flow-log-analytics";

const { accountId } = getCallerIdentityOutput();
const { region } = getRegionOutput();

// IAM decides who may use the key, and CloudWatch Logs, which has no role, is let in for log groups of this account.
const key = new Key("company", {
  enableKeyRotation: true,
  policy: jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: text`arn:aws:iam::${accountId}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Effect: "Allow",
        Principal: { Service: text`logs.${region}.amazonaws.com` },
        Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
        Resource: "*",
        Condition: {
          ArnLike: { "kms:EncryptionContext:aws:logs:arn": text`arn:aws:logs:${region}:${accountId}:*` },
        },
      },
    ],
  }),
});

const bucket = new Bucket("company");
new BucketPublicAccessBlock("company", {
  bucket: bucket.id,
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
});
new BucketServerSideEncryptionConfiguration("company", {
  bucket: bucket.id,
  rules: [
    {
      applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
      bucketKeyEnabled: true,
    },
  ],
});

const flows = new FlowLogAnalytics("flows", {
  vpcs: { main: getVpcOutput({ default: true }).id },
  existingBucket: bucket.bucket,
  existingKey: key.arn,
});

export const bucketName = flows.bucketName;
export const athena = flows.consoleLink;
