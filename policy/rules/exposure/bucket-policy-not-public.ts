import { fsbp, securityHub } from "../../reading/frameworks";
import { BUCKET_POLICIES, KEY_POLICIES, OTHER_POLICIES } from "../../reading/resource-policies";
import { publicPolicyRule } from "../public-policy-rule";

export const bucketPolicyNotPublic = publicPolicyRule({
  name: "bucket-policy-not-public",
  displayName: "No public bucket policy",
  description: "A bucket's policy, or an access point's, names who it lets in.",
  framework: fsbp("S3.2", "S3 general purpose buckets should block public read access"),
  tags: ["exposure", "s3", "fsbp/S3.3", "fsbp/S3.6"],
  url: securityHub("s3"),
  documents: BUCKET_POLICIES,
});

export const keyPolicyNotPublic = publicPolicyRule({
  name: "key-policy-not-public",
  displayName: "No public key policy",
  description: "A KMS key's policy names who may use the key.",
  framework: fsbp("KMS.5", "KMS keys should not be publicly accessible"),
  tags: ["exposure", "kms"],
  url: securityHub("kms"),
  documents: KEY_POLICIES,
});

export const resourcePolicyNotPublic = publicPolicyRule({
  name: "resource-policy-not-public",
  displayName: "No public resource policy",
  description: "The policy of a catalogue, a secret, a repository or another resource names who it lets in.",
  tags: ["exposure", "glue", "secretsmanager", "ecr", "efs", "opensearch", "fsbp/OpenSearch.2"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  documents: OTHER_POLICIES,
});
