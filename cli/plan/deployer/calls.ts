import { CAPTURE } from "./calls-capture";
import { LAKE } from "./calls-lake";
import { QUERY } from "./calls-query";
import { ANYTHING, arnOf, type Inputs, type On } from "./places";

/** When a row holds, and under which condition its actions are allowed. */
export interface How {
  /** Returns true if a resource with these inputs needs the actions. Absent: every one does. */
  if?: (inputs: Inputs) => boolean;
  /** The service that calls in the deployer's name: the deployer's own calls are not allowed. */
  through?: string;
  /** The service whose linked role it is. */
  linkedTo?: string;
}

/** Actions that the AWS provider's calls for a resource need, with spaces between, by operation. */
export type Row = [on: On, create: string, read: string, update: string, remove: string, how?: How];

/** The rows of each type. A test holds them against CloudFormation's own permissions for the same resources. */
export const CALLS: Record<string, Row[]> = { ...LAKE, ...CAPTURE, ...QUERY };

/** The same for what the program asks before it declares: most of it the provider knows by itself. */
// biome-ignore format: a table, one row a line
export const INVOKES: Record<string, [on: On, actions: string][]> = {
  "aws:index/getPartition:getPartition": [],
  "aws:index/getRegion:getRegion": [],
  "aws:index/getCallerIdentity:getCallerIdentity": [[ANYTHING, "sts:GetCallerIdentity"]],
  "aws:ec2/getVpc:getVpc": [
    [ANYTHING, "ec2:DescribeRouteTables ec2:DescribeVpcs"],
    [(_, where) => [arnOf(where, "ec2", "vpc/*")], "ec2:DescribeVpcAttribute"],
  ],
};
