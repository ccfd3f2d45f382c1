export {
  Action,
  type DetectionsArgs,
  type FlowLogAnalyticsArgs,
  Ingestion,
  type ObjectLockArgs,
  ObjectLockMode,
  type RetentionArgs,
  type TagFieldArgs,
  TaggedResourceType,
  TrafficType,
} from "./arguments";
export { FlowLogAnalytics } from "./FlowLogAnalytics";
export { FlowLogField, SavedQueryName, TransitGatewayField } from "./vocabulary";
