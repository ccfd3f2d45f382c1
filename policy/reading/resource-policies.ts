// Resources with a policy that says who may use them, by the property that has it. A test compares this with the types
// of the installed provider.

/** The property that holds a resource's own policy, by resource type. */
export type Documents = Record<string, string>;

const TYPES: Record<string, string[]> = {
  policy: [
    "acmpca/policy:Policy",
    "backup/vaultPolicy:VaultPolicy",
    "bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy",
    "cloudwatch/eventBusPolicy:EventBusPolicy",
    "codebuild/resourcePolicy:ResourcePolicy",
    "dsql/clusterPolicy:ClusterPolicy",
    "dynamodb/resourcePolicy:ResourcePolicy",
    "ecr/registryPolicy:RegistryPolicy",
    "ecr/repositoryPolicy:RepositoryPolicy",
    "efs/fileSystemPolicy:FileSystemPolicy",
    "glue/resourcePolicy:ResourcePolicy",
    "kinesis/resourcePolicy:ResourcePolicy",
    "kms/externalKey:ExternalKey",
    "kms/key:Key",
    "kms/keyPolicy:KeyPolicy",
    "kms/replicaExternalKey:ReplicaExternalKey",
    "kms/replicaKey:ReplicaKey",
    "lambda/resourcePolicy:ResourcePolicy",
    "mediastore/containerPolicy:ContainerPolicy",
    "msk/clusterPolicy:ClusterPolicy",
    "networkfirewall/resourcePolicy:ResourcePolicy",
    "oam/sinkPolicy:SinkPolicy",
    "opensearchingest/resourcePolicy:ResourcePolicy",
    "pinpoint/smsvoicev2ResourcePolicy:Smsvoicev2ResourcePolicy",
    "redshift/resourcePolicy:ResourcePolicy",
    "redshiftserverless/resourcePolicy:ResourcePolicy",
    "s3/accessPoint:AccessPoint",
    "s3/bucket:Bucket",
    "s3/bucketPolicy:BucketPolicy",
    "s3/bucketV2:BucketV2",
    "s3/filesFileSystemPolicy:FilesFileSystemPolicy",
    "s3/vectorsVectorBucketPolicy:VectorsVectorBucketPolicy",
    "s3control/accessGrantsInstanceResourcePolicy:AccessGrantsInstanceResourcePolicy",
    "s3control/accessPointPolicy:AccessPointPolicy",
    "s3control/bucketPolicy:BucketPolicy",
    "s3control/objectLambdaAccessPointPolicy:ObjectLambdaAccessPointPolicy",
    "schemas/registryPolicy:RegistryPolicy",
    "secretsmanager/secret:Secret",
    "secretsmanager/secretPolicy:SecretPolicy",
    "ses/identityPolicy:IdentityPolicy",
    "sesv2/emailIdentityPolicy:EmailIdentityPolicy",
    "sns/topic:Topic",
    "sns/topicPolicy:TopicPolicy",
    "sqs/queue:Queue",
    "sqs/queuePolicy:QueuePolicy",
    "vpclattice/resourcePolicy:ResourcePolicy",
  ],
  accessPolicies: [
    "elasticsearch/domain:Domain",
    "elasticsearch/domainPolicy:DomainPolicy",
    "opensearch/domain:Domain",
    "opensearch/domainPolicy:DomainPolicy",
  ],
  accessPolicy: [
    "cloudsearch/domainServiceAccessPolicy:DomainServiceAccessPolicy",
    "cloudwatch/logDestinationPolicy:LogDestinationPolicy",
    "glacier/vault:Vault",
  ],
  deliveryDestinationPolicy: ["cloudwatch/logDeliveryDestinationPolicy:LogDeliveryDestinationPolicy"],
  policyDocument: [
    "amp/resourcePolicy:ResourcePolicy",
    "cloudwatch/logResourcePolicy:LogResourcePolicy",
    "codeartifact/domainPermissions:DomainPermissions",
    "codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy",
    "xray/resourcePolicy:ResourcePolicy",
  ],
  repositoryPolicy: ["ecr/repositoryCreationTemplate:RepositoryCreationTemplate"],
  resourcePolicy: [
    "s3tables/tableBucketPolicy:TableBucketPolicy",
    "s3tables/tablePolicy:TablePolicy",
    "sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy",
  ],
};

export const RESOURCE_POLICIES: Documents = Object.fromEntries(
  Object.entries(TYPES).flatMap(([property, types]) => types.map((type) => [`aws:${type}`, property])),
);

const those = (pattern: RegExp): Documents =>
  Object.fromEntries(Object.entries(RESOURCE_POLICIES).filter(([type]) => pattern.test(type)));

export const BUCKET_POLICIES = those(/^aws:(s3|s3control|s3tables)\//);
export const KEY_POLICIES = those(/^aws:kms\//);
export const LOG_POLICIES = those(/^aws:cloudwatch\/log/);
export const STREAM_POLICIES = those(/^aws:kinesis\//);
export const TOPIC_POLICIES = those(/^aws:sns\//);
export const QUEUE_POLICIES = those(/^aws:sqs\//);

/** Types that resource-policy-not-public judges, because no other rule does. */
export const OTHER_POLICIES = those(
  /^aws:(?!s3\/|s3control\/|s3tables\/|kms\/|cloudwatch\/log|kinesis\/|sns\/|sqs\/)/,
);
