import { Trail } from "@pulumi/aws/cloudtrail";
import { Volume } from "@pulumi/aws/ebs";
import { AmiLaunchPermission, SecurityGroup } from "@pulumi/aws/ec2";
import { ReplicationGroup } from "@pulumi/aws/elasticache";
import { Instance } from "@pulumi/aws/rds";
import { TopicPolicy } from "@pulumi/aws/sns";
import { Parameter } from "@pulumi/aws/ssm";
import { ACCOUNT, ARN, document, key } from "./sound";

const database = {
  engine: "postgres",
  instanceClass: "db.t4g.micro",
  username: "flows",
  manageMasterUserPassword: true,
};
// A key alone does not turn encryption on.
new Instance("database-in-plain-text", { ...database, kmsKeyId: key.arn });
new Instance("database-on-the-internet", {
  ...database,
  storageEncrypted: true,
  kmsKeyId: key.arn,
  publiclyAccessible: true,
});
new ReplicationGroup("cache-in-plain-text", { description: "answers", kmsKeyId: key.arn });
new Volume("disk-in-plain-text", { availabilityZone: "eu-west-1a", size: 8, kmsKeyId: key.arn });
new Trail("trail-without-a-key", { s3BucketName: "trails" });

new AmiLaunchPermission("image-for-everybody", { imageId: "ami-0123456789abcdef0", group: "all" });
new SecurityGroup("group-open-to-the-world", {
  ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }],
});
new Parameter("parameter-with-a-password", {
  type: "String",
  value: "postgres://flows:correct-horse-battery-staple-7@database.internal/flows",
});

const topic = `arn:aws:sns:eu-west-1:${ACCOUNT}:flows`;
new TopicPolicy("topic-over-plain-http", {
  arn: topic,
  policy: document({
    Effect: "Allow",
    Principal: { AWS: `${ARN}:role/publisher` },
    Action: "sns:Publish",
    Resource: topic,
  }),
});
