import { getVpcOutput } from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { FlowLogAnalytics, type FlowLogAnalyticsArgs, type Ingestion } from "./components";
import { ARGUMENT_NAMES } from "./components/argument-names";
import { unknownKeys } from "./components/configuration";

const config = new pulumi.Config();

const unknown = unknownKeys(Object.keys(pulumi.runtime.allConfig()), config.name, ARGUMENT_NAMES);
if (unknown.length > 0) throw new pulumi.RunError(unknown.join("\n"));

/** A preset's name, names with spaces between, or a YAML list of them. */
const names = <Name extends string>(key: string): Name[] | undefined => {
  const value = config.get(key)?.trim() || undefined;
  return value?.startsWith("[") ? config.getObject(key) : (value?.split(/[\s,]+/) as Name[] | undefined);
};

type Args = FlowLogAnalyticsArgs;
const object = <K extends keyof Args>(name: K) => config.getObject<NonNullable<Args[K]>>(name);

/** The region's default VPC, unless the stack names something. */
const named = ["vpcs", "subnets", "networkInterfaces", "natGateways", "transitGateways", "existingLogGroups"];
const vpcs = named.some((name) => config.get(name))
  ? object("vpcs")
  : { default: getVpcOutput({ default: true }).id };

const flows = new FlowLogAnalytics("flows", {
  vpcs,
  subnets: object("subnets"),
  networkInterfaces: object("networkInterfaces"),
  natGateways: object("natGateways"),
  transitGateways: object("transitGateways"),
  existingLogGroups: object("existingLogGroups"),
  producerAccounts: object("producerAccounts"),
  producerRegions: object("producerRegions"),
  trafficType: config.get("trafficType"),
  fields: names("fields"),
  transitGatewayFields: names("transitGatewayFields"),
  previousFields: object("previousFields"),
  tagFields: object("tagFields"),
  maxAggregationInterval: config.getNumber("maxAggregationInterval"),
  ingestion: config.get<Ingestion>("ingestion"),
  filterPattern: config.get("filterPattern"),
  networks: object("networks"),
  dropNoData: config.getBoolean("dropNoData"),
  keepAction: config.get("keepAction") || undefined,
  bufferingInterval: config.getNumber("bufferingInterval"),
  logRetentionInDays: config.getNumber("logRetentionInDays"),
  existingBucket: config.get("existingBucket"),
  existingKey: config.get("existingKey"),
  previousKeys: object("previousKeys"),
  retention: object("retention"),
  versioning: config.getBoolean("versioning"),
  objectLock: object("objectLock"),
  bytesScannedCutoffPerQuery: config.getNumber("bytesScannedCutoffPerQuery"),
  detections: object("detections"),
  alarmTopic: config.get("alarmTopic") || undefined,
  alarmSilenceInMinutes: config.getNumber("alarmSilenceInMinutes"),
  tags: object("tags"),
  forceDestroy: config.getBoolean("forceDestroy"),
});

export const bucket = flows.bucketName;
export const logGroups = flows.logGroups.map((group) => group.name);
export const destinations = flows.destinations.map((destination) => destination.arn);
export const stream = flows.stream.name;
export const functionName = flows.function.name;
export const database = flows.database.name;
export const table = flows.table.name;
export const workgroup = flows.workgroup.name;
export const athenaConsole = flows.consoleLink;
export const dashboard = flows.dashboard.dashboardName;
export const readerPolicy = flows.readerPolicy;
export const producerPolicy = flows.producerPolicy ?? "none: other producers write with ingestion DIRECT";
export const jdbcUrl = flows.jdbcUrl;
export const odbcConnection = flows.odbcConnection;
