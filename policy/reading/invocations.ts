import type { PolicyResource } from "@pulumi/policy";
import { serviceOf } from "./partitions";
import { type Fields, fields, list, properties, UNKNOWN } from "./properties";

// Finds the resources of a stack that invoke a function asynchronously, and those that keep its failed events.

export const FUNCTION = "aws:lambda/function:Function";
const EVENT_INVOKE_CONFIG = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";

/** Something that is about a function: the function's name or ARN, and the property that this was read from. */
export interface Reference {
  from: PolicyResource;
  property: string;
  target: unknown;
  /** Name of the version or alias; empty for the function itself. */
  qualifier: unknown;
  /** The resource that invokes the function, for messages; empty for a place for failed events. */
  by: string;
}

/**
 * Services that invoke Lambda asynchronously, so that only Lambda knows of a failure: "Invoking Lambda with
 * events from other AWS services" in Lambda's guide.
 */
const ASYNCHRONOUS: ReadonlySet<string> = new Set([
  "codecommit",
  "codepipeline",
  "cloudformation",
  "config",
  "events",
  "iot",
  "lambda.alarms.cloudwatch",
  "logs",
  "s3",
  "ses",
  "sns",
]);

const said = (from: PolicyResource, property: string, target: unknown, by: string): Reference => ({
  from,
  property,
  target,
  qualifier: properties(from).qualifier ?? "",
  by,
});

/** Resource types that invoke functions. Lambda itself reads queues and streams, which is not asynchronous. */
const INVOKERS: Record<string, (from: PolicyResource, props: Fields) => Reference[]> = {
  "aws:lambda/permission:Permission": (from, { action, principal, function: target }) =>
    /^lambda:(InvokeFunction|\*)$/i.test(String(action)) &&
    ASYNCHRONOUS.has(serviceOf(String(principal)) ?? "")
      ? [said(from, "function", target, String(principal))]
      : [],
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": (from, { destinationArn }) => [
    said(from, "destinationArn", destinationArn, "a log subscription"),
  ],
  "aws:sns/topicSubscription:TopicSubscription": (from, { protocol, endpoint }) =>
    protocol === "lambda" ? [said(from, "endpoint", endpoint, "an SNS topic")] : [],
  "aws:s3/bucketNotification:BucketNotification": (from, { lambdaFunctions }) =>
    list(lambdaFunctions)
      .map((each) => (each === UNKNOWN ? UNKNOWN : fields(each).lambdaFunctionArn))
      .map((target) => said(from, "lambdaFunctions", target, "a bucket's notifications")),
  "aws:cloudwatch/eventTarget:EventTarget": (from, { arn }) => [
    said(from, "arn", arn, "an EventBridge rule"),
  ],
  "aws:scheduler/schedule:Schedule": (from, { target }) => [
    said(from, "target", fields(target).arn ?? target, "a schedule"),
  ],
};

export const invocationsIn = (stack: PolicyResource[]): Reference[] =>
  stack.flatMap((each) =>
    Object.hasOwn(INVOKERS, each.type) ? INVOKERS[each.type](each, properties(each)) : [],
  );

/** The separate resources that give the failed events of a function somewhere to go. */
export const destinationsIn = (stack: PolicyResource[]): Reference[] =>
  stack
    .filter(({ type }) => type === EVENT_INVOKE_CONFIG)
    .flatMap((each) => {
      const { functionName, destinationConfig } = properties(each);
      const { onFailure } = fields(destinationConfig);
      const given = destinationConfig === UNKNOWN || onFailure === UNKNOWN || fields(onFailure).destination;
      return given ? [said(each, "functionName", functionName, "")] : [];
    });

/** True if the function's own settings keep its failed events. */
export const hasDeadLetters = ({ deadLetterConfig }: Fields): boolean =>
  deadLetterConfig === UNKNOWN || Boolean(fields(deadLetterConfig).targetArn);
