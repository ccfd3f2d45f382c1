/** A limit by a page of AWS, as its row of the table must have it. */
type Said = [type: string, property: string, least: number, most: number];

/** Read: the descriptions in botocore's models, SQS's page of policy quotas, and KMS's reference of PutKeyPolicy. */
// biome-ignore format: a table, one limit a line
export const READ: Said[] = [
  ["aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "rules[].id", 0, 255],
  ["aws:cloudwatch/dashboard:Dashboard", "dashboardName", 1, 255],
  ["aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy", "accessPolicy", 1, 5120],
  ["aws:kms/key:Key", "policy", 1, 32_768],
  ["aws:lambda/function:Function", "name", 1, 64],
  ["aws:scheduler/schedule:Schedule", "target.input", 1, 262_144],
  ["aws:sqs/queue:Queue", "name", 1, 80],
  ["aws:sqs/queuePolicy:QueuePolicy", "policy", 1, 8192],
];

/** Known, and not read again. */
// biome-ignore format: a table, one limit a line
export const KNOWN: Said[] = [
  ["aws:athena/workgroup:Workgroup", "name", 1, 128],
  ["aws:s3/bucket:Bucket", "bucket", 3, 63],
  ["aws:s3/bucketPolicy:BucketPolicy", "policy", 1, 20_480],
  ["aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "rules", 1, 1000],
  ["aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", "rule.defaultRetention.days", 1, 36_500],
  ["aws:cloudwatch/dashboard:Dashboard", "dashboardBody", 0, 500],
  ["aws:cloudwatch/dashboard:Dashboard", "dashboardBody", 0, 500],
  ["aws:cloudwatch/dashboard:Dashboard", "dashboardBody", 0, 2500],
  ["aws:iam/role:Role", "assumeRolePolicy", 1, 2048],
  ["aws:iam/rolePolicy:RolePolicy", "policy", 1, 10_240],
  ["aws:lambda/function:Function", "timeout", 1, 900],
  ["aws:lambda/function:Function", "memorySize", 128, 10_240],
  ["aws:lambda/function:Function", "environment.variables", 0, 4096],
  ["aws:lambda/permission:Permission", "sourceArn", 0, 20_480],
  ["aws:sqs/queue:Queue", "messageRetentionSeconds", 60, 1_209_600],
];
