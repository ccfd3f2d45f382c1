import { getVpcOutput } from "@pulumi/aws/ec2";
import { FlowLogAnalytics } from "flow-log-analytics";

const flows = new FlowLogAnalytics("flows", { vpcs: { main: getVpcOutput({ default: true }).id } });

export const table = flows.table.name;
export const athena = flows.consoleLink;
