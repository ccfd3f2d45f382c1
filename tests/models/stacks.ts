import { type Program, runProgram } from "../../local/program";
import { savedQueries } from "../../queries";
import { EVERY_TAG, VPCS } from "../components/settings";

const TOPIC = "arn:aws:sns:us-east-1:123456789012:alerts";
const KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const SOURCES = {
  vpcs: VPCS,
  subnets: { web: "subnet-0123456789abcdef0" },
  networkInterfaces: { proxy: "eni-0123456789abcdef0" },
  natGateways: { out: "nat-0123456789abcdef0" },
  transitGateways: { hub: "tgw-0123456789abcdef0" },
};

const ALL = {
  ...SOURCES,
  fields: ["all"],
  previousFields: [["default"], ["recommended"]],
  tagFields: EVERY_TAG,
  networks: { shop: ["10.0.0.0/16"] },
  alarmTopic: TOPIC,
  tags: { team: "network", "cost:center": "a b" },
  maxAggregationInterval: 600,
  logRetentionInDays: 3653,
};

/** Configurations in place of a stack's own, by a name for people. */
export const CHOICES: Record<string, { stack: string; config: Record<string, unknown> }> = {
  dev: { stack: "dev", config: {} },
  prod: { stack: "prod", config: {} },
  "all options": {
    stack: "prod",
    config: {
      ...ALL,
      existingLogGroups: { old: "/vpc/flow-logs" },
      filterPattern: "REJECT",
      trafficType: "REJECT",
      dropNoData: true,
      keepAction: "REJECT",
      alarmSilenceInMinutes: 240,
      objectLock: { mode: "GOVERNANCE", days: 30 },
      retention: { dataTransitionInDays: 60, dataExpirationInDays: 365 },
      detections: { queries: savedQueries().map(({ name }) => name), everyHours: 5, topic: TOPIC },
    },
  },
  SUBSCRIPTION: {
    stack: "prod",
    config: {
      ...ALL,
      ingestion: "SUBSCRIPTION",
      producerAccounts: ["111122223333", "444455556666"],
      producerRegions: ["us-east-1", "eu-west-1"],
      versioning: true,
      bufferingInterval: 0,
    },
  },
  DIRECT: { stack: "prod", config: { ...ALL, ingestion: "DIRECT", bufferingInterval: 900 } },
  "somebody else's bucket and key": {
    stack: "dev",
    config: { vpcs: VPCS, existingBucket: "acme-flow-logs", existingKey: KEY, previousKeys: [KEY] },
  },
  "names of the program": { stack: "dev", config: { "pulumi:autonaming": { mode: "verbatim" } } },
  China: { stack: "dev", config: { "aws:region": "cn-north-1" } },
  GovCloud: { stack: "prod", config: { "aws:region": "us-gov-west-1", ingestion: "DIRECT", vpcs: VPCS } },
};

/** Resources that the program declares for a choice. */
export const declaredBy = (choice: string): Promise<Program> => {
  const { stack, config } = CHOICES[choice];
  return runProgram(stack, config);
};
