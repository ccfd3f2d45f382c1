import { Vpc } from "@pulumi/aws/ec2";
import { FlowLogAnalytics } from "flow-log-analytics";

const blocks = { web: "10.0.0.0/16", data: "10.1.0.0/16" };
const web = new Vpc("web", { cidrBlock: blocks.web });
const data = new Vpc("data", { cidrBlock: blocks.data });

// One lake and one table: `vpc_id` says which VPC a flow was seen in, `src_network` and `dst_network` who talked.
const flows = new FlowLogAnalytics("flows", {
  vpcs: { web: web.id, data: data.id },
  fields: ["recommended"],
  networks: { web: [blocks.web], data: [blocks.data] },
});

export const table = flows.table.name;
export const athena = flows.consoleLink;
