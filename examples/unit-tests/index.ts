import { createNetwork } from "./network";

const { vpc, flows } = createNetwork("acme");

export const vpcId = vpc.id;
export const table = flows.table.name;
