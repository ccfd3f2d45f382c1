import type { Calls } from "./calls";

/** Sources of a flow log: the argument with the id, and EC2's resource type. */
const LOGGED: Record<string, string> = {
  vpcId: "VPC",
  subnetId: "Subnet",
  eniId: "NetworkInterface",
  transitGatewayId: "TransitGateway",
  regionalNatGatewayId: "RegionalNatGateway",
};

/** Returns the source of a flow log: the one of these members that is set. */
const loggedIn = (inputs: Record<string, unknown>) => {
  const [property] = Object.keys(inputs).filter((key) => key in LOGGED);
  const { [property]: id, ...rest } = inputs;
  return { resourceIds: [id], resourceType: LOGGED[property], rest };
};

/** The destination of a stream, whose buffering and encryption Pulumi has one level higher. */
const destination = ({ bufferingSize, bufferingInterval, kmsKeyArn, ...rest }: Record<string, unknown>) => ({
  ...rest,
  bufferingHints: { sizeInMBs: bufferingSize, intervalInSeconds: bufferingInterval },
  encryptionConfiguration: kmsKeyArn && { kmsEncryptionConfig: { awsKmsKeyArn: kmsKeyArn } },
});

const encryption = ({ enabled, ...rest }: Record<string, unknown>) => (enabled ? rest : undefined);

/** The function, its log groups, the flow logs, the streams. */
export const capturing: Calls = {
  "aws:cloudwatch/logDestination:LogDestination": ({ name, ...rest }, destinationName) => [
    ["logs.PutDestination", { destinationName, ...rest }],
  ],
  "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy": (inputs) => [
    ["logs.PutDestinationPolicy", inputs],
  ],
  "aws:cloudwatch/logGroup:LogGroup": ({ name, namePrefix, retentionInDays, ...rest }, logGroupName) => [
    ["logs.CreateLogGroup", { logGroupName, ...rest }],
    ["logs.PutRetentionPolicy", { logGroupName, retentionInDays }],
  ],
  "aws:cloudwatch/logStream:LogStream": ({ name, ...rest }) => [
    ["logs.CreateLogStream", { logStreamName: name, ...rest }],
  ],
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": ({ logGroup, name, ...rest }, filterName) => [
    ["logs.PutSubscriptionFilter", { logGroupName: logGroup, filterName, ...rest }],
  ],
  "aws:ec2/flowLog:FlowLog": ({ iamRoleArn, tags, ...inputs }) => {
    const { resourceIds, resourceType, rest } = loggedIn(inputs);
    const tagSpecifications = tags && [{ resourceType: "vpc-flow-log", tags }];
    const call = { deliverLogsPermissionArn: iamRoleArn, resourceIds, resourceType, tagSpecifications };
    return [["ec2.CreateFlowLogs", { ...call, ...rest }]];
  },
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": (inputs, deliveryStreamName) => {
    const { destination: _, extendedS3Configuration, name, serverSideEncryption, ...rest } = inputs;
    const call = {
      deliveryStreamName,
      deliveryStreamType: "DirectPut",
      extendedS3DestinationConfiguration: destination(extendedS3Configuration),
      deliveryStreamEncryptionConfigurationInput: serverSideEncryption && encryption(serverSideEncryption),
    };
    return [["firehose.CreateDeliveryStream", { ...call, ...rest }]];
  },
  "aws:lambda/function:Function": ({ code, name, ...rest }, functionName) => [
    ["lambda.CreateFunction", { functionName, code: { zipFile: { $bytes: "UEsFBg==" } }, ...rest }],
  ],
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": (inputs) => [
    ["lambda.PutFunctionEventInvokeConfig", inputs],
  ],
  "aws:lambda/permission:Permission": ({ function: functionName, statementId, ...rest }, name) => [
    ["lambda.AddPermission", { functionName, statementId: statementId ?? name, ...rest }],
  ],
};
