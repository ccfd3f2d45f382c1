import { fsbp, securityHub } from "../../reading/frameworks";
import { TOPIC_POLICIES } from "../../reading/resource-policies";
import { publicPolicyRule } from "../public-policy-rule";

export const topicPolicyNotPublic = publicPolicyRule({
  name: "topic-policy-not-public",
  displayName: "No public topic policy",
  description: "An SNS topic's policy names who may publish and subscribe.",
  severity: "high",
  framework: fsbp("SNS.4", "SNS topic access policies should not allow public access"),
  tags: ["exposure", "sns"],
  url: securityHub("sns"),
  documents: TOPIC_POLICIES,
});
