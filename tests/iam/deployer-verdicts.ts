/** CloudFormation's type for each type of the provider's. A part of a bucket has the bucket's. */
export const CLOUDFORMATION_TYPES: Record<string, string> = {
  "aws:athena/namedQuery:NamedQuery": "AWS::Athena::NamedQuery",
  "aws:athena/preparedStatement:PreparedStatement": "AWS::Athena::PreparedStatement",
  "aws:athena/workgroup:Workgroup": "AWS::Athena::WorkGroup",
  "aws:cloudwatch/dashboard:Dashboard": "AWS::CloudWatch::Dashboard",
  "aws:cloudwatch/logDestination:LogDestination": "AWS::Logs::Destination",
  "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy": "AWS::Logs::Destination",
  "aws:cloudwatch/logGroup:LogGroup": "AWS::Logs::LogGroup",
  "aws:cloudwatch/logStream:LogStream": "AWS::Logs::LogStream",
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": "AWS::Logs::SubscriptionFilter",
  "aws:cloudwatch/metricAlarm:MetricAlarm": "AWS::CloudWatch::Alarm",
  "aws:ec2/flowLog:FlowLog": "AWS::EC2::FlowLog",
  "aws:glue/catalogDatabase:CatalogDatabase": "AWS::Glue::Database",
  "aws:glue/catalogTable:CatalogTable": "AWS::Glue::Table",
  "aws:iam/role:Role": "AWS::IAM::Role",
  "aws:iam/rolePolicy:RolePolicy": "AWS::IAM::RolePolicy",
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": "AWS::KinesisFirehose::DeliveryStream",
  "aws:kms/key:Key": "AWS::KMS::Key",
  "aws:lambda/function:Function": "AWS::Lambda::Function",
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": "AWS::Lambda::EventInvokeConfig",
  "aws:lambda/permission:Permission": "AWS::Lambda::Permission",
  "aws:s3/bucket:Bucket": "AWS::S3::Bucket",
  "aws:s3/bucketPolicy:BucketPolicy": "AWS::S3::BucketPolicy",
  "aws:scheduler/schedule:Schedule": "AWS::Scheduler::Schedule",
  "aws:scheduler/scheduleGroup:ScheduleGroup": "AWS::Scheduler::ScheduleGroup",
  "aws:sfn/stateMachine:StateMachine": "AWS::StepFunctions::StateMachine",
  "aws:sqs/queue:Queue": "AWS::SQS::Queue",
  "aws:sqs/queuePolicy:QueuePolicy": "AWS::SQS::QueuePolicy",
};

/** CloudFormation's permissions that the policy does not give, by its type, each list with the reason. */
// biome-ignore format: a table, one reason after the other
export const NOT_GIVEN: Record<string, [reason: string, actions: string][]> = {
  "AWS::Athena::WorkGroup": [
    ["only a workgroup with IAM Identity Center", "iam:CreateServiceLinkedRole"],
  ],
  "AWS::CloudWatch::Dashboard": [
    ["the provider's dashboard has no tags", "cloudwatch:ListTagsForResource cloudwatch:TagResource cloudwatch:UntagResource"],
  ],
  "AWS::EC2::FlowLog": [["only a flow log to a bucket", "s3:GetBucketPolicy s3:PutBucketPolicy"]],
  "AWS::Glue::Database": [
    ["only a database with a connection", "glue:CreateConnection glue:DeleteConnection glue:GetConnection glue:PassConnection glue:UpdateConnection"],
    ["Lake Formation decides by its own grants", "lakeformation:DescribeLakeFormationIdentityCenterConfiguration lakeformation:DescribeResource lakeformation:ListResources"],
  ],
  "AWS::Glue::Table": [
    ["only a table with a connection or of the schema registry", "glue:GetSchemaVersion glue:PassConnection"],
    ["Lake Formation decides by its own grants", "lakeformation:CreateTable lakeformation:DescribeLakeFormationIdentityCenterConfiguration lakeformation:DescribeResource lakeformation:GetDataAccess lakeformation:ListResources"],
    ["only an Iceberg table, whose files the caller makes", "s3:GetObject s3:PutObject"],
  ],
  "AWS::IAM::Role": [
    ["only managed policies, a boundary, a description or a session's length", "iam:AttachRolePolicy iam:DeleteRolePermissionsBoundary iam:DetachRolePolicy iam:PutRolePermissionsBoundary iam:UpdateRole iam:UpdateRoleDescription"],
    ["GetRole has the tags", "iam:ListRoleTags"],
  ],
  "AWS::Lambda::Function": [
    ["only a function in a VPC or with a file system", "ec2:DescribeNetworkInterfaces ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcs elasticfilesystem:DescribeMountTargets s3files:ListMountTargets"],
    ["only code from a bucket, layers, or signed code", "lambda:DeleteFunctionCodeSigningConfig lambda:GetCodeSigningConfig lambda:GetLayerVersion lambda:PutFunctionCodeSigningConfig s3:GetObject s3:GetObjectVersion"],
    ["settings that are other resources of the provider, or not declared", "lambda:AssociateRuntimeAlias lambda:DeleteFunctionConcurrency lambda:GetFunctionRecursionConfig lambda:GetFunctionScalingConfig lambda:GetRuntimeManagementConfig lambda:PassCapacityProvider lambda:PublishVersion lambda:PutFunctionConcurrency lambda:PutFunctionRecursionConfig lambda:PutFunctionScalingConfig lambda:PutRuntimeManagementConfig"],
  ],
  "AWS::Logs::LogGroup": [
    ["settings that are other resources of the provider, or not declared", "firehose:TagDeliveryStream logs:CreateLogDelivery logs:DeleteDataProtectionPolicy logs:DeleteIndexPolicy logs:DeleteResourcePolicy logs:DescribeIndexPolicies logs:DescribeResourcePolicies logs:GetDataProtectionPolicy logs:PutBearerTokenAuthentication logs:PutDataProtectionPolicy logs:PutIndexPolicy logs:PutLogGroupDeletionProtection logs:PutResourcePolicy s3:REST.PUT.OBJECT"],
  ],
  "AWS::KMS::Key": [
    ["the key is declared as enabled, as it is when it is made", "kms:DisableKey kms:EnableKey"],
  ],
  "AWS::S3::Bucket": [
    ["parts of a bucket that are not declared", "iam:PassRole s3:CreateBucketMetadataTableConfiguration s3:DeleteBucketAnalyticsConfiguration s3:DeleteBucketCors s3:DeleteBucketMetadataTableConfiguration s3:DeleteBucketMetricsConfiguration s3:DeleteBucketReplication s3:DeleteBucketWebsite s3:GetAnalyticsConfiguration s3:GetBucketAbac s3:GetBucketMetadataTableConfiguration s3:GetBucketNotification s3:GetIntelligentTieringConfiguration s3:GetInventoryConfiguration s3:GetMetricsConfiguration s3:PutAccelerateConfiguration s3:PutAnalyticsConfiguration s3:PutBucketAbac s3:PutBucketAcl s3:PutBucketCORS s3:PutBucketLogging s3:PutBucketNotification s3:PutBucketReplication s3:PutBucketWebsite s3:PutIntelligentTieringConfiguration s3:PutInventoryConfiguration s3:PutMetricsConfiguration s3:PutObjectAcl s3:PutReplicationConfiguration s3:UpdateBucketMetadataAnnotationTableConfiguration s3:UpdateBucketMetadataInventoryTableConfiguration s3:UpdateBucketMetadataJournalTableConfiguration s3tables:CreateNamespace s3tables:CreateTable s3tables:CreateTableBucket s3tables:GetTable s3tables:GetTableMetadataLocation s3tables:PutTableBucketPolicy s3tables:PutTableEncryption s3tables:PutTablePolicy s3tables:UpdateTableMetadataLocation"],
    ["are no actions: S3's are named after Put", "s3:DeleteBucketEncryption s3:DeleteBucketLifecycle s3:DeleteBucketTagging s3:PutObjectLockConfiguration"],
  ],
  "AWS::StepFunctions::StateMachine": [
    ["only a definition from a bucket", "s3:GetObject s3:GetObjectVersion"],
  ],
};

/** Actions of the policy that CloudFormation does not need, by type, each list with the source that says so. */
// biome-ignore format: a table, one source after the other
export const MORE: Record<string, [source: string, actions: string][]> = {
  "aws:s3/bucket:Bucket": [
    ["terraform-provider-aws, internal/service/s3/bucket.go: reads a bucket with all its parts", "s3:GetBucketPolicy s3:GetBucketRequestPayment"],
    ["terraform-provider-aws, internal/service/s3/delete.go: empties a bucket, with forceDestroy", "s3:BypassGovernanceRetention s3:DeleteObjectVersion s3:ListBucketVersions s3:PutObjectLegalHold"],
  ],
  "aws:glue/catalogDatabase:CatalogDatabase": [
    ["terraform-provider-aws, internal/service/glue/catalog_database.go: tags by ARN", "glue:GetTags glue:TagResource glue:UntagResource"],
  ],
  "aws:glue/catalogTable:CatalogTable": [
    ["terraform-provider-aws, internal/service/glue/catalog_table.go: reads a table with its indexes", "glue:GetPartitionIndexes"],
  ],
  "aws:ec2/flowLog:FlowLog": [
    ["AmazonCloudWatch/latest/logs/AWS-vended-logs-permissions.html, to Firehose", "logs:GetLogDelivery logs:ListLogDeliveries logs:UpdateLogDelivery"],
    ["vpc/latest/userguide/flow-log-records.html, to include fields of ECS", "ecs:ListClusters ecs:ListContainerInstances ecs:ListServices ecs:ListTaskDefinitions ecs:ListTasks"],
  ],
  "aws:iam/role:Role": [
    ["terraform-provider-aws, internal/service/iam/role.go: looks for instance profiles before it deletes", "iam:ListInstanceProfilesForRole"],
  ],
  "aws:lambda/function:Function": [
    ["terraform-provider-aws, internal/service/lambda/function.go: reads the latest version", "lambda:ListVersionsByFunction"],
  ],
  "aws:scheduler/schedule:Schedule": [
    ["scheduler/latest/UserGuide/encryption-rest.html", "kms:Decrypt kms:DescribeKey kms:GenerateDataKey"],
  ],
  "aws:sqs/queuePolicy:QueuePolicy": [
    ["terraform-provider-aws, internal/service/sqs/queue_policy.go: reads what it set", "sqs:GetQueueAttributes"],
  ],
  "aws:sfn/stateMachine:StateMachine": [
    ["terraform-provider-aws, internal/service/sfn/state_machine.go: validates, and reads the latest version", "states:ListStateMachineVersions states:ValidateStateMachineDefinition"],
  ],
};
