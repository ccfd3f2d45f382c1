import type { DeclaredResource } from "../program";

/** Returns a stream's description for DescribeDeliveryStream, with the members that producers read. */
export const describeStream = ({ inputs, state }: DeclaredResource): object => {
  const s3 = inputs.extendedS3Configuration;
  return {
    DeliveryStreamDescription: {
      DeliveryStreamName: state.name,
      DeliveryStreamARN: state.arn,
      DeliveryStreamStatus: "ACTIVE",
      DeliveryStreamType: "DirectPut",
      VersionId: "1",
      CreateTimestamp: Math.floor(Date.now() / 1000),
      HasMoreDestinations: false,
      Destinations: [
        {
          DestinationId: "destinationId-000000000001",
          ExtendedS3DestinationDescription: {
            RoleARN: s3.roleArn,
            BucketARN: s3.bucketArn,
            Prefix: s3.prefix,
            ErrorOutputPrefix: s3.errorOutputPrefix,
            BufferingHints: {
              SizeInMBs: s3.bufferingSize,
              IntervalInSeconds: s3.bufferingInterval,
            },
            CompressionFormat: s3.compressionFormat,
            EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN: s3.kmsKeyArn } },
          },
        },
      ],
    },
  };
};
