import { getVpcOutput } from "@pulumi/aws/ec2";
import { Config } from "@pulumi/pulumi";
import { FlowLogAnalytics } from "../../components";

// The component of index.ts under another name, with an alias for the old one.
new FlowLogAnalytics(
  "traffic",
  {
    vpcs: { default: getVpcOutput({ default: true }).id },
    fields: ["recommended"],
    forceDestroy: new Config().getBoolean("forceDestroy"),
  },
  { aliases: [{ name: "flows" }] },
);
