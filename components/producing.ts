import { type FlowLogAnalyticsArgs, Ingestion } from "./arguments";
import { partitionOf } from "./partitions";
import { type Problem, show } from "./problems";

/** Whose log groups may be subscribed to the stack's stream. */
export interface Producers {
  producerAccounts: string[];
  /** Empty for the stack's own region. */
  producerRegions: string[];
}

type Argument = keyof Producers;

/** Returns a list of texts without what is wrong in it, which is reported. */
const listOf = (
  given: unknown,
  path: Argument,
  holds: (text: string) => boolean,
  rule: string,
  problems: Problem[],
): string[] => {
  if (given === undefined) return [];
  if (!Array.isArray(given) || !given.every((item) => typeof item === "string" && holds(item))) {
    problems.push({ propertyPath: path, reason: `must be a list of ${rule}; got ${show(given)}` });
    return [];
  }
  given.forEach((item, n) => {
    const reason = `${item} is there twice; name it once`;
    if (given.indexOf(item) !== n) problems.push({ propertyPath: `${path}[${n}]`, reason });
  });
  return given;
};

const regionsOf = (given: unknown, problems: Problem[]): string[] => {
  const isRegion = (text: string) => partitionOf(text) !== undefined;
  const regions = listOf(given, "producerRegions", isRegion, "regions such as eu-central-1", problems);
  regions.forEach((region, n) => {
    const [own, first] = [region, regions[0]].map((each) => partitionOf(each)?.name);
    const reason = `must be in the partition of ${regions[0]}, ${first}, since no service of a partition reaches into another; got ${show(region)} in ${own}`;
    if (own !== first) problems.push({ propertyPath: `producerRegions[${n}]`, reason });
  });
  return regions;
};

/** Checks who may subscribe, and from where. */
export const producersOf = (
  given: Partial<FlowLogAnalyticsArgs>,
  ingestion: Ingestion,
  problems: Problem[],
): Producers => {
  const isAccount = (text: string) => /^\d{12}$/.test(text);
  const accounts = "account ids of 12 digits";
  const producerAccounts = listOf(given.producerAccounts, "producerAccounts", isAccount, accounts, problems);
  const producerRegions = regionsOf(given.producerRegions, problems);
  if (producerAccounts.length > 0 && ingestion !== Ingestion.SUBSCRIPTION) {
    const reason = `needs ingestion SUBSCRIPTION, because a CloudWatch Logs destination leads to a stream; got ${show(ingestion)}`;
    problems.push({ propertyPath: "producerAccounts", reason });
  }
  if (producerRegions.length > 0 && producerAccounts.length === 0) {
    const reason = "does nothing without producerAccounts; name them or leave it out";
    problems.push({ propertyPath: "producerRegions", reason });
  }
  return { producerAccounts, producerRegions };
};
