import { type FlowLogAnalyticsArgs, Ingestion } from "../arguments";
import { partitionOf } from "../partitions";
import { type Problem, show } from "./problems";
import { isRegion, regionRule } from "./regions";

/** Accounts and regions whose log groups may subscribe to the stack's stream. */
export interface Producers {
  producerAccounts: string[];
  /** Empty for the stack's own region. */
  producerRegions: string[];
}

type Argument = keyof Producers;

/** Checks for the items of each list. */
interface ItemRule {
  holds: (text: string) => boolean;
  /** Returns the error for an item that fails the check. */
  reason: (item: unknown) => string;
  /** Completes "must be a list of …". */
  several: string;
}

const ACCOUNTS: ItemRule = {
  holds: (text) => /^\d{12}$/.test(text),
  reason: (item) => `must be an account id of 12 digits, as text; got ${show(item)}`,
  several: 'account ids, such as ["111122223333"]',
};

const REGION: ItemRule = {
  holds: isRegion,
  reason: regionRule,
  several: 'regions, such as ["eu-central-1"]',
};

/** Returns the valid items of a list of texts, and reports the others. */
const listOf = (
  given: unknown,
  path: Argument,
  { holds, reason, several }: ItemRule,
  problems: Problem[],
): string[] => {
  if (given === undefined) return [];
  if (!Array.isArray(given)) {
    problems.push({ propertyPath: path, reason: `must be a list of ${several}; got ${show(given)}` });
    return [];
  }
  const report = (n: number, reason: string) => problems.push({ propertyPath: `${path}[${n}]`, reason });
  return [...given].filter((item, n) => {
    const isGood = typeof item === "string" && holds(item);
    if (!isGood) report(n, reason(item));
    else if (given.indexOf(item) !== n) report(n, `${item} is there twice; name it once`);
    return isGood;
  });
};

const regionsOf = (given: unknown, problems: Problem[]): string[] => {
  const regions = listOf(given, "producerRegions", REGION, problems);
  regions.forEach((region, n) => {
    const [own, first] = [region, regions[0]].map((each) => partitionOf(each)?.name);
    const reason = `must be in the partition of ${regions[0]}, ${first}, since no service of a partition reaches into another; got ${show(region)} in ${own}`;
    if (own !== first) problems.push({ propertyPath: `producerRegions[${n}]`, reason });
  });
  return regions;
};

/** Checks `producerAccounts` and `producerRegions`. */
export const producersOf = (
  given: Partial<FlowLogAnalyticsArgs>,
  ingestion: Ingestion,
  problems: Problem[],
): Producers => {
  const producerAccounts = listOf(given.producerAccounts, "producerAccounts", ACCOUNTS, problems);
  const producerRegions = regionsOf(given.producerRegions, problems);
  if (producerAccounts.length > 0 && ingestion !== Ingestion.SUBSCRIPTION) {
    const reason = `needs ingestion SUBSCRIPTION, because a CloudWatch Logs destination can only target a stream; got ${show(ingestion)}`;
    problems.push({ propertyPath: "producerAccounts", reason });
  }
  if (producerRegions.length > 0 && (given.producerAccounts ?? []).length === 0) {
    const reason = "does nothing without producerAccounts; name them or leave it out";
    problems.push({ propertyPath: "producerRegions", reason });
  }
  return { producerAccounts, producerRegions };
};
