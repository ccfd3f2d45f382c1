import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import { arnIn, type Place, policyDocument } from "./iam";

/**
 * Creates the key for the data at rest: stream, bucket, log groups, query results, state machine. Firehose, Lambda, S3 and
 * Athena use it as a role or user of the account, so IAM decides, also on the grants that Firehose and Lambda get when they
 * are created. CloudWatch Logs uses it as a service, for log groups whose names begin with the component's. The deletion of
 * a key can be cancelled for 30 days, the longest that KMS waits.
 */
export const createKey = (name: string, place: Place, opts: pulumi.CustomResourceOptions) =>
  new kms.Key(
    `${name}-key`,
    {
      description: `Flow logs of ${name}: stream, lake, log groups, query results`,
      enableKeyRotation: true,
      policy: policyDocument([
        {
          Sid: "AccountDecidesThroughIam",
          Effect: "Allow",
          Principal: { AWS: pulumi.interpolate`arn:${place.partition}:iam::${place.accountId}:root` },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Sid: "CloudWatchLogsEncryptsTheLogGroups",
          Effect: "Allow",
          Principal: { Service: pulumi.interpolate`logs.${place.region}.${place.dnsSuffix}` },
          Action: [
            "kms:Decrypt",
            "kms:DescribeKey",
            "kms:Encrypt",
            "kms:GenerateDataKey",
            "kms:GenerateDataKeyWithoutPlaintext",
            "kms:ReEncryptFrom",
            "kms:ReEncryptTo",
          ],
          Resource: "*",
          Condition: {
            ArnLike: { "kms:EncryptionContext:aws:logs:arn": arnIn(place, "logs", `log-group:${name}-*`) },
          },
        },
      ]),
    },
    opts,
  );
