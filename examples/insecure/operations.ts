import { Workgroup } from "@pulumi/aws/athena";
import { LogGroup } from "@pulumi/aws/cloudwatch";
import { Role, RolePolicy } from "@pulumi/aws/iam";
import { FirehoseDeliveryStream } from "@pulumi/aws/kinesis";
import { Permission } from "@pulumi/aws/lambda";
import { Topic } from "@pulumi/aws/sns";
import { ACCOUNT, ARN, document, key, makeBucket, makeFunction } from "./sound";

new LogGroup("logs-for-ever", { kmsKeyId: key.arn });

const forgetful = makeFunction("function-that-forgets-what-it-fails-on");
new Permission("permission-for-a-topic", {
  function: forgetful.name,
  action: "lambda:InvokeFunction",
  principal: "sns.amazonaws.com",
  sourceArn: `arn:aws:sns:eu-west-1:${ACCOUNT}:flows`,
});
makeFunction("function-of-another-age", { runtime: "nodejs12.x" });
makeFunction("function-that-nobody-can-trace", { tracingConfig: undefined });

makeFunction("function-without-a-limit", { reservedConcurrentExecutions: undefined });

const bucket = makeBucket("bucket-for-ever", { hasLifecycle: false });
makeBucket("bucket-that-forgets", { hasVersions: false });
makeBucket("bucket-that-nobody-watches", { hasAccessLogs: false });
new FirehoseDeliveryStream("delivery-that-does-not-say-why-it-fails", {
  destination: "extended_s3",
  serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: key.arn },
  extendedS3Configuration: { bucketArn: bucket.arn, roleArn: `${ARN}:role/delivery`, kmsKeyArn: key.arn },
});

const stream = new FirehoseDeliveryStream("delivery-under-a-key", {
  destination: "extended_s3",
  serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: key.arn },
  extendedS3Configuration: {
    bucketArn: bucket.arn,
    roleArn: `${ARN}:role/delivery`,
    kmsKeyArn: key.arn,
    cloudwatchLoggingOptions: { enabled: true, logGroupName: "delivery", logStreamName: "errors" },
  },
});
const writer = new Role("writer-without-the-key", {
  assumeRolePolicy: document({
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { Service: "lambda.amazonaws.com" },
  }),
});
new RolePolicy("writer-without-the-key-policy", {
  role: writer.name,
  policy: document({ Effect: "Allow", Action: "firehose:PutRecordBatch", Resource: stream.arn }),
});

new Workgroup("queries-of-any-size", {
  configuration: {
    resultConfiguration: { encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: key.arn } },
  },
});

// Found only where the configuration requires tags, as tests/policy/insecure.test.ts does of topics.
new Topic("topic-of-nobody", { kmsMasterKeyId: key.arn });
