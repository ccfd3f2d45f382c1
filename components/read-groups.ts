import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import type { Etl } from "./etl";
import type { Firehose } from "./firehose";
import { arnIn, type Place } from "./iam";
import type { Lake } from "./lake";
import { besideOwn } from "./log-groups";
import type { Settings } from "./settings";
import { isWritten, logGroupPrefix, writtenFormats } from "./settings/formats";
import type { ReadGroup } from "./subscription";

/**
 * Creates the log group of each format, with the format's digest in its name. Without `forceDestroy` it stays in AWS
 * with its logs.
 */
export const createLogGroups = (
  name: string,
  { settings, lake }: { settings: Settings; lake: Lake },
  opts: pulumi.CustomResourceOptions,
) =>
  writtenFormats(settings.formats, settings.sources).map(({ digest }) => {
    const group = new cloudwatch.LogGroup(
      `${name}-flow-logs-${digest}`,
      {
        namePrefix: logGroupPrefix(name, digest),
        kmsKeyId: lake.keyArn,
        retentionInDays: settings.logRetentionInDays,
      },
      { ...opts, retainOnDelete: !settings.forceDestroy },
    );
    return { digest, group };
  });

export type FormatGroup = ReturnType<typeof createLogGroups>[number];

/** Returns the log groups to read: the stack's own, and `existingLogGroups`. */
export const readGroups = (
  { settings, place, firehose, etl }: { settings: Settings; place: Place; firehose: Firehose; etl: Etl },
  groups: FormatGroup[],
): ReadGroup[] => [
  ...groups.map(({ digest, group }) => ({
    key: digest,
    name: group.name,
    arn: group.arn,
    isWritten: isWritten(settings.formats, settings.sources, digest),
  })),
  ...settings.existingLogGroups.map((entry) => {
    const own = [...groups.map(({ group }) => group), etl.logGroup, firehose.logGroup];
    const name = besideOwn(
      entry,
      own.map((group) => group.name),
    );
    const arn = arnIn(place, "logs", pulumi.interpolate`log-group:${name}`);
    return { key: `existing-${entry[0]}`, name, arn, isWritten: true };
  }),
];
