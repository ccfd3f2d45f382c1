import { LogResourcePolicy } from "@pulumi/aws/cloudwatch";
import { ResourcePolicy as StreamPolicy } from "@pulumi/aws/kinesis";
import { Key } from "@pulumi/aws/kms";
import { FunctionUrl, Permission } from "@pulumi/aws/lambda";
import { AccountPublicAccessBlock, BucketAcl } from "@pulumi/aws/s3";
import { SecretPolicy } from "@pulumi/aws/secretsmanager";
import { TopicPolicy } from "@pulumi/aws/sns";
import { QueuePolicy } from "@pulumi/aws/sqs";
import { interpolate } from "@pulumi/pulumi";
import { ACCOUNT, ARN, document, httpsOnly, key, makeBucket, makeFunction, overTls } from "./sound";

const REGION = "eu-west-1";
const everybody = { Effect: "Allow", Principal: "*" };

makeBucket("bucket-that-may-become-public", { blocksPolicies: false });
makeBucket("bucket-without-a-block", { isBlocked: false });
new AccountPublicAccessBlock("account-that-may-become-public", {
  blockPublicAcls: true,
  blockPublicPolicy: false,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
});
const bucket = makeBucket("bucket-for-readers", {
  policy: (of) => [
    httpsOnly(of),
    { ...everybody, Action: "s3:GetObject", Resource: interpolate`${of.arn}/*` },
  ],
});
new BucketAcl("acl-for-everybody", { bucket: bucket.bucket, acl: "public-read" });
makeBucket("bucket-over-plain-http", {
  policy: (of) => [
    {
      Effect: "Allow",
      Principal: { AWS: `${ARN}:role/reader` },
      Action: "s3:GetObject",
      Resource: interpolate`${of.arn}/*`,
    },
  ],
});

new Key("key-for-everybody", {
  enableKeyRotation: true,
  policy: document(
    { Effect: "Allow", Principal: { AWS: `${ARN}:root` }, Action: "kms:*", Resource: "*" },
    { ...everybody, Action: "kms:Decrypt", Resource: "*" },
  ),
});
const secretArn = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:flows`;
new SecretPolicy("secret-for-everybody", {
  secretArn,
  policy: document({ ...everybody, Action: "secretsmanager:GetSecretValue", Resource: "*" }),
});
new SecretPolicy("secret-for-nobody", {
  secretArn,
  policy: document({ Effect: "Deny", Principal: "*", Action: "secretsmanager:*", Resource: "*" }),
});
const streamArn = `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/flows`;
new StreamPolicy("stream-for-everybody", {
  resourceArn: streamArn,
  policy: document({ ...everybody, Action: "kinesis:GetRecords", Resource: streamArn }),
});

const site = makeFunction("site");
new Permission("permission-for-any-account", {
  function: site.name,
  action: "lambda:InvokeFunction",
  principal: "apigateway.amazonaws.com",
});
new FunctionUrl("url-for-everybody", { functionName: site.name, authorizationType: "NONE" });
makeFunction("password-in-the-environment", {
  kmsKeyArn: key.arn,
  environment: { variables: { DATABASE_PASSWORD: "correct-horse-battery-staple-7" } },
});

new LogResourcePolicy("logs-for-everybody", {
  policyName: "logs",
  policyDocument: document({ ...everybody, Action: "logs:PutLogEvents", Resource: "*" }),
});
const topicArn = `arn:aws:sns:${REGION}:${ACCOUNT}:flows`;
new TopicPolicy("topic-for-everybody", {
  arn: topicArn,
  policy: document(overTls("sns:Publish", topicArn), {
    ...everybody,
    Action: "sns:Publish",
    Resource: topicArn,
  }),
});
const queueArn = `arn:aws:sqs:${REGION}:${ACCOUNT}:flows`;
new QueuePolicy("queue-for-everybody", {
  queueUrl: `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/flows`,
  policy: document(overTls("sqs:*", queueArn), {
    ...everybody,
    Action: "sqs:SendMessage",
    Resource: queueArn,
  }),
});
