import { getVpcOutput } from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { FlowLogAnalytics, type FlowLogAnalyticsArgs, type Ingestion } from "./components";
import { ARGUMENT_NAMES } from "./components/settings/argument-names";
import { booleanIn, namesIn, numberIn, objectIn, unknownKeys } from "./components/settings/configuration";

const config = new pulumi.Config();

const unknown = unknownKeys(Object.keys(pulumi.runtime.allConfig()), config.name, ARGUMENT_NAMES);
if (unknown.length > 0) throw new pulumi.RunError(unknown.join("\n"));

type Args = FlowLogAnalyticsArgs;

/** Returns a function that reads the configuration value of an argument; the component checks what it is. */
const reader =
  (read: (text: string) => unknown) =>
  <K extends keyof Args>(name: K) => {
    const text = config.get(name);
    return text === undefined ? undefined : (read(text) as NonNullable<Args[K]>);
  };

const object = reader(objectIn);
const number = reader(numberIn);
const boolean = reader(booleanIn);
const names = reader(namesIn);

/** The region's default VPC, unless the stack names something. */
const named = ["vpcs", "subnets", "networkInterfaces", "natGateways", "transitGateways", "existingLogGroups"];
const defaultVpc = named.some((name) => config.get(name)) ? undefined : getVpcOutput({ default: true });
const vpcs = defaultVpc ? { default: defaultVpc.id } : object("vpcs");

/** The blocks of the default VPC, and what the stack names beside them. */
const insideCidrBlocks = defaultVpc
  ? pulumi
      .all([defaultVpc, object("insideCidrBlocks") ?? []])
      .apply(([{ cidrBlock, cidrBlockAssociations = [], ipv6CidrBlock }, others]) => [
        ...others,
        cidrBlock,
        ...cidrBlockAssociations.map((association) => association.cidrBlock),
        ipv6CidrBlock,
      ])
  : object("insideCidrBlocks");

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
  maxAggregationInterval: number("maxAggregationInterval"),
  ingestion: config.get<Ingestion>("ingestion"),
  filterPattern: config.get("filterPattern"),
  networks: object("networks"),
  insideCidrBlocks,
  dropNoData: boolean("dropNoData"),
  keepAction: config.get("keepAction") || undefined,
  bufferingInterval: number("bufferingInterval"),
  logRetentionInDays: number("logRetentionInDays"),
  existingBucket: config.get("existingBucket"),
  existingKey: config.get("existingKey"),
  previousKeys: object("previousKeys"),
  retention: object("retention"),
  versioning: boolean("versioning"),
  objectLock: object("objectLock"),
  bytesScannedCutoffPerQuery: number("bytesScannedCutoffPerQuery"),
  detections: object("detections"),
  alarmTopic: config.get("alarmTopic") || undefined,
  alarmSilenceInMinutes: number("alarmSilenceInMinutes"),
  tags: object("tags"),
  forceDestroy: boolean("forceDestroy"),
});

export const bucket = flows.bucketName;
export const logGroups = flows.logGroups.map((group) => group.name);
export const destinations = flows.destinations.map((destination) => destination.arn);
export const stream = flows.stream.name;
export const functionName = flows.function.name;
export const database = flows.database.name;
export const table = flows.table.name;
export const workgroup = flows.workgroup.name;
export const region = flows.region;
export const athenaConsole = flows.consoleLink;
export const dashboard = flows.dashboard.dashboardName;
export const readerPolicy = flows.readerPolicy;
export const producerPolicy = flows.producerPolicy ?? "none: other producers write with ingestion DIRECT";
export const jdbcUrl = flows.jdbcUrl;
export const odbcConnection = flows.odbcConnection;
