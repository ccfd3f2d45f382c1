import type * as athena from "@pulumi/aws/athena";
import type * as glue from "@pulumi/aws/glue";
import * as sfn from "@pulumi/aws/sfn";
import * as pulumi from "@pulumi/pulumi";
import { arnIn, createRole, type Place } from "../iam";
import type { Lake } from "../lake";
import type { WatchedDetections } from "../monitor/watched";
import { physicalName } from "../names";
import type { Settings } from "../settings";
import { createFindings } from "./findings";
import { findingStates } from "./machine";
import { runStatements } from "./roles";
import { createSchedules } from "./schedules";

interface DetectionArgs {
  settings: Settings;
  place: Place;
  lake: Lake;
  workgroup: athena.Workgroup;
}

/** The warning for a stack with detections and without `detections.topic`. */
export const UNTOLD =
  "findings reach nobody, since detections.topic is not set: name an SNS topic, or ask the table flow_logs_findings yourself";

/** Declares the state machine that every schedule starts. Its executions are encrypted with the lake's key. */
const createMachine = (
  name: string,
  args: DetectionArgs & { findings: glue.CatalogTable },
  opts: pulumi.CustomResourceOptions,
) => {
  const { settings, place, lake, workgroup, findings } = args;
  const { topic } = settings.detections;
  // The role's policy names the machine before it exists, so its name and ARN are built here.
  const machineName = physicalName(name, "detection");
  const machineArn = arnIn(place, "states", `stateMachine:${machineName}`);
  const { role, policy } = createRole(
    `${name}-detect`,
    {
      place,
      service: "states",
      sources: [machineArn],
      statements: runStatements({ place, lake, workgroup, findings, topic, machineArn }),
    },
    opts,
  );
  return new sfn.StateMachine(
    `${name}-detection`,
    {
      name: machineName,
      roleArn: role.arn,
      definition: pulumi.jsonStringify(findingStates(place, { lake, workgroup, findings }, topic)),
      encryptionConfiguration: { type: "CUSTOMER_MANAGED_KMS_KEY", kmsKeyId: lake.keyArn },
    },
    { ...opts, dependsOn: policy },
  );
};

/**
 * Creates detections: saved queries on a schedule. EventBridge Scheduler starts a Step Functions state machine with the
 * SQL. The machine has Athena write the result to the bucket, and publishes to the topic if there are rows.
 */
export const createDetections = (name: string, args: DetectionArgs, opts: pulumi.CustomResourceOptions) => {
  const { settings, place, lake } = args;
  const { detections } = settings;
  if (detections.queries.length === 0) return undefined;
  const findings = createFindings(name, lake, opts);
  const machine = createMachine(name, { ...args, findings }, opts);
  const { group, unstarted } = createSchedules(name, { settings, place, lake, machine }, opts);
  const watched: WatchedDetections = {
    machineArn: machine.arn,
    scheduleGroup: group.name,
    queueName: unstarted.name,
    everyHours: Math.min(...detections.queries.map(({ everyHours }) => everyHours)),
  };
  return { findings, watched };
};
