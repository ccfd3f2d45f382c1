import { fsbp, securityHub } from "../../reading/frameworks";
import { KEY_POLICIES } from "../../reading/resource-policies";
import { publicPolicyRule } from "../public-policy-rule";

export const keyPolicyNotPublic = publicPolicyRule({
  name: "key-policy-not-public",
  displayName: "No public key policy",
  description: "A KMS key's policy names who may use the key.",
  framework: fsbp("KMS.5", "KMS keys should not be publicly accessible"),
  tags: ["exposure", "kms"],
  url: securityHub("kms"),
  documents: KEY_POLICIES,
});
