import { RUN_HOURS } from "../detections/machine";
import type { Alarm } from "./alarm";
import { type AlarmRow, COUNT, REPEATED, type Rule, silent, WAITING } from "./rules";
import type { Concerned, Watched, WatchedDetections } from "./watched";

/** Minutes without a successful run before the alarm: two intervals and the time of a run, so one run may be missing. */
const silenceOf = ({ everyHours }: WatchedDetections) => (2 * everyHours + 1) * 60;

const UNSEEN = "its findings are missing, and the rows that it was to look at are in the table";
const START_AGAIN = "start the state machine again with the execution's input";

/** Alarms on the state machine's executions. */
// biome-ignore format: a table, one alarm after the other
const ofMachine = (minutes: number): AlarmRow[] => [
  ["failed", "ExecutionsFailed", COUNT,
    `A detection's run failed: ${UNSEEN}; read the execution's error, remove its cause, and ${START_AGAIN}.`],
  ["timed-out", "ExecutionsTimedOut", COUNT,
    `A detection's run took more than ${RUN_HOURS} hours: ${UNSEEN}; see which of its queries is slow, and ${START_AGAIN}.`],
  ["aborted", "ExecutionsAborted", COUNT,
    `A detection's run was stopped from outside: ${UNSEEN}; see in CloudTrail who called StopExecution, and ${START_AGAIN}.`],
  ["silence", "ExecutionsSucceeded", silent(minutes),
    `No detection's run has ended well for ${minutes / 60} hours: findings are missing, and the rows that nobody looked at are in the table; if executions failed, read their errors, and if none started, check that the schedules are enabled and that their role may start the state machine and decrypt with the key.`],
];

/** Alarms on the schedules, which start the executions. */
// biome-ignore format: a table, one alarm after the other
const ofSchedules: AlarmRow[] = [
  ["start-errors", "TargetErrorCount", COUNT,
    "Scheduler got an error when it started a detection's run: findings are late while it tries again for 24 hours, and then missing; check that the schedules' role may start the state machine and decrypt with the key."],
  ["start-throttles", "TargetErrorThrottledCount", REPEATED,
    "Step Functions held up starts of detections' runs more than twice in an hour: findings are late while Scheduler tries again for 24 hours, and then missing; see what else starts executions in the account."],
  ["held-up", "InvocationThrottleCount", REPEATED,
    "Scheduler held up starts of detections' runs more than twice in an hour, because the account starts too much at once: findings are late; see what else is scheduled in the account, or ask AWS for a higher limit of invocations."],
  ["dropped", "InvocationDroppedCount", COUNT,
    `Scheduler gave up starting a detection's run: ${UNSEEN}; remove the cause, and start the state machine with the input that the queue keeps.`],
  ["lost-inputs", "InvocationsFailedToBeSentToDeadLetterCount", COUNT,
    `Scheduler could not keep the input of a detection's run in the queue: ${UNSEEN}; check that the schedules' role may send to the queue and use its key, and start the state machine with the input of the schedule and the hour that is missing.`],
];

/** Alarm on the dead-letter queue. */
// biome-ignore format: a table, one alarm after the other
const ofQueue: AlarmRow[] = [
  ["unstarted", "ApproximateNumberOfMessagesVisible", WAITING,
    "Inputs of detections' runs that could not be started wait in the queue: findings are missing, and each input is kept for 14 days; remove the cause, start the state machine with each input, and delete its message."],
];

const alarmOf = (
  [what, metricName, rule, says]: AlarmRow,
  of: Pick<Rule, "namespace" | "dimensions">,
  concerned: Concerned[],
): Alarm => {
  const name = `detections-${what}`;
  return { what: name, section: name, rule: { ...of, metricName, ...rule }, says, concerned };
};

/** Returns the alarms of scheduled detections, from the schedule to the end of a run; none without detections. */
export const detectionAlarms = ({ detections }: Watched): Alarm[] => {
  if (detections === undefined) return [];
  const { machineArn, scheduleGroup, queueName } = detections;
  const machine: Concerned = { what: "State machine", page: "stateMachine", name: machineArn };
  const schedules: Concerned = { what: "Schedule group", page: "schedules", name: scheduleGroup };
  const queue: Concerned = { what: "Queue", page: "queues", name: queueName };
  const dimensions = { StateMachineArn: machineArn };
  const group = { ScheduleGroup: scheduleGroup };
  return [
    ...ofSchedules.map((row) =>
      alarmOf(row, { namespace: "AWS/Scheduler", dimensions: group }, [schedules, machine, queue]),
    ),
    ...ofQueue.map((row) =>
      alarmOf(row, { namespace: "AWS/SQS", dimensions: { QueueName: queueName } }, [queue, machine]),
    ),
    ...ofMachine(silenceOf(detections)).map((row) =>
      alarmOf(row, { namespace: "AWS/States", dimensions }, [machine, schedules]),
    ),
  ];
};
