import type { Calls } from "./calls";

/** A metric of an expression, whose name and dimensions the API has one level lower. */
const metricQuery = ({ metric, ...rest }: Record<string, Record<string, unknown>>) => {
  if (!metric) return rest;
  const { period, stat, unit, ...named } = metric;
  return { ...rest, metricStat: { metric: named, period, stat, unit } };
};

/** A workgroup's configuration, whose key is called otherwise. */
const configuration = ({ resultConfiguration, ...rest }: Record<string, Record<string, unknown>>) => {
  const { encryptionConfiguration, ...result } = resultConfiguration;
  const { kmsKeyArn, ...encryption } = encryptionConfiguration as Record<string, unknown>;
  return {
    ...rest,
    resultConfiguration: { ...result, encryptionConfiguration: { ...encryption, kmsKey: kmsKeyArn } },
  };
};

/** The workgroup and what is saved in it, detections, alarms, the dashboard. */
export const asking: Calls = {
  "aws:athena/namedQuery:NamedQuery": ({ query, ...rest }) => [
    ["athena.CreateNamedQuery", { queryString: query, ...rest }],
  ],
  "aws:athena/preparedStatement:PreparedStatement": ({ name, ...rest }) => [
    ["athena.CreatePreparedStatement", { statementName: name, ...rest }],
  ],
  "aws:athena/workgroup:Workgroup": ({ configuration: given, ...rest }, name) => [
    ["athena.CreateWorkGroup", { name, ...rest, configuration: configuration(given) }],
  ],
  "aws:cloudwatch/dashboard:Dashboard": (inputs) => [["cloudwatch.PutDashboard", inputs]],
  "aws:cloudwatch/metricAlarm:MetricAlarm": ({ name, metricQueries, ...rest }, alarmName) => [
    ["cloudwatch.PutMetricAlarm", { alarmName, metrics: metricQueries?.map(metricQuery), ...rest }],
  ],
  "aws:scheduler/schedule:Schedule": (inputs) => [["scheduler.CreateSchedule", inputs]],
  "aws:scheduler/scheduleGroup:ScheduleGroup": (inputs, name) => [
    ["scheduler.CreateScheduleGroup", { name, ...inputs }],
  ],
  "aws:sfn/stateMachine:StateMachine": (inputs, name) => [
    ["stepfunctions.CreateStateMachine", { name, ...inputs }],
  ],
};
