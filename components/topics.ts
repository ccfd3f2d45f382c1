import * as pulumi from "@pulumi/pulumi";
import type { Place } from "./iam";
import { partitionOf } from "./partitions";
import { checkedText, type Rule, refuse, serviceIn } from "./settings/later";
import { type Problem, show } from "./settings/problems";

const TOPIC = /^arn:([a-z-]+):sns:([a-z0-9-]+):\d{12}:[\w-]{1,256}$/;

const SUBSCRIPTION = /^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:[^:]+:[^:]+$/;

const isTopic = (text: string): boolean => {
  const [, partition, region] = TOPIC.exec(text) ?? [];
  return region !== undefined && partitionOf(region)?.name === partition;
};

/** FIFO topics are refused: CloudWatch alarms cannot publish to them, and the state machine names no message group. */
const RULE: Rule = {
  rule: "the ARN of a standard SNS topic such as arn:aws:sns:eu-central-1:123456789012:alerts",
  holds: isTopic,
  isOther: (text) =>
    text.endsWith(".fifo") || SUBSCRIPTION.test(text) || (serviceIn(text) ?? "sns") !== "sns",
};

/** Checks a topic, if there is one. */
export const topicOf = (
  given: unknown,
  path: string,
  problems: Problem[],
): pulumi.Input<string> | undefined =>
  given === undefined ? undefined : checkedText<string>(given, path, RULE, problems);

/** Returns an ARN, and refuses it if the stack, once known, is in another region. */
export const inRegion = <T extends pulumi.Input<string> | undefined>(
  place: Place,
  arn: T,
  path: string,
  what: string,
): T | pulumi.Output<string> =>
  arn === undefined
    ? arn
    : pulumi.all([arn as pulumi.Input<string>, place.region]).apply(([known, region]) => {
        const [, other] = /^arn:[^:]+:[^:]+:([^:]+):/.exec(known ?? "") ?? [];
        if (other !== undefined && region !== undefined && other !== region)
          refuse(path, `must be ${what} in the stack's region, ${region}; got ${show(known)}`);
        return known;
      });
