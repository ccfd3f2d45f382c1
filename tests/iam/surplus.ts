import type { Document } from "./evaluator";
import type { World } from "./world";

/**
 * Permissions that no documented call of AWS needs. An entry must be removed here if it is
 * removed from the policy.
 */
// biome-ignore format: a table, one row a line
const SURPLUS: [who: string, what: string, why: string][] = [
  ["flows-flow-logs", "logs:DescribeLogGroups", "works on all log groups or on none: on these alone it is as good as not there"],
  ["flows-subscribe", "firehose:PutRecordBatch", "AWS documents PutRecord alone"],
  ["flows-producers", "firehose:PutRecordBatch", "AWS documents PutRecord alone"],
  ["the key", "kms:DescribeKey", "has no encryption context, which the statement asks for: it never applies"],
];

/** Returns the surplus grants of a policy. */
export const surplusOf = (world: World, who: string, { Statement }: Document): string[] =>
  SURPLUS.filter(([whose]) => whose === who)
    .flatMap(([, what]) => world.arnsOf(what))
    .filter((what) => Statement.some(({ Action, Resource }) => [Action, Resource].flat().includes(what)));
