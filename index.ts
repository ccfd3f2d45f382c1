import { getVpcOutput } from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { FlowLogAnalytics } from "./components";

const config = new pulumi.Config();

/** A preset's name, names with spaces between, or a YAML list of them. */
const fields = () => {
  const value = config.get("fields")?.trim() || undefined;
  return value?.startsWith("[") ? config.getObject<string[]>("fields") : value?.split(/[\s,]+/);
};

/** The region's default VPC, unless the stack names others. */
const defaultVpc = () => ({ default: getVpcOutput({ default: true }).id });

const flows = new FlowLogAnalytics("flows", {
  vpcs: config.getObject<Record<string, string>>("vpcs") ?? defaultVpc(),
  fields: fields(),
  maxAggregationInterval: config.getNumber("maxAggregationInterval"),
  logRetentionInDays: config.getNumber("logRetentionInDays"),
  bufferingInterval: config.getNumber("bufferingInterval"),
  bytesScannedCutoffPerQuery: config.getNumber("bytesScannedCutoffPerQuery"),
  networks: config.getObject<Record<string, string[]>>("networks"),
  dropNoData: config.getBoolean("dropNoData"),
  keepAction: config.get("keepAction") || undefined,
  forceDestroy: config.getBoolean("forceDestroy"),
});

export const bucket = flows.bucket.bucket;
export const logGroup = flows.logGroup.name;
export const stream = flows.stream.name;
export const functionName = flows.function.name;
export const database = flows.database.name;
export const table = flows.table.name;
export const workgroup = flows.workgroup.name;
export const athenaConsole = flows.consoleLink;
