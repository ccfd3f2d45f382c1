import type * as athena from "@pulumi/aws/athena";
import * as pulumi from "@pulumi/pulumi";
import { FINDINGS } from "./findings";
import type { Place } from "./iam";
import { type Lake, PREFIX } from "./lake";

/** What a run of a detection refers to. */
interface MachineArgs {
  place: Place;
  lake: Lake;
  workgroup: athena.Workgroup;
  topic?: pulumi.Input<string>;
}

/** A state that tells the topic something, and what comes after. */
const telling = (
  arn: (service: string) => pulumi.Output<string>,
  topic: pulumi.Input<string>,
  what: object,
  next: object,
) => ({
  Type: "Task",
  Resource: arn("sns:publish"),
  Parameters: { TopicArn: topic, ...what },
  ...next,
});

/** Athena has its limits; a run that met one comes again soon. */
const RETRY = [
  {
    ErrorEquals: ["Athena.TooManyRequestsException", "Athena.AthenaException", "States.TaskFailed"],
    IntervalSeconds: 30,
    MaxAttempts: 3,
    BackoffRate: 2,
    JitterStrategy: "FULL",
  },
];

/**
 * The states of a run, whose input is the name and the SQL of a detection: Athena writes the rows that it finds, a line
 * of JSON each, below the run's own prefix; if something is there, the topic hears of it. A run that fails says so too.
 */
export const findingStates = ({ place, lake, workgroup, topic }: MachineArgs) => {
  const arn = (service: string) => pulumi.interpolate`arn:${place.partition}:states:::${service}`;
  const where = `${PREFIX.findings}detection={}/run={}/`;
  const runs = "$.detection, $$.Execution.Name";
  const end = { End: true };
  const states = {
    Ask: {
      Type: "Task",
      Resource: arn("athena:startQueryExecution.sync"),
      Parameters: {
        WorkGroup: workgroup.name,
        QueryExecutionContext: { Database: lake.database.name },
        "QueryString.$": pulumi.interpolate`States.Format('UNLOAD (\n{}\n) TO \\'s3://${lake.bucketName}/${where}\\' WITH (format = \\'JSON\\')', $.sql, ${runs})`,
      },
      ResultPath: "$.asked",
      Retry: RETRY,
      ...(topic === undefined
        ? {}
        : { Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.error", Next: "TellOfFailure" }] }),
      Next: "Look",
    },
    Look: {
      Type: "Task",
      Resource: arn("aws-sdk:s3:listObjectsV2"),
      Parameters: {
        Bucket: lake.bucketName,
        MaxKeys: 1,
        "Prefix.$": `States.Format('${where}', ${runs})`,
      },
      ResultPath: "$.found",
      Next: "IsAnything",
    },
    IsAnything: {
      Type: "Choice",
      Choices: [
        { Variable: "$.found.KeyCount", NumericGreaterThan: 0, Next: topic === undefined ? "Found" : "Tell" },
      ],
      Default: "Nothing",
    },
    Nothing: { Type: "Succeed" },
  };
  if (topic === undefined) return { StartAt: "Ask", States: { ...states, Found: { Type: "Succeed" } } };
  const told = {
    "Subject.$": "States.Format('Flow logs: {}', $.detection)",
    "Message.$": pulumi.interpolate`States.Format('{} found something. Ask in workgroup ${workgroup.name}: SELECT finding FROM ${lake.database.name}.${FINDINGS} WHERE detection = \\'{}\\' AND "$path" LIKE \\'%{}%\\'', $.detection, ${runs})`,
  };
  const failed = {
    "Subject.$": "States.Format('Flow logs: {} failed', $.detection)",
    "Message.$":
      "States.Format('{} did not run to its end, so nobody looked: {}', $.detection, $.error.Cause)",
  };
  return {
    StartAt: "Ask",
    States: {
      ...states,
      Tell: telling(arn, topic, told, end),
      TellOfFailure: telling(arn, topic, failed, { Next: "Failed" }),
      Failed: { Type: "Fail", Error: "DetectionFailed" },
    },
  };
};
