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

/** The log group of each format, whose name says which. It stays behind with its logs unless they may be deleted. */
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

/** The log groups to read: the stack's own, and those that are there already. */
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
