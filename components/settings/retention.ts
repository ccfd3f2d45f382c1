import { type ObjectLockArgs, ObjectLockMode, type RetentionArgs } from "../arguments";
import { OBJECT_LOCK_NAMES, RETENTION_NAMES } from "./argument-names";
import { partsOf } from "./parts";
import { type Problem, show } from "./problems";

/** The argument `retention` with all defaults. */
export type Retention = Required<Omit<RetentionArgs, "dataExpirationInDays">> &
  Pick<RetentionArgs, "dataExpirationInDays">;

/** A hundred years, the longest lock of an object (S3 API). */
const LONGEST = 36_500;

/** Minimum days in S3 Standard before a transition to Standard-IA, and minimum days that Standard-IA bills. */
const STANDARD_IA_MINIMUM = 30;

const TRANSITION = 90;

const EXPIRATIONS = [
  "dataExpirationInDays",
  "resultsExpirationInDays",
  "errorsExpirationInDays",
  "failedEventsExpirationInDays",
  "findingsExpirationInDays",
] as const;

const MODES: string[] = Object.values(ObjectLockMode);

const isDays = (value: unknown, least = 1): value is number =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= LONGEST;

const daysRule = (least: number) => `${least} to ${LONGEST} days`;

/** Checks `retention` and fills in the defaults. */
export const retentionOf = (given: RetentionArgs | undefined, problems: Problem[]): Retention => {
  const days = partsOf(given, "retention", RETENTION_NAMES, problems) ?? {};
  const must = (holds: boolean, name: keyof RetentionArgs, rule: string) => {
    const reason = `must be ${rule}; got ${show(days[name])}`;
    if (!holds) problems.push({ propertyPath: `retention.${name}`, reason });
  };
  const { dataTransitionInDays: transition, dataExpirationInDays: expiration } = days;
  must(
    transition === undefined || transition === 0 || isDays(transition, STANDARD_IA_MINIMUM),
    "dataTransitionInDays",
    `${daysRule(STANDARD_IA_MINIMUM)}, or 0 for never`,
  );
  for (const name of EXPIRATIONS) must(days[name] === undefined || isDays(days[name]), name, daysRule(1));
  if (isDays(transition) && isDays(expiration))
    must(expiration > transition, "dataExpirationInDays", `more than dataTransitionInDays, ${transition}`);
  const isShort = expiration !== undefined && expiration < TRANSITION + STANDARD_IA_MINIMUM;
  return {
    dataTransitionInDays: transition ?? (isShort ? 0 : TRANSITION),
    dataExpirationInDays: expiration,
    resultsExpirationInDays: days.resultsExpirationInDays ?? 30,
    errorsExpirationInDays: days.errorsExpirationInDays ?? 90,
    failedEventsExpirationInDays: days.failedEventsExpirationInDays ?? 90,
    findingsExpirationInDays: days.findingsExpirationInDays ?? 365,
  };
};

/** Checks `objectLock`, also against the expiration of flow logs. */
export const objectLockOf = (
  given: ObjectLockArgs | undefined,
  { dataExpirationInDays: expiration }: Retention,
  problems: Problem[],
): ObjectLockArgs | undefined => {
  const lock = partsOf(given, "objectLock", OBJECT_LOCK_NAMES, problems);
  if (lock === undefined) return undefined;
  const { mode = ObjectLockMode.GOVERNANCE, days = 0 } = lock;
  if (!MODES.includes(String(lock.mode))) {
    const reason = `must be ${MODES.join(" or ")}; got ${show(lock.mode)}`;
    problems.push({ propertyPath: "objectLock.mode", reason });
  }
  if (!isDays(days)) {
    problems.push({
      propertyPath: "objectLock.days",
      reason: `must be ${daysRule(1)}; got ${show(lock.days)}`,
    });
  } else if (isDays(expiration) && expiration < days) {
    // S3 would hide expired objects from queries, and bill them until the lock ends.
    const reason = `must be at least objectLock.days, ${days}; got ${expiration}`;
    problems.push({ propertyPath: "retention.dataExpirationInDays", reason });
  }
  return { mode, days };
};
