import { getVpcOutput } from "@pulumi/aws/ec2";
import { FlowLogAnalytics } from "flow-log-analytics";

const vpc = getVpcOutput({ default: true });
const flows = new FlowLogAnalytics("flows", { vpcs: { main: vpc.id }, fields: ["recommended"] });

export const table = flows.table.name;
export const athena = flows.consoleLink;
