import { fsbp, securityHub } from "../../reading/frameworks";
import { BUCKET_POLICIES } from "../../reading/resource-policies";
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
