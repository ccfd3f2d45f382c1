import type { CallRow } from "./call-row";
import { CAPTURE } from "./calls-capture";
import { LAKE } from "./calls-lake";
import { QUERY } from "./calls-query";
import { ANYTHING, arnOf, type On } from "./places";

/** Rows by resource type. A test compares them with CloudFormation's own permissions for the same resources. */
export const CALLS: Record<string, CallRow[]> = { ...LAKE, ...CAPTURE, ...QUERY };

/** Rows for the provider functions that the program calls. Most of them make no call to AWS. */
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
