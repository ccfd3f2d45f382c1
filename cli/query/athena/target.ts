import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { PREFIX } from "../../../components/lifecycle";
import { UsageError } from "../../usage";

export interface TargetOptions {
  workgroup?: string;
  database?: string;
  region?: string;
  stackOutputs?: string;
}

/** Region, workgroup and table of a stack's lake in AWS. */
export interface AthenaTarget {
  workgroup: string;
  database: string;
  /** Region; if absent, the AWS SDK finds one. */
  region?: string;
  table: string;
  /** Location of results, which the workgroup sets. */
  results?: string;
}

type Outputs = Record<string, string | undefined>;

/** Outputs in the form of `pulumi stack output --json`. */
const readOutputs = async (file: string | undefined): Promise<Outputs> => {
  if (file === undefined) return {};
  try {
    return JSON.parse(file === "-" ? await text(process.stdin) : readFileSync(file, "utf8")) ?? {};
  } catch (error) {
    throw new UsageError(
      `--stack-outputs takes the file of pulumi stack output --json: ${(error as Error).message}`,
    );
  }
};

const MISSING = `give it, or --stack-outputs FILE (of pulumi stack output --json), or set`;

const demand = (value: string | undefined, option: string, variable: string): string => {
  if (value) return value;
  throw new UsageError(`Athena is asked with ${option}: ${MISSING} ${variable}`);
};

/** Returns the target from the options, the stack's outputs or the environment, in this order. */
export const targetOf = async (options: TargetOptions, env = process.env): Promise<AthenaTarget> => {
  const outputs = await readOutputs(options.stackOutputs);
  const workgroup = options.workgroup ?? outputs.workgroup ?? env.FLOWLOGS_WORKGROUP;
  const database = options.database ?? outputs.database ?? env.FLOWLOGS_DATABASE;
  return {
    workgroup: demand(workgroup, "--workgroup", "FLOWLOGS_WORKGROUP"),
    database: demand(database, "--database", "FLOWLOGS_DATABASE"),
    region: options.region ?? outputs.region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION,
    table: outputs.table ?? "flow_logs",
    results: outputs.bucket && `s3://${outputs.bucket}/${PREFIX.results}`,
  };
};
