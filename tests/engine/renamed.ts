import { getVpcOutput } from "@pulumi/aws/ec2";
import { FlowLogAnalytics } from "../../components";

// The component of index.ts under another name, with an alias for the one that it had.
new FlowLogAnalytics(
  "traffic",
  { vpcs: { default: getVpcOutput({ default: true }).id }, fields: ["recommended"] },
  { aliases: [{ name: "flows" }] },
);
