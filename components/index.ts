export type { FlowLogAnalyticsArgs } from "./arguments";
export { FlowLogAnalytics } from "./FlowLogAnalytics";
