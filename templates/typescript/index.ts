import { getVpcOutput } from "@pulumi/aws/ec2";
// With an SDK, the table is a resource only for who has its module; the library has it by itself.
import "@pulumi/aws/glue";
import { FlowLogAnalytics } from "flow-log-analytics";

const vpc = getVpcOutput({ default: true });
const flows = new FlowLogAnalytics("flows", { vpcs: { main: vpc.id }, fields: ["recommended"] });

export const table = flows.table.name;
export const athena = flows.consoleLink;
