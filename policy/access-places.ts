import { type Fields, fields, list, quote } from "./properties";

// Where policy documents stand in resources of the `aws` provider.

/** What a document is for: what an identity may do, who may take on a role, or who may use a resource. */
export type Kind = "identity" | "trust" | "resource";

export interface Place {
  kind: Kind;
  /** What a message puts before the finding; empty where the resource has only one document. */
  prefix: string;
  text: unknown;
}

/** Property of the identity policies that are resources of their own. */
const IDENTITY: Record<string, string> = {
  "aws:iam/policy:Policy": "policy",
  "aws:iam/rolePolicy:RolePolicy": "policy",
  "aws:iam/userPolicy:UserPolicy": "policy",
  "aws:iam/groupPolicy:GroupPolicy": "policy",
  "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": "inlinePolicy",
};

/** Resources with a policy, by the property that has it. An API's policy is not here: most APIs are for everybody. */
const RESOURCE: Record<string, string[]> = {
  policy: [
    "acmpca/policy:Policy",
    "backup/vaultPolicy:VaultPolicy",
    "bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy",
    "cloudwatch/eventBusPolicy:EventBusPolicy",
    "codebuild/resourcePolicy:ResourcePolicy",
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
    "mediastore/containerPolicy:ContainerPolicy",
    "networkfirewall/resourcePolicy:ResourcePolicy",
    "redshift/resourcePolicy:ResourcePolicy",
    "redshiftserverless/resourcePolicy:ResourcePolicy",
    "s3/accessPoint:AccessPoint",
    "s3/bucket:Bucket",
    "s3/bucketPolicy:BucketPolicy",
    "s3/bucketV2:BucketV2",
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
  ],
  accessPolicies: [
    "elasticsearch/domain:Domain",
    "elasticsearch/domainPolicy:DomainPolicy",
    "opensearch/domain:Domain",
    "opensearch/domainPolicy:DomainPolicy",
  ],
  accessPolicy: ["cloudwatch/logDestinationPolicy:LogDestinationPolicy", "glacier/vault:Vault"],
  deliveryDestinationPolicy: ["cloudwatch/logDeliveryDestinationPolicy:LogDeliveryDestinationPolicy"],
  policyDocument: [
    "cloudwatch/logResourcePolicy:LogResourcePolicy",
    "codeartifact/domainPermissions:DomainPermissions",
    "codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy",
    "xray/resourcePolicy:ResourcePolicy",
  ],
  resourcePolicy: ["s3tables/tableBucketPolicy:TableBucketPolicy", "s3tables/tablePolicy:TablePolicy"],
};

const RESOURCE_BY_TYPE = new Map<string, string>(
  Object.entries(RESOURCE).flatMap(([property, types]) =>
    types.map((type) => [`aws:${type}`, property] as const),
  ),
);

/**
 * The documents of a resource. One that is not set is none: AWS has a default. An empty text is none too where the
 * property may be left out, and a malformed document where the resource is there for it.
 */
export const placesOf = (type: string, props: Fields): Place[] =>
  everyPlace(type, props).filter(
    ({ kind, prefix, text }) =>
      text !== undefined &&
      text !== null &&
      (text !== "" || kind === "trust" || (prefix === "" && /Polic(y|ies)$|Permissions$/.test(type))),
  );

function everyPlace(type: string, props: Fields): Place[] {
  if (type === "aws:iam/role:Role") {
    return [{ kind: "trust", prefix: "trust policy: ", text: props.assumeRolePolicy }, ...inline(props)];
  }
  const resource = RESOURCE_BY_TYPE.get(type);
  if (resource) return [{ kind: "resource", prefix: "", text: props[resource] }];
  const identity = Object.hasOwn(IDENTITY, type) ? IDENTITY[type] : undefined;
  return identity ? [{ kind: "identity", prefix: "", text: props[identity] }] : [];
}

const inline = (props: Fields): Place[] =>
  list(props.inlinePolicies)
    .map(fields)
    .map(({ name, policy }) => ({
      kind: "identity",
      prefix: `inline policy ${typeof name === "string" ? quote(name) : "without a name"}: `,
      text: policy,
    }));
