import { getVpcOutput } from "@pulumi/aws/ec2";
import { Policy } from "@pulumi/aws/iam";
import { FlowLogAnalytics, Ingestion } from "flow-log-analytics";

// No log group between: the VPC's flow log writes to the stream, and so may others, lines in the same format.
const flows = new FlowLogAnalytics("flows", {
  vpcs: { main: getVpcOutput({ default: true }).id },
  ingestion: Ingestion.DIRECT,
});

export const stream = flows.stream.name;
// To attach to the role of whatever writes lines.
export const producerPolicy =
  flows.producerPolicy && new Policy("producer", { policy: flows.producerPolicy }).arn;
export const athena = flows.consoleLink;
