import type * as pulumi from "@pulumi/pulumi";
import { type FlowLogAnalyticsArgs, Ingestion, type TagFieldArgs } from "./arguments";
import { type Problem, show } from "./problems";
import { entriesOf } from "./sources";

/** How lines are captured beside what is logged, with every default in place. */
export interface Capturing {
  ingestion: Ingestion;
  trafficType: string;
  filterPattern: string;
  tagFields: TagFieldArgs[];
  existingLogGroups: [key: string, name: pulumi.Input<string>][];
  producerAccounts: string[];
  /** Empty for the stack's own region. */
  producerRegions: string[];
}

/** What TagFieldSpecifications takes (EC2 API). */
const TAGGED_TYPES = ["instance", "network-interface", "auto-scaling-group"];

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

const tagFieldsOf = (given: unknown, problems: Problem[]): TagFieldArgs[] => {
  const entries = given === undefined ? [] : Array.isArray(given) ? given : [given];
  const report = (propertyPath: string, reason: string) => problems.push({ propertyPath, reason });
  const types = entries.map((entry) => entry?.resourceType);
  entries.forEach((entry, n) => {
    const path = `tagFields[${n}]`;
    const { resourceType, tagKeys } = entry ?? {};
    if (!TAGGED_TYPES.includes(resourceType)) {
      report(`${path}.resourceType`, `must be one of ${TAGGED_TYPES.join(", ")}; got ${show(resourceType)}`);
    } else if (types.indexOf(resourceType) !== n) {
      report(`${path}.resourceType`, `${resourceType} is there twice; name both tag keys in one entry`);
    }
    const areKeys = isTexts(tagKeys) && tagKeys.every((key) => key.length > 0 && key.length <= 128);
    if (!areKeys || tagKeys.length < 1 || tagKeys.length > 2)
      report(`${path}.tagKeys`, `must be one or two keys of up to 128 characters; got ${show(tagKeys)}`);
  });
  return entries;
};

const listOf = (
  given: unknown,
  path: string,
  pattern: RegExp,
  rule: string,
  problems: Problem[],
): string[] => {
  if (given === undefined) return [];
  if (isTexts(given) && given.every((item) => pattern.test(item))) return given;
  problems.push({ propertyPath: path, reason: `must be a list of ${rule}; got ${show(given)}` });
  return [];
};

/** Checks how lines are captured, and what does not go with the way to the stream, and fills in the defaults. */
export const capturingOf = (given: Partial<FlowLogAnalyticsArgs>, problems: Problem[]): Capturing => {
  const { ingestion = Ingestion.LAMBDA, trafficType = "ALL", filterPattern = "" } = given;
  const must = (holds: boolean, propertyPath: string, reason: string) => {
    if (!holds) problems.push({ propertyPath, reason });
  };
  const oneOf = (values: string[], value: unknown) =>
    `must be one of ${values.join(", ")}; got ${show(value)}`;
  const ways = Object.values(Ingestion);
  must(ways.includes(ingestion), "ingestion", oneOf(ways, ingestion));
  const traffic = ["ALL", "ACCEPT", "REJECT"];
  must(traffic.includes(trafficType), "trafficType", oneOf(traffic, trafficType));
  must(
    typeof filterPattern === "string" && filterPattern.length <= 1024,
    "filterPattern",
    `must be text of up to 1,024 characters; got ${show(filterPattern)}`,
  );
  const groups = entriesOf(given.existingLogGroups, "existingLogGroups", "log group", problems);
  const accounts = "account ids of 12 digits";
  const producerAccounts = listOf(given.producerAccounts, "producerAccounts", /^\d{12}$/, accounts, problems);
  const regions = "regions such as eu-central-1";
  const region = /^[a-z]{2,3}(-[a-z]+)+-\d$/;
  const producerRegions = listOf(given.producerRegions, "producerRegions", region, regions, problems);
  const isDirect = ingestion === Ingestion.DIRECT;
  const noLogs = "does nothing with DIRECT, which has no CloudWatch Logs; leave it out";
  must(!isDirect || filterPattern === "", "filterPattern", noLogs);
  must(!isDirect || groups.length === 0, "existingLogGroups", noLogs);
  must(
    producerAccounts.length === 0 || ingestion === Ingestion.SUBSCRIPTION,
    "producerAccounts",
    `needs ingestion SUBSCRIPTION, because a CloudWatch Logs destination leads to a stream; got ${show(ingestion)}`,
  );
  must(
    producerRegions.length === 0 || producerAccounts.length > 0,
    "producerRegions",
    "does nothing without producerAccounts; name them or leave it out",
  );
  return {
    ingestion,
    trafficType,
    filterPattern,
    tagFields: tagFieldsOf(given.tagFields, problems),
    existingLogGroups: groups as [string, pulumi.Input<string>][],
    producerAccounts,
    producerRegions,
  };
};
