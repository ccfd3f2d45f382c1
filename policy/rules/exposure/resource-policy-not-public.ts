import { OTHER_POLICIES } from "../../reading/resource-policies";
import { publicPolicyRule } from "../public-policy-rule";

export const resourcePolicyNotPublic = publicPolicyRule({
  name: "resource-policy-not-public",
  displayName: "No public resource policy",
  description: "The policy of a catalogue, a secret, a repository or another resource names who it lets in.",
  tags: ["exposure", "glue", "secretsmanager", "ecr", "efs", "opensearch", "fsbp/OpenSearch.2"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  documents: OTHER_POLICIES,
});
