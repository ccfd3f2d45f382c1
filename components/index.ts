export {
  type DetectionsArgs,
  type FlowLogAnalyticsArgs,
  Ingestion,
  type ObjectLockArgs,
  type RetentionArgs,
  type TagFieldArgs,
} from "./arguments";
export { FlowLogAnalytics } from "./FlowLogAnalytics";
