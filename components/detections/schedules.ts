import type * as iam from "@pulumi/aws/iam";
import * as scheduler from "@pulumi/aws/scheduler";
import type * as sfn from "@pulumi/aws/sfn";
import * as sqs from "@pulumi/aws/sqs";
import * as pulumi from "@pulumi/pulumi";
import type { SavedQuery } from "../../queries";
import { SCHEDULED_TIME } from "../../queries/scheduled";
import { createRole, type Place, policyDocument } from "../iam";
import { sqlOf } from "../inside";
import type { Lake } from "../lake";
import type { Settings } from "../settings";
import { scheduleStatements } from "./roles";

interface ScheduleArgs {
  settings: Settings;
  place: Place;
  lake: Lake;
  machine: sfn.StateMachine;
}

/** Minute of the hour at which runs start: a run reads the objects of whole hours, which Athena lists by then. */
const MINUTE = 15;
/** Spreads the starts, so that not all detections query Athena at once. */
const FLEXIBLE_MINUTES = 15;

/** The longest retention of a message in SQS. */
const FOURTEEN_DAYS = 14 * 24 * 3600;

/**
 * Returns a cron expression for hour 0 and every so many hours after it. A change of the stack does not shift the
 * hours.
 */
export const cronOf = (everyHours: number): string => {
  const hours = Array.from({ length: Math.ceil(24 / everyHours) }, (_, n) => n * everyHours);
  return `cron(${MINUTE} ${everyHours === 1 ? "*" : hours.join()} * * ? *)`;
};

/** Creates the schedules' dead-letter queue: inputs of runs that could not be started, each with the reason. */
const createQueue = (name: string, lake: Lake, opts: pulumi.CustomResourceOptions) => {
  const queue = new sqs.Queue(
    `${name}-detections-unstarted`,
    { kmsMasterKeyId: lake.keyArn, messageRetentionSeconds: FOURTEEN_DAYS },
    opts,
  );
  new sqs.QueuePolicy(
    `${name}-detections-unstarted-policy`,
    {
      queueUrl: queue.url,
      policy: policyDocument([
        {
          Sid: "RefusePlainHttp",
          Effect: "Deny",
          Principal: "*",
          Action: "sqs:*",
          Resource: queue.arn,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]),
    },
    opts,
  );
  return queue;
};

/** Target of a schedule: the machine, with the SQL of a detection. */
const createSchedule = (
  name: string,
  query: SavedQuery,
  args: Omit<ScheduleArgs, "place"> & {
    group: scheduler.ScheduleGroup;
    role: iam.Role;
    unstarted: sqs.Queue;
  },
  opts: pulumi.CustomResourceOptions,
) => {
  const { settings, lake, machine, group, role, unstarted } = args;
  const { everyHours } = query;
  const sql = sqlOf(settings, query, (each) => each.scheduled(everyHours));
  return new scheduler.Schedule(
    `${name}-detection-${query.name}`,
    {
      // A name may have 64 characters (Scheduler API), and must be unique in its group only.
      name: query.name,
      groupName: group.name,
      description: query.question,
      scheduleExpression: cronOf(everyHours),
      flexibleTimeWindow: { mode: "FLEXIBLE", maximumWindowInMinutes: FLEXIBLE_MINUTES },
      kmsKeyArn: lake.keyArn,
      target: {
        arn: machine.arn,
        roleArn: role.arn,
        deadLetterConfig: { arn: unstarted.arn },
        input: pulumi.jsonStringify({ detection: query.name, scheduled: SCHEDULED_TIME, sql }),
      },
    },
    opts,
  );
};

/** Creates a schedule for each detection, in one group, which is the dimension of their metrics. */
export const createSchedules = (name: string, args: ScheduleArgs, opts: pulumi.CustomResourceOptions) => {
  const { settings, place, lake, machine } = args;
  const unstarted = createQueue(name, lake, opts);
  const group = new scheduler.ScheduleGroup(`${name}-detections`, {}, opts);
  const { role, policy } = createRole(
    `${name}-schedule`,
    {
      place,
      service: "scheduler",
      sources: [group.arn],
      statements: scheduleStatements({ place, keyArns: lake.keyArns, machine, unstarted }),
    },
    opts,
  );
  for (const query of settings.detections.queries)
    createSchedule(
      name,
      query,
      { settings, lake, machine, group, role, unstarted },
      { ...opts, dependsOn: policy, deleteBeforeReplace: true },
    );
  return { group, unstarted };
};
