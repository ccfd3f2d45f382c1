import type { Policy, ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { statements } from "./documents";
import { opensToEverybody } from "./lake-principals";
import { EXEMPT_SCHEMA, isExempt } from "./options";
import { properties, quote } from "./properties";

/** Which property of which resource holds a resource's own policy. */
export type Documents = Record<string, string>;

export const BUCKET_POLICIES: Documents = {
  "aws:s3/bucket:Bucket": "policy",
  "aws:s3/bucketV2:BucketV2": "policy",
  "aws:s3/bucketPolicy:BucketPolicy": "policy",
  "aws:s3/accessPoint:AccessPoint": "policy",
  "aws:s3/vectorsVectorBucketPolicy:VectorsVectorBucketPolicy": "policy",
  "aws:s3control/accessPointPolicy:AccessPointPolicy": "policy",
  "aws:s3control/bucketPolicy:BucketPolicy": "policy",
  "aws:s3control/objectLambdaAccessPointPolicy:ObjectLambdaAccessPointPolicy": "policy",
  "aws:s3tables/tableBucketPolicy:TableBucketPolicy": "resourcePolicy",
  "aws:s3tables/tablePolicy:TablePolicy": "resourcePolicy",
};

export const KEY_POLICIES: Documents = {
  "aws:kms/key:Key": "policy",
  "aws:kms/keyPolicy:KeyPolicy": "policy",
  "aws:kms/externalKey:ExternalKey": "policy",
  "aws:kms/replicaKey:ReplicaKey": "policy",
  "aws:kms/replicaExternalKey:ReplicaExternalKey": "policy",
};

/** What else keeps or moves data and has a policy of its own. */
export const OTHER_POLICIES: Documents = {
  "aws:backup/vaultPolicy:VaultPolicy": "policy",
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": "policy",
  "aws:codeartifact/domainPermissions:DomainPermissions": "policyDocument",
  "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy": "policyDocument",
  "aws:dynamodb/resourcePolicy:ResourcePolicy": "policy",
  "aws:ecr/repositoryPolicy:RepositoryPolicy": "policy",
  "aws:efs/fileSystemPolicy:FileSystemPolicy": "policy",
  "aws:elasticsearch/domain:Domain": "accessPolicies",
  "aws:elasticsearch/domainPolicy:DomainPolicy": "accessPolicies",
  "aws:glue/resourcePolicy:ResourcePolicy": "policy",
  "aws:lambda/resourcePolicy:ResourcePolicy": "policy",
  "aws:msk/clusterPolicy:ClusterPolicy": "policy",
  "aws:opensearch/domain:Domain": "accessPolicies",
  "aws:opensearch/domainPolicy:DomainPolicy": "accessPolicies",
  "aws:redshift/resourcePolicy:ResourcePolicy": "policy",
  "aws:schemas/registryPolicy:RegistryPolicy": "policy",
  "aws:secretsmanager/secret:Secret": "policy",
  "aws:secretsmanager/secretPolicy:SecretPolicy": "policy",
  "aws:ses/identityPolicy:IdentityPolicy": "policy",
  "aws:sesv2/emailIdentityPolicy:EmailIdentityPolicy": "policy",
};

/** The policy document of a resource, or undefined when it has none. An empty text is none. */
export function documentOf(documents: Documents, args: ResourceValidationArgs): unknown {
  const property = Object.hasOwn(documents, args.type) ? documents[args.type] : undefined;
  return (property && properties(args)[property]) || undefined;
}

export const REMEDY =
  "name the principals that need it, or add a condition such as StringEquals aws:PrincipalOrgID";

/** A rule that no statement of these policies lets everybody in. */
export function publicPolicyRule({
  documents,
  ...about
}: Policy & { documents: Documents }): ResourceValidationPolicy {
  return {
    enforcementLevel: "mandatory",
    severity: "critical",
    remediationSteps: `In the statement that the violation names, ${REMEDY}.`,
    configSchema: { properties: EXEMPT_SCHEMA },
    ...about,
    validateResource: (args, reportViolation) => {
      const document = documentOf(documents, args);
      if (document === undefined || isExempt(args)) return;
      const policy = `the policy of ${quote(args.name)}`;
      for (const problem of statements(document).problems) {
        reportViolation(`${policy} cannot be checked: ${problem}; correct the document.`);
      }
      for (const { entry, how } of opensToEverybody(document)) {
        const { label, actions, notActions } = entry.statement;
        const what = notActions ? `all but ${notActions.map(quote)}` : actions.map(quote).join(", ");
        reportViolation(
          `${policy}: ${label} allows ${what} to everybody (${how}) and no condition limits who that is; ${REMEDY}.`,
        );
      }
    },
  };
}
