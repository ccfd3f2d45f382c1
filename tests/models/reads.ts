import { alarmPairs, type Read, same } from "./read";

// How what a call made is read back, by the call.

const s3 = (operation: string, pairs: Record<string, string>): Read => ({
  operation: `s3.${operation}`,
  with: ({ Bucket }) => ({ Bucket }),
  pairs,
});

const logGroups = (pairs: Record<string, string>): Read => ({
  operation: "logs.DescribeLogGroups",
  with: ({ logGroupName }) => ({ logGroupNamePrefix: logGroupName }),
  pairs,
});

const DESTINATION = "DeliveryStreamDescription.Destinations[0].ExtendedS3DestinationDescription";

export const READS: Record<string, Read> = {
  "athena.CreatePreparedStatement": {
    operation: "athena.GetPreparedStatement",
    with: ({ StatementName, WorkGroup }) => ({ StatementName, WorkGroup }),
    pairs: {
      StatementName: "PreparedStatement.StatementName",
      QueryStatement: "PreparedStatement.QueryStatement",
      WorkGroup: "PreparedStatement.WorkGroupName",
      Description: "PreparedStatement.Description",
    },
  },
  "athena.CreateWorkGroup": {
    operation: "athena.GetWorkGroup",
    with: ({ Name }) => ({ WorkGroup: Name }),
    pairs: same("WorkGroup", "Name", "Description", "Configuration"),
  },
  "cloudwatch.PutDashboard": {
    operation: "cloudwatch.GetDashboard",
    with: ({ DashboardName }) => ({ DashboardName }),
    pairs: { DashboardName: "DashboardName", DashboardBody: "DashboardBody" },
  },
  "cloudwatch.PutMetricAlarm": {
    operation: "cloudwatch.DescribeAlarms",
    with: ({ AlarmName }) => ({ AlarmNames: [AlarmName] }),
    pairs: alarmPairs,
  },
  "ec2.CreateFlowLogs": {
    operation: "ec2.DescribeFlowLogs",
    with: ({ ResourceIds }) => ({ Filter: [{ Name: "resource-id", Values: ResourceIds }] }),
    pairs: {
      ...same("FlowLogs[0]", "TrafficType", "LogDestinationType", "LogDestination", "LogFormat"),
      ...same("FlowLogs[0]", "MaxAggregationInterval", "DeliverLogsPermissionArn"),
      "ResourceIds[0]": "FlowLogs[0].ResourceId",
    },
  },
  "firehose.CreateDeliveryStream": {
    operation: "firehose.DescribeDeliveryStream",
    with: ({ DeliveryStreamName }) => ({ DeliveryStreamName }),
    pairs: {
      ...same("DeliveryStreamDescription", "DeliveryStreamName", "DeliveryStreamType"),
      ExtendedS3DestinationConfiguration: DESTINATION,
      "DeliveryStreamEncryptionConfigurationInput.KeyType":
        "DeliveryStreamDescription.DeliveryStreamEncryptionConfiguration.KeyType",
      "DeliveryStreamEncryptionConfigurationInput.KeyARN":
        "DeliveryStreamDescription.DeliveryStreamEncryptionConfiguration.KeyARN",
    },
  },
  "glue.CreateDatabase": {
    operation: "glue.GetDatabase",
    with: ({ DatabaseInput }) => ({ Name: DatabaseInput.Name }),
    pairs: { DatabaseInput: "Database" },
  },
  "glue.CreateTable": {
    operation: "glue.GetTable",
    with: ({ DatabaseName, TableInput }) => ({ DatabaseName, Name: TableInput.Name }),
    pairs: { TableInput: "Table" },
  },
  "iam.CreateRole": {
    operation: "iam.GetRole",
    with: ({ RoleName }) => ({ RoleName }),
    pairs: same("Role", "RoleName", "AssumeRolePolicyDocument", "Tags"),
  },
  "iam.PutRolePolicy": {
    operation: "iam.GetRolePolicy",
    with: ({ RoleName, PolicyName }) => ({ RoleName, PolicyName }),
    pairs: { PolicyDocument: "PolicyDocument" },
  },
  "kms.CreateKey": {
    operation: "kms.ListResourceTags",
    with: (_, name) => ({ KeyId: name }),
    pairs: { Tags: "Tags" },
  },
  "kms.EnableKeyRotation": {
    operation: "kms.GetKeyPolicy",
    with: ({ KeyId }) => ({ KeyId, PolicyName: "default" }),
    pairs: {},
  },
  "lambda.CreateFunction": {
    operation: "lambda.GetFunction",
    with: ({ FunctionName }) => ({ FunctionName }),
    pairs: {
      ...same("Configuration", "FunctionName", "Runtime", "Role", "Handler", "Description", "Timeout"),
      ...same("Configuration", "MemorySize", "Environment", "KMSKeyArn", "Architectures"),
      Tags: "Tags",
    },
  },
  "lambda.PutFunctionEventInvokeConfig": {
    operation: "lambda.GetFunctionEventInvokeConfig",
    with: ({ FunctionName }) => ({ FunctionName }),
    pairs: {
      MaximumRetryAttempts: "MaximumRetryAttempts",
      MaximumEventAgeInSeconds: "MaximumEventAgeInSeconds",
      DestinationConfig: "DestinationConfig",
    },
  },
  "logs.CreateLogGroup": logGroups(same("logGroups[0]", "logGroupName", "kmsKeyId")),
  "logs.PutRetentionPolicy": logGroups(same("logGroups[0]", "retentionInDays")),
  "logs.CreateLogStream": {
    operation: "logs.DescribeLogStreams",
    with: ({ logGroupName }) => ({ logGroupName }),
    pairs: same("logStreams[0]", "logStreamName"),
  },
  "logs.PutDestination": {
    operation: "logs.DescribeDestinations",
    with: ({ destinationName }) => ({ DestinationNamePrefix: destinationName }),
    pairs: same("destinations[0]", "destinationName", "targetArn", "roleArn"),
  },
  "logs.PutDestinationPolicy": {
    operation: "logs.DescribeDestinations",
    with: ({ destinationName }) => ({ DestinationNamePrefix: destinationName }),
    pairs: same("destinations[0]", "accessPolicy"),
  },
  "logs.PutSubscriptionFilter": {
    operation: "logs.DescribeSubscriptionFilters",
    with: ({ logGroupName, filterName }) => ({ logGroupName, filterNamePrefix: filterName }),
    pairs: same("subscriptionFilters[0]", "filterName", "filterPattern", "destinationArn", "roleArn"),
  },
  "s3.PutBucketTagging": s3("GetBucketTagging", { "Tagging.TagSet": "TagSet" }),
  "s3.PutBucketEncryption": s3("GetBucketEncryption", same("", "ServerSideEncryptionConfiguration")),
  "s3.PutBucketOwnershipControls": s3("GetBucketOwnershipControls", same("", "OwnershipControls")),
  "s3.PutBucketPolicy": s3("GetBucketPolicy", same("", "Policy")),
  "s3.PutBucketVersioning": s3("GetBucketVersioning", { "VersioningConfiguration.Status": "Status" }),
  "s3.PutObjectLockConfiguration": s3("GetObjectLockConfiguration", same("", "ObjectLockConfiguration")),
  "s3.PutPublicAccessBlock": s3("GetPublicAccessBlock", same("", "PublicAccessBlockConfiguration")),
  "s3.PutBucketLifecycleConfiguration": s3("GetBucketLifecycleConfiguration", {
    "LifecycleConfiguration.Rules": "Rules",
  }),
  "scheduler.CreateSchedule": {
    operation: "scheduler.GetSchedule",
    with: ({ Name, GroupName }) => ({ Name, GroupName }),
    pairs: same(
      "",
      "Name",
      "GroupName",
      "ScheduleExpression",
      "Description",
      "KmsKeyArn",
      "Target",
      "FlexibleTimeWindow",
    ),
  },
  "scheduler.CreateScheduleGroup": {
    operation: "scheduler.GetScheduleGroup",
    with: ({ Name }) => ({ Name }),
    pairs: same("", "Name"),
  },
  "sqs.CreateQueue": {
    operation: "sqs.GetQueueAttributes",
    with: ({ QueueName }) => ({ QueueUrl: `https://sqs/123456789012/${QueueName}`, AttributeNames: ["All"] }),
    pairs: same("", "Attributes"),
  },
  "sqs.SetQueueAttributes": {
    operation: "sqs.GetQueueAttributes",
    with: ({ QueueUrl }) => ({ QueueUrl, AttributeNames: ["All"] }),
    pairs: same("", "Attributes"),
  },
  "stepfunctions.CreateStateMachine": {
    operation: "stepfunctions.DescribeStateMachine",
    with: ({ name }) => ({ stateMachineArn: `arn:aws:states:us-east-1:123456789012:stateMachine:${name}` }),
    pairs: same("", "name", "definition", "roleArn", "encryptionConfiguration"),
  },
};
