import type { CallRow } from "./call-row";
import {
  ANYTHING,
  arnOf,
  bucketArn,
  type Inputs,
  itself,
  key,
  named,
  namesOf,
  type On,
  referred,
} from "./places";

const workgroup = named("workgroup", "aws:athena/workgroup:Workgroup", "athena", "workgroup/");

/** Location of a workgroup's results: the bucket, or the objects under the prefix. */
const results =
  (isBucket: boolean): On =>
  ({ inputs }, where) => {
    const [, name, prefix] = /^s3:\/\/([^/]+)\/(.*)$/.exec(resultsOf(inputs).outputLocation) ?? [];
    return [`${bucketArn(where, name)}${isBucket ? "" : `/${prefix}*`}`];
  };
const resultsOf = ({ configuration }: Inputs) => configuration.resultConfiguration;
/** All queues: a queue policy's input is the queue's URL, which contains the account. */
const queues: On = (_, where) =>
  where.program.resources
    .filter(({ type }) => type === "aws:sqs/queue:Queue")
    .map((queue) => arnOf(where, "sqs", namesOf(queue, where)));
/** All alarms of the component by one pattern: naming each would fill a policy. */
const alarms: On = (resource, where) => {
  const any = { ...resource, name: `${resource.parent}-alarm-*` };
  return [arnOf(where, "cloudwatch", `alarm:${namesOf(any, where)}`)];
};
const dashboard: On = ({ inputs }, where) => [
  arnOf(where, "cloudwatch", `dashboard/${inputs.dashboardName}`, ""),
];
const schedules =
  (input: string, rest: string): On =>
  (resource, where) => {
    const group = referred(
      where,
      "aws:scheduler/scheduleGroup:ScheduleGroup",
      resource.inputs[input] ?? resource.state.name,
    );
    return [arnOf(where, "scheduler", `schedule/${group}/${rest}`)];
  };

/** Calls for the workgroup and its saved queries, alarms and dashboard, and detections. */
// biome-ignore format: a table, one row a line
export const QUERY: Record<string, CallRow[]> = {
  "aws:athena/workgroup:Workgroup": [
    [itself("athena", "workgroup/"), "athena:CreateWorkGroup athena:TagResource", "athena:GetWorkGroup athena:ListTagsForResource", "athena:TagResource athena:UntagResource athena:UpdateWorkGroup", "athena:DeleteWorkGroup"],
    [results(true), "s3:GetBucketLocation s3:ListBucket s3:ListBucketMultipartUploads", "", "", ""],
    [results(false), "s3:AbortMultipartUpload s3:GetObject s3:ListMultipartUploadParts s3:PutObject", "", "", ""],
    [key((inputs) => resultsOf(inputs).encryptionConfiguration.kmsKeyArn), "kms:Decrypt kms:GenerateDataKey", "", "", "", { through: "s3" }],
  ],
  "aws:athena/namedQuery:NamedQuery": [
    [workgroup, "athena:CreateNamedQuery", "athena:GetNamedQuery", "", "athena:DeleteNamedQuery"],
  ],
  "aws:athena/preparedStatement:PreparedStatement": [
    [workgroup, "athena:CreatePreparedStatement", "athena:GetPreparedStatement", "athena:UpdatePreparedStatement", "athena:DeletePreparedStatement"],
  ],
  "aws:cloudwatch/metricAlarm:MetricAlarm": [
    [alarms, "cloudwatch:PutMetricAlarm cloudwatch:TagResource", "cloudwatch:ListTagsForResource", "cloudwatch:PutMetricAlarm cloudwatch:TagResource cloudwatch:UntagResource", "cloudwatch:DeleteAlarms"],
    [(_, where) => [arnOf(where, "cloudwatch", "alarm:*")], "", "cloudwatch:DescribeAlarms", "", ""],
  ],
  "aws:cloudwatch/dashboard:Dashboard": [
    [dashboard, "cloudwatch:PutDashboard", "cloudwatch:GetDashboard", "cloudwatch:PutDashboard", "cloudwatch:DeleteDashboards"],
  ],
  "aws:scheduler/scheduleGroup:ScheduleGroup": [
    [itself("scheduler", "schedule-group/"), "scheduler:CreateScheduleGroup scheduler:TagResource", "scheduler:GetScheduleGroup scheduler:ListTagsForResource", "scheduler:TagResource scheduler:UntagResource", "scheduler:DeleteScheduleGroup"],
    [schedules("name", "*"), "", "", "", "scheduler:DeleteSchedule"],
  ],
  "aws:scheduler/schedule:Schedule": [
    [schedules("groupName", "*"), "scheduler:CreateSchedule", "scheduler:GetSchedule", "scheduler:UpdateSchedule", "scheduler:DeleteSchedule"],
    // AWS: scheduler/latest/UserGuide/encryption-rest.html.
    [key(({ kmsKeyArn }) => kmsKeyArn), "kms:DescribeKey kms:GenerateDataKey", "kms:Decrypt", "kms:DescribeKey kms:GenerateDataKey", "", { if: ({ kmsKeyArn }) => kmsKeyArn !== undefined, through: "scheduler" }],
  ],
  "aws:sqs/queue:Queue": [
    [queues, "sqs:CreateQueue sqs:GetQueueUrl sqs:TagQueue", "sqs:GetQueueAttributes sqs:ListQueueTags", "sqs:SetQueueAttributes sqs:TagQueue sqs:UntagQueue", "sqs:DeleteQueue"],
  ],
  "aws:sqs/queuePolicy:QueuePolicy": [
    [queues, "sqs:SetQueueAttributes", "sqs:GetQueueAttributes", "sqs:SetQueueAttributes", "sqs:SetQueueAttributes"],
  ],
  "aws:sfn/stateMachine:StateMachine": [
    [itself("states", "stateMachine:"), "states:CreateStateMachine states:TagResource", "states:DescribeStateMachine states:ListStateMachineVersions states:ListTagsForResource", "states:TagResource states:UntagResource states:UpdateStateMachine", "states:DeleteStateMachine"],
    [ANYTHING, "states:ValidateStateMachineDefinition", "", "states:ValidateStateMachineDefinition", ""],
    [key(({ encryptionConfiguration }) => encryptionConfiguration?.kmsKeyId), "kms:DescribeKey kms:GenerateDataKey", "kms:Decrypt", "kms:DescribeKey kms:GenerateDataKey", "", { if: ({ encryptionConfiguration }) => encryptionConfiguration?.kmsKeyId !== undefined, through: "states" }],
  ],
};
