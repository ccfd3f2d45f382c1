import type { Context } from "./evaluator";
import type { RoleCall, World } from "./world";

/**
 * Similar calls: each of the actions, on each resource of a template or, for a list, on all of its resources at
 * once. By default the stack's account owns the resources.
 */
export type Row = [
  actions: string,
  on: string | string[],
  why: string,
  how?: { context?: Context; owner?: string },
];

export const THROUGH_S3 = { context: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } };
export const CATALOG = "arn:aws:glue:us-east-1:123456789012:catalog";
/** Glue also requires permissions on the table's database and catalog. */
export const TABLE = [CATALOG, "{flows-database}", "{flows-table}"];
export const ROWS = "{flows-lake}/flow-logs/year=2026/month=10/day=05/hour=07/rows.parquet";
export const RESULT = "{flows-lake}/results/0f3b1f5e.csv";
export const HOUR = { context: { "s3:prefix": "flow-logs/year=2026/month=10/day=05/hour=07/" } };
export const RESULTS = { context: { "s3:prefix": "results/" } };
export const MULTIPART = "s3:AbortMultipartUpload s3:ListMultipartUploadParts";

/** Returns the calls of these rows in a stack. */
export const callsOf = (world: World, who: string, rows: Row[]): RoleCall[] =>
  rows.flatMap(([actions, on, why, { context = {}, owner } = {}]) => {
    const targets = Array.isArray(on) ? [on.flatMap(world.arnsOf)] : world.arnsOf(on).map((arn) => [arn]);
    const filled = Object.entries(context).map(([key, value]) => [key, world.arnsOf(value)[0]]);
    return actions.split(" ").flatMap((action) =>
      targets.map((resources) => ({
        who,
        why,
        action,
        resources,
        owner,
        context: Object.fromEntries(filled),
      })),
    );
  });
