import { fsbp, securityHub } from "../../reading/frameworks";
import { QUEUE_POLICIES } from "../../reading/resource-policies";
import { publicPolicyRule } from "../public-policy-rule";

export const queuePolicyNotPublic = publicPolicyRule({
  name: "queue-policy-not-public",
  displayName: "No public queue policy",
  description: "An SQS queue's policy names who may send and receive.",
  severity: "high",
  framework: fsbp("SQS.3", "SQS queue access policies should not allow public access"),
  tags: ["exposure", "sqs"],
  url: securityHub("sqs"),
  documents: QUEUE_POLICIES,
});
