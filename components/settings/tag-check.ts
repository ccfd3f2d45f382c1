import * as pulumi from "@pulumi/pulumi";
import { type FlowLogAnalyticsArgs, Ingestion } from "../arguments";
import { TAGS } from "../quotas";
import { isLater, refuse } from "./later";
import { isObject } from "./parts";
import { type Problem, show } from "./problems";

type Given = Partial<FlowLogAnalyticsArgs>;

/** The characters that every service takes in keys and values. */
const CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const LETTERS = "letters, digits, spaces and _ . : / = + - @";

const keyFault = (key: string): string | undefined => {
  // Assigning `__proto__` sets an object's prototype in JavaScript, so Pulumi would lose the tag.
  if (key === "__proto__") return "must be another key, which no programming language keeps for itself";
  if (/^aws:/i.test(key)) return "must not begin with aws:, which is AWS's own";
  if (key.length >= 1 && key.length <= TAGS.key && CHARACTERS.test(key)) return undefined;
  return `must be a key of 1 to ${TAGS.key} ${LETTERS}`;
};

/**
 * Returns the reason for refusing a value. EventBridge Scheduler refuses empty ones for the schedule group of
 * detections.
 */
const valueFault = (value: unknown, least: number): string | undefined =>
  typeof value === "string" && value.length >= least && value.length <= TAGS.value && CHARACTERS.test(value)
    ? undefined
    : `must be text of ${least} to ${TAGS.value} ${LETTERS}; got ${show(value)}`;

/** Checks the number of tags, and refuses keys that differ in case only, which are one key for IAM. */
const checkTogether = (keys: string[], ingestion: unknown, problems: Problem[]) => {
  // With DIRECT a stream has one more tag, LogDeliveryEnabled.
  const most = TAGS.most - (ingestion === Ingestion.DIRECT ? 1 : 0);
  if (keys.length > most)
    problems.push({ propertyPath: "tags", reason: `must be at most ${most} tags; got ${keys.length}` });
  keys.forEach((key, n) => {
    const same = keys.slice(0, n).find((other) => other.toLowerCase() === key.toLowerCase());
    const reason = `differs from ${same} in case alone, and a role takes one of them; leave one out`;
    if (same !== undefined) problems.push({ propertyPath: `tags.${key}`, reason });
  });
};

/** Checks the tags. A value that is an output is checked when it is known. */
export const checkTags = ({ tags, ingestion, detections }: Given, problems: Problem[]): void => {
  if (tags === undefined) return;
  if (!isObject(tags)) {
    const reason = `must be an object with a value for each key, known when the program runs; got ${show(tags)}`;
    problems.push({ propertyPath: "tags", reason });
    return;
  }
  checkTogether(Object.keys(tags), ingestion, problems);
  const least = detections === undefined ? 0 : 1;
  for (const [key, value] of Object.entries(tags)) {
    const propertyPath = `tags.${key}`;
    const wrong = keyFault(key);
    if (wrong) problems.push({ propertyPath, reason: `${wrong}; got ${show(key)}` });
    const reason = isLater(value) ? undefined : valueFault(value, least);
    if (reason) problems.push({ propertyPath, reason });
    if (!isLater(value)) continue;
    pulumi.output(value as pulumi.Input<string>).apply((known) => {
      const fault = known === undefined ? undefined : valueFault(known, least);
      if (fault) refuse(propertyPath, fault);
    });
  }
};
