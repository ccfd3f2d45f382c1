import type {
  DetectionsArgs,
  FlowLogAnalyticsArgs,
  ObjectLockArgs,
  RetentionArgs,
  TagFieldArgs,
} from "../arguments";

/** Returns the names of an interface's members. It does not compile if one is left out. */
const namesOf = <T>(names: Record<keyof T, true>) => Object.keys(names);

export const ARGUMENT_NAMES = namesOf<FlowLogAnalyticsArgs>({
  vpcs: true,
  subnets: true,
  networkInterfaces: true,
  natGateways: true,
  transitGateways: true,
  existingLogGroups: true,
  producerAccounts: true,
  producerRegions: true,
  trafficType: true,
  fields: true,
  transitGatewayFields: true,
  previousFields: true,
  tagFields: true,
  maxAggregationInterval: true,
  ingestion: true,
  filterPattern: true,
  networks: true,
  insideCidrBlocks: true,
  dropNoData: true,
  keepAction: true,
  bufferingInterval: true,
  logRetentionInDays: true,
  existingBucket: true,
  existingKey: true,
  previousKeys: true,
  retention: true,
  versioning: true,
  objectLock: true,
  bytesScannedCutoffPerQuery: true,
  detections: true,
  alarmTopic: true,
  alarmSilenceInMinutes: true,
  tags: true,
  forceDestroy: true,
});

export const RETENTION_NAMES = namesOf<RetentionArgs>({
  dataTransitionInDays: true,
  dataExpirationInDays: true,
  resultsExpirationInDays: true,
  errorsExpirationInDays: true,
  failedEventsExpirationInDays: true,
  findingsExpirationInDays: true,
});

export const OBJECT_LOCK_NAMES = namesOf<ObjectLockArgs>({ mode: true, days: true });

export const DETECTIONS_NAMES = namesOf<DetectionsArgs>({ queries: true, everyHours: true, topic: true });

export const TAG_FIELD_NAMES = namesOf<TagFieldArgs>({ resourceType: true, tagKeys: true });
