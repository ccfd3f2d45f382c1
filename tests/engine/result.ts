import type { EngineEvent } from "@pulumi/pulumi/automation";

/** An operation of the engine on one resource, done or planned. */
export interface Step {
  op: string;
  type: string;
  urn: string;
  /** Positions of its events among those of the command. */
  begun: number;
  done: number;
}

/** Result of one command. */
export interface Result {
  /** Operations in the order in which they began, without unchanged resources. */
  steps: Step[];
  /** How many resources stayed the same. */
  same: number;
  /** Mandatory rules of the policy pack that were violated. */
  violations: string[];
  /** The errors of a command that failed. */
  failure?: string;
}

/** Events that the engine reported while it ran a command. */
export const toResult = (events: EngineEvent[]): Result => {
  const steps: Step[] = [];
  for (const [place, { resourcePreEvent: begun, resOutputsEvent: done }] of events.entries()) {
    if (begun) {
      const { op, type, urn } = begun.metadata;
      steps.push({ op, type, urn, begun: place, done: Number.POSITIVE_INFINITY });
    }
    const step = steps.find(({ op, urn }) => op === done?.metadata.op && urn === done.metadata.urn);
    if (step) step.done = place;
  }
  // The stack itself and the provider are no part of the program.
  const own = steps.filter(({ type }) => !type.startsWith("pulumi:"));
  return {
    steps: own.filter(({ op }) => op !== "same"),
    same: own.filter(({ op }) => op === "same").length,
    violations: events.flatMap(({ policyEvent: event }) =>
      event?.enforcementLevel === "mandatory" ? event.policyName : [],
    ),
  };
};
