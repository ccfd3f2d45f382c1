import type * as pulumi from "@pulumi/pulumi";
import type { FlowLogAnalyticsArgs, ObjectLockArgs } from "../arguments";
import { partitionOf } from "../partitions";
import { checkedText, type Rule, serviceIn } from "./later";
import { type Problem, show } from "./problems";
import { objectLockOf, type Retention, retentionOf } from "./retention";

/** Settings of the lake, with all defaults. */
export interface Storage {
  /** Name of a bucket to use instead of one of the component's own. */
  existingBucket?: pulumi.Input<string>;
  /** ARN of a key to use instead of one of the component's own. */
  existingKey?: pulumi.Input<string>;
  /** ARNs of keys that encrypt older objects of the bucket. */
  previousKeys: pulumi.Input<string>[];
  retention: Retention;
  /** True for `versioning: true`, and for an object lock, which needs versions. */
  versioning: boolean;
  objectLock?: ObjectLockArgs;
  forceDestroy: boolean;
}

type Given = Partial<FlowLogAnalyticsArgs>;

/** Names that S3 allows for a general purpose bucket. */
const BUCKET_NAME =
  /^(?!xn--|sthree-|amzn-s3-demo-|\d+\.\d+\.\d+\.\d+$)(?!.*(\.\.|-s3alias$|--ol-s3$|\.mrap$|--x-s3$|--table-s3$))[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Id of a single-region or multi-Region key. */
const KEY_ID = "([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})";

const KEY_ARN = new RegExp(`^arn:([a-z-]+):kms:([a-z0-9-]+):\\d{12}:key/${KEY_ID}$`);

const KEY_WITHOUT_ARN = new RegExp(`^((arn:.*:)?alias/.*|${KEY_ID})$`);

const EXISTING: Record<"existingBucket" | "existingKey", Rule> = {
  existingBucket: {
    rule: "the name of a general purpose bucket, 3 to 63 of a-z, 0-9, - and . as S3 allows them",
    holds: (text) => BUCKET_NAME.test(text),
    isOther: (text) => serviceIn(text) !== undefined || text.startsWith("s3://"),
  },
  existingKey: {
    rule: "the ARN of a KMS key (arn:aws:kms:<region>:<account>:key/<id>), because policies do not go by its id or an alias",
    holds: (text) => {
      const [, partition, region] = KEY_ARN.exec(text) ?? [];
      return region !== undefined && partitionOf(region)?.name === partition;
    },
    isOther: (text) => KEY_WITHOUT_ARN.test(text) || (serviceIn(text) ?? "kms") !== "kms",
  },
};

/** Checks the name or ARN of an existing resource. */
const existing = (given: Given, path: keyof typeof EXISTING, problems: Problem[]) =>
  given[path] === undefined ? undefined : checkedText(given[path], path, EXISTING[path], problems);

const flag = (given: Given, propertyPath: "versioning" | "forceDestroy", problems: Problem[]): boolean => {
  const { [propertyPath]: value = false } = given;
  if (typeof value !== "boolean")
    problems.push({ propertyPath, reason: `must be true or false; got ${show(value)}` });
  return value;
};

const previousKeysOf = ({ previousKeys }: Given, problems: Problem[]): pulumi.Input<string>[] => {
  if (previousKeys === undefined) return [];
  if (Array.isArray(previousKeys))
    return previousKeys.map((key, n) =>
      checkedText(key, `previousKeys[${n}]`, EXISTING.existingKey, problems),
    );
  const reason = `must be a list of ARNs of KMS keys; got ${show(previousKeys)}`;
  problems.push({ propertyPath: "previousKeys", reason });
  return [];
};

/**
 * Warning for an update that may delete the key of objects in the bucket. The arguments do not say if there was such a
 * key.
 */
export const KEY_AT_RISK =
  "existingKey with forceDestroy: a key that this stack made before is deleted by this update, and what it encrypted cannot be read any more; take forceDestroy away and update first, or set previousKeys, [] if there was none";

export const isKeyAtRisk = ({ existingKey, existingBucket, previousKeys, forceDestroy }: Given): boolean =>
  existingKey !== undefined &&
  existingBucket === undefined &&
  previousKeys === undefined &&
  forceDestroy === true;

/** Arguments that apply only to a bucket that the component creates. */
const OWNERS_CHOICE = {
  retention: "lifecycle",
  versioning: "versioning",
  objectLock: "object lock",
} as const;

/** Reports valid arguments that contradict each other. */
const contradictions = (given: Given, { existingBucket, objectLock, forceDestroy }: Storage): Problem[] => {
  const found: Problem[] = [];
  for (const [propertyPath, what] of Object.entries(OWNERS_CHOICE)) {
    const reason = `cannot go with existingBucket, whose ${what} is up to its owner; leave out one of the two`;
    const isGiven = given[propertyPath as keyof typeof OWNERS_CHOICE];
    if (existingBucket !== undefined && isGiven) found.push({ propertyPath, reason });
  }
  if (objectLock?.mode === "COMPLIANCE" && forceDestroy === true) {
    const reason = "must be false with objectLock.mode COMPLIANCE: nothing deletes what that locks; got true";
    found.push({ propertyPath: "forceDestroy", reason });
  }
  return found;
};

/** Checks the arguments of the lake and fills in the defaults. */
export const storageOf = (given: Given, problems: Problem[]): Storage => {
  const existingBucket = existing(given, "existingBucket", problems);
  const existingKey = existing(given, "existingKey", problems);
  const previousKeys = previousKeysOf(given, problems);
  const retention = retentionOf(given.retention, problems);
  const isVersioned = flag(given, "versioning", problems);
  const objectLock = objectLockOf(given.objectLock, retention, problems);
  const forceDestroy = flag(given, "forceDestroy", problems);
  const versioning = isVersioned || objectLock !== undefined;
  const storage = {
    existingBucket,
    existingKey,
    previousKeys,
    retention,
    versioning,
    objectLock,
    forceDestroy,
  };
  problems.push(...contradictions(given, storage));
  return storage;
};
