import { TAGGABLE } from "../tags";
import { type Counted, of, type Quota } from "./quota";
import { WORK_QUOTAS } from "./running";
import { DATA_QUOTAS } from "./storing";

/** Limits of tags. A tag of a schedule group cannot be empty. */
export const TAGS = { most: 50, key: 128, value: 256 };

const tagQuotas = (type: string): Quota[] =>
  of(
    type,
    ["tags", "items", 0, TAGS.most, "AWS guide to tagging: tags of a resource"],
    ["tags{key}", "characters", 1, TAGS.key, "AWS guide to tagging: tag keys"],
    [
      "tags{}",
      "characters",
      type.includes("scheduleGroup") ? 1 : 0,
      TAGS.value,
      "AWS guide to tagging: tag values",
    ],
  );

/** All limits of AWS that a declared resource could reach. */
export const QUOTAS: readonly Quota[] = [
  ...DATA_QUOTAS,
  ...WORK_QUOTAS,
  ...[...TAGGABLE].sort().flatMap(tagQuotas),
];

/** Returns the maximum of a property. */
export const mostOf = (type: string, property: string, counted: Counted): number => {
  const quota = QUOTAS.find(
    (each) => each.type === type && each.property === property && each.counted === counted,
  );
  if (!quota) throw new Error(`there is no limit on the ${counted} of ${property} of ${type}`);
  return quota.most;
};
