import type * as athena from "@pulumi/aws/athena";
import * as scheduler from "@pulumi/aws/scheduler";
import * as sfn from "@pulumi/aws/sfn";
import * as pulumi from "@pulumi/pulumi";
import { createFindings } from "./findings";
import { arnIn, createRole, keyThrough, type Place, type Statement } from "./iam";
import { type Lake, PREFIX } from "./lake";
import { findingStates } from "./machine";
import { physicalName } from "./names";
import type { Settings } from "./settings";

interface DetectionArgs {
  settings: Settings;
  place: Place;
  lake: Lake;
  workgroup: athena.Workgroup;
}

/** What a run does: ask in the workgroup, read rows, write findings, and tell the topic. */
const statements = ({ settings, place, lake, workgroup }: DetectionArgs): Statement[] => {
  const { bucketArn, database, keyArns, table } = lake;
  const objects = (prefix: string) => pulumi.interpolate`${bucketArn}/${prefix}*`;
  const { topic } = settings.detections;
  const tell = { Sid: "Tell", Effect: "Allow" as const, Action: ["sns:Publish"] };
  return [
    {
      Sid: "Ask",
      Effect: "Allow",
      Action: ["athena:GetQueryExecution", "athena:StartQueryExecution", "athena:StopQueryExecution"],
      Resource: workgroup.arn,
    },
    {
      Sid: "ReadTheSchema",
      Effect: "Allow",
      Action: ["glue:GetDatabase", "glue:GetTable"],
      Resource: [
        arnIn(place, "glue", "catalog"),
        arnIn(place, "glue", pulumi.interpolate`database/${database.name}`),
        arnIn(place, "glue", pulumi.interpolate`table/${database.name}/${table.name}`),
      ],
    },
    { Sid: "FindTheBucket", Effect: "Allow", Action: ["s3:GetBucketLocation"], Resource: bucketArn },
    {
      Sid: "FindRowsAndFindings",
      Effect: "Allow",
      Action: ["s3:ListBucket"],
      Resource: bucketArn,
      Condition: { StringLike: { "s3:prefix": [`${PREFIX.data}*`, `${PREFIX.findings}*`] } },
    },
    { Sid: "ReadRows", Effect: "Allow", Action: ["s3:GetObject"], Resource: objects(PREFIX.data) },
    {
      Sid: "WriteFindingsAndResults",
      Effect: "Allow",
      Action: ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject"],
      Resource: [objects(PREFIX.findings), objects(PREFIX.results)],
    },
    keyThrough("s3", {
      Sid: "DecryptAndEncryptThroughS3",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      place,
      keyArns,
    }),
    ...(topic === undefined ? [] : [{ ...tell, Resource: topic }]),
  ];
};

/** The state machine that every schedule starts. */
const createMachine = (name: string, args: DetectionArgs, opts: pulumi.CustomResourceOptions) => {
  const { settings, place, lake, workgroup } = args;
  const machineName = physicalName(name, "detection");
  const { role, policy } = createRole(
    `${name}-detect`,
    {
      place,
      service: "states",
      sources: [arnIn(place, "states", `stateMachine:${machineName}`)],
      statements: statements(args),
    },
    opts,
  );
  const definition = findingStates({ place, lake, workgroup, topic: settings.detections.topic });
  return new sfn.StateMachine(
    `${name}-detection`,
    { name: machineName, roleArn: role.arn, definition: pulumi.jsonStringify(definition) },
    { ...opts, dependsOn: policy },
  );
};

/**
 * Detections: saved queries on a schedule. EventBridge Scheduler starts a Step Functions state machine with the SQL, which
 * has Athena write what it finds to the bucket, and tells the topic if that is anything.
 */
export const createDetections = (name: string, args: DetectionArgs, opts: pulumi.CustomResourceOptions) => {
  const { settings, place, lake } = args;
  const { queries } = settings.detections;
  if (queries.length === 0) return undefined;
  const names = queries.map((query) => query.name);
  const findings = createFindings(name, { lake, detections: names }, opts);
  const machine = createMachine(name, args, opts);
  const group = new scheduler.ScheduleGroup(`${name}-detections`, {}, opts);
  const { role, policy } = createRole(
    `${name}-schedule`,
    {
      place,
      service: "scheduler",
      sources: [group.arn],
      statements: [
        { Sid: "Start", Effect: "Allow", Action: ["states:StartExecution"], Resource: machine.arn },
      ],
    },
    opts,
  );
  const schedules = queries.map((query) => {
    const { everyHours } = query;
    return new scheduler.Schedule(
      `${name}-detection-${query.name}`,
      {
        // A name has 64 characters (Scheduler API); within its own group it need not be longer.
        name: query.name,
        groupName: group.name,
        description: query.question,
        scheduleExpression: `rate(${everyHours} ${everyHours === 1 ? "hour" : "hours"})`,
        // So that detections do not all ask Athena at once.
        flexibleTimeWindow: { mode: "FLEXIBLE", maximumWindowInMinutes: 15 },
        kmsKeyArn: lake.keyArn,
        target: {
          arn: machine.arn,
          roleArn: role.arn,
          input: JSON.stringify({ detection: query.name, sql: query.ofHours(everyHours) }),
        },
      },
      { ...opts, dependsOn: policy, deleteBeforeReplace: true },
    );
  });
  return { findings, machine, schedules };
};
