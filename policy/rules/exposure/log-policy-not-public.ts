import { LOG_POLICIES } from "../../reading/resource-policies";
import { publicPolicyRule } from "../public-policy-rule";

export const logPolicyNotPublic = publicPolicyRule({
  name: "log-policy-not-public",
  displayName: "No public log policy",
  description:
    "A policy of CloudWatch Logs names who may write to the log groups or subscribe to a destination.",
  tags: ["exposure", "cloudwatch-logs"],
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html",
  documents: LOG_POLICIES,
});
