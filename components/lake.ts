import type * as kms from "@pulumi/aws/kms";
import type * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { createBucket } from "./bucket";
import type { Place } from "./iam";
import { createKey } from "./key";
import { PREFIX } from "./lifecycle";
import type { Settings } from "./settings";
import type { Storage } from "./settings/storage";
import { createTable } from "./table";

export { PREFIX } from "./lifecycle";

/**
 * Returns the component's own key, if it makes one, and the ARN to encrypt with. The key stays in AWS when it leaves the
 * stack, unless everything that it encrypts is deleted too: data in `existingBucket` is not deleted.
 */
const keyOf = (
  name: string,
  { existingKey, existingBucket, forceDestroy }: Storage,
  place: Place,
  opts: pulumi.CustomResourceOptions,
): { key?: kms.Key; keyArn: pulumi.Output<string> } => {
  if (existingKey !== undefined) return { keyArn: pulumi.output(existingKey) };
  const retainOnDelete = !forceDestroy || existingBucket !== undefined;
  const key = createKey(name, place, { ...opts, retainOnDelete });
  return { key, keyArn: key.arn };
};

/** Returns the component's own bucket, if it makes one, and the name and ARN of the bucket to store in. */
const bucketOf = (
  name: string,
  args: { storage: Storage; place: Place; key?: kms.Key; keyArn: pulumi.Output<string> },
  opts: pulumi.CustomResourceOptions,
): { bucket?: s3.Bucket; bucketName: pulumi.Output<string>; bucketArn: pulumi.Output<string> } => {
  const { existingBucket } = args.storage;
  if (existingBucket !== undefined) {
    const bucketArn = pulumi.interpolate`arn:${args.place.partition}:s3:::${existingBucket}`;
    return { bucketName: pulumi.output(existingBucket), bucketArn };
  }
  const bucket = createBucket(name, args, opts);
  return { bucket, bucketName: bucket.bucket, bucketArn: bucket.arn };
};

/** Creates the lake: the key and the bucket, each new or existing, and the table of the rows in the bucket. */
export const createLake = (
  name: string,
  args: { settings: Settings; place: Place },
  opts: pulumi.CustomResourceOptions,
) => {
  const { settings, place } = args;
  const { storage } = settings;
  const encryption = keyOf(name, storage, place, opts);
  const store = bucketOf(name, { storage, place, ...encryption }, opts);
  const tableArgs = { settings, bucketName: store.bucketName, prefix: PREFIX.data };
  /**
   * The key and the previous keys. Roles may use all of them: objects and streams keep the key that they were made
   * with.
   */
  const keyArns: pulumi.Input<string>[] = [encryption.keyArn, ...storage.previousKeys];
  return { ...encryption, keyArns, ...store, ...createTable(name, tableArgs, opts) };
};

export type Lake = ReturnType<typeof createLake>;
