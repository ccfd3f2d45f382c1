// biome-ignore lint/suspicious/noExplicitAny: each call has its own parameters
type Parameters = Record<string, any>;

/** A call that reads a resource back. */
export interface Read {
  operation: string;
  /** Returns its parameters, from those of the creating call and the resource's name. */
  with: (parameters: Parameters, name: string) => Parameters;
  /** JMESPath expressions: of what was sent, and of where it is in the answer. */
  pairs: Record<string, string>;
}

/** Members that have one name in the call and in a part of the answer. */
export const same = (part: string, ...members: string[]): Record<string, string> =>
  Object.fromEntries(members.map((member) => [member, part ? `${part}.${member}` : member]));

const ALARM = ["AlarmName", "AlarmDescription", "AlarmActions", "OKActions", "ComparisonOperator"];
const METRIC = ["MetricName", "Namespace", "Statistic", "Dimensions", "Period", "Metrics"];
const LIMIT = ["EvaluationPeriods", "DatapointsToAlarm", "Threshold", "TreatMissingData"];

export const alarmPairs = same("MetricAlarms[0]", ...ALARM, ...METRIC, ...LIMIT);
