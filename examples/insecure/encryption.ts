import { Database, Workgroup } from "@pulumi/aws/athena";
import { LogGroup } from "@pulumi/aws/cloudwatch";
import { DataCatalogEncryptionSettings, SecurityConfiguration } from "@pulumi/aws/glue";
import { FirehoseDeliveryStream, Stream } from "@pulumi/aws/kinesis";
import { Key } from "@pulumi/aws/kms";
import { Topic } from "@pulumi/aws/sns";
import { Queue } from "@pulumi/aws/sqs";
import { ARN, key, makeBucket, makeFunction } from "./sound";

makeBucket("bucket-without-encryption", { key: "none" });
makeBucket("bucket-with-the-services-key", { key: "service" });
const bucket = makeBucket("bucket-that-asks-kms-for-every-object", { hasBucketKey: false });

new Key("key-for-ever");

new DataCatalogEncryptionSettings("catalogue-in-plain-text", {
  dataCatalogEncryptionSettings: {
    encryptionAtRest: { catalogEncryptionMode: "DISABLED" },
    connectionPasswordEncryption: { returnConnectionPasswordEncrypted: true, awsKmsKeyId: key.arn },
  },
});
new SecurityConfiguration("jobs-that-log-in-plain-text", {
  encryptionConfiguration: {
    s3Encryption: { s3EncryptionMode: "SSE-KMS", kmsKeyArn: key.arn },
    cloudwatchEncryption: { cloudwatchEncryptionMode: "DISABLED" },
    jobBookmarksEncryption: { jobBookmarksEncryptionMode: "CSE-KMS", kmsKeyArn: key.arn },
  },
});

new FirehoseDeliveryStream("delivery-without-a-key", {
  destination: "extended_s3",
  extendedS3Configuration: {
    bucketArn: bucket.arn,
    roleArn: `${ARN}:role/delivery`,
    cloudwatchLoggingOptions: { enabled: true, logGroupName: "delivery", logStreamName: "errors" },
  },
  serverSideEncryption: { enabled: true },
});
new FirehoseDeliveryStream("delivery-in-plain-text", {
  destination: "extended_s3",
  extendedS3Configuration: {
    bucketArn: bucket.arn,
    roleArn: `${ARN}:role/delivery`,
    cloudwatchLoggingOptions: { enabled: true, logGroupName: "delivery", logStreamName: "errors" },
  },
});
new Stream("records-with-awss-key", { shardCount: 1, encryptionType: "KMS", kmsKeyId: "alias/aws/kinesis" });

makeFunction("environment-without-a-key", { environment: { variables: { STAGE: "dev" } } });
new LogGroup("logs-without-a-key", { retentionInDays: 30 });

new Workgroup("results-in-plain-text", { configuration: { bytesScannedCutoffPerQuery: 1_000_000_000 } });
new Database("database-with-results-in-plain-text", { name: "answers", bucket: bucket.bucket });

new Topic("topic-in-plain-text");
new Queue("queue-in-plain-text", { sqsManagedSseEnabled: false });
