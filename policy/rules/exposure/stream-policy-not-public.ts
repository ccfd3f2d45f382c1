import { STREAM_POLICIES } from "../../reading/resource-policies";
import { publicPolicyRule } from "../public-policy-rule";

export const streamPolicyNotPublic = publicPolicyRule({
  name: "stream-policy-not-public",
  displayName: "No public stream policy",
  description: "The policy of a Kinesis data stream or of its consumer names who it lets in.",
  tags: ["exposure", "kinesis"],
  url: "https://docs.aws.amazon.com/streams/latest/dev/controlling-access.html",
  documents: STREAM_POLICIES,
});
