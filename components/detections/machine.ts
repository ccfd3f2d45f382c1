import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../iam";
import { ask, compare, look, type Run, register, TAKEN, tell, tellOfFailure } from "./tasks";

/** Longer than four queries of half an hour and the pauses between them. */
export const RUN_HOURS = 3;

const ALL = ["States.ALL"];

/** A state that calls a service. */
const task = (place: Place, service: string, what: object) => ({
  Type: "Task",
  Resource: pulumi.interpolate`arn:${place.partition}:states:::${service}`,
  ...what,
});

/**
 * States that publish to the topic. If the message about a failure cannot be published, the execution still fails with
 * the first error.
 */
const telling = (place: Place, run: Run, topic: pulumi.Input<string>) => ({
  Tell: {
    ...task(place, "sns:publish", tell(topic, run)),
    Catch: [{ ErrorEquals: ALL, ResultPath: "$.error", Next: "Failed" }],
    Next: "Found",
  },
  TellOfFailure: {
    ...task(place, "sns:publish", tellOfFailure(topic)),
    Catch: [{ ErrorEquals: ALL, ResultPath: "$.untold", Next: "Failed" }],
    Next: "Failed",
  },
  Failed: { Type: "Fail", ErrorPath: "$.error.Error", CausePath: "$.error.Cause" },
});

/**
 * Returns the states of a run. Its input is the detection's name, its SQL and the scheduled time. A run publishes one
 * message about its findings, or about its failure. An alarm watches failed executions too.
 */
export const findingStates = (place: Place, run: Run, topic: pulumi.Input<string> | undefined) => {
  const isTold = topic !== undefined;
  const found = isTold ? "Tell" : "Found";
  const orTell = isTold ? [{ ErrorEquals: ALL, ResultPath: "$.error", Next: "TellOfFailure" }] : [];
  const failing = isTold ? { Catch: orTell } : {};
  const isTaken = { ErrorEquals: TAKEN, ResultPath: "$.taken", Next: "Compare" };
  const isAny = { Variable: "$.found.objects", NumericGreaterThan: 0, Next: "Register" };
  const isOwn = { Variable: "$.registered.location", StringEqualsPath: "$.written.location", Next: found };
  return {
    StartAt: "Ask",
    TimeoutSeconds: RUN_HOURS * 3600,
    States: {
      Ask: { ...task(place, "athena:startQueryExecution.sync", ask(run)), ...failing, Next: "Look" },
      Look: { ...task(place, "aws-sdk:s3:listObjectsV2", look(run)), ...failing, Next: "IsAnything" },
      IsAnything: { Type: "Choice", Choices: [isAny], Default: "Nothing" },
      Register: {
        ...task(place, "aws-sdk:glue:createPartition", register(run)),
        Catch: [isTaken, ...orTell],
        Next: found,
      },
      Compare: { ...task(place, "aws-sdk:glue:getPartition", compare(run)), ...failing, Next: "IsOwn" },
      IsOwn: { Type: "Choice", Choices: [isOwn], Default: "FoundBefore" },
      ...(isTold ? telling(place, run, topic) : {}),
      Found: { Type: "Succeed" },
      FoundBefore: { Type: "Succeed" },
      Nothing: { Type: "Succeed" },
    },
  };
};
