import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as kinesis from "@pulumi/aws/kinesis";
import * as pulumi from "@pulumi/pulumi";
import { type Place, policyDocument, trustOf } from "./iam";
import type { Lake } from "./lake";
import { partitionOf } from "./partitions";
import { mostOf } from "./quotas";
import type { Settings } from "./settings";
import { refuse } from "./settings/later";
import { show } from "./settings/problems";
import { createWriterRole } from "./subscription";

/** Returns a region, and refuses it if the stack, once known, is in another partition. */
const inPartition = (place: Place, region: pulumi.Input<string>) =>
  pulumi.all([region, place.partition]).apply(([name, partition]) => {
    const own = partitionOf(name)?.name;
    if (partition !== undefined && own !== undefined && own !== partition)
      refuse(
        "producerRegions",
        `must be in the stack's partition, ${partition}; got ${show(name)} in ${own}`,
      );
    return name;
  });

const TRUST_CHARACTERS = mostOf("aws:iam/role:Role", "assumeRolePolicy", "characters");

/** True if the trust policy of a role has room for these sources and accounts. */
const hasRoom = (sources: string[], accounts: string[]): boolean => {
  const trust = trustOf({ service: "logs", sources, accounts });
  return JSON.stringify({ Version: "2012-10-17", Statement: trust }).length <= TRUST_CHARACTERS;
};

/**
 * Returns ARNs for the log groups of these accounts. If a trust policy has no room for all, the ARNs have `*` for the
 * account, and the policy's condition on the account limits them.
 */
const sourcesIn = (place: Place, regions: pulumi.Input<string>[], accounts: pulumi.Input<string>[]) =>
  pulumi
    .all([place.partition, pulumi.all(regions), pulumi.all(accounts)])
    .apply(([partition, names, ids]) => {
      const of = (owners: string[]) =>
        names.flatMap((region) => owners.map((owner) => `arn:${partition}:logs:${region}:${owner}:*`));
      if (hasRoom(of(ids), ids)) return of(ids);
      // The first account is the stack's own.
      const room = ids.findLastIndex((_, n) => hasRoom(of(["*"]), ids.slice(0, n + 1)));
      if (room < ids.length - 1)
        refuse(
          "producerAccounts",
          `must be at most ${room} with ${names.length === 1 ? "one region" : `${names.length} regions`}, since a role's trust policy has ${TRUST_CHARACTERS} characters; make another component for the others, or have their organization copy their lines to a log group of this account (a centralization rule of CloudWatch Logs) and name that in existingLogGroups; got ${ids.length - 1}`,
        );
      return of(["*"]);
    });

/**
 * Creates the destinations that log groups of other accounts may subscribe to, one in each of their regions. A destination
 * must be in the region of the log group; its stream may be in another.
 */
export const createDestinations = (
  name: string,
  args: { settings: Settings; place: Place; lake: Lake; stream: kinesis.FirehoseDeliveryStream },
  opts: pulumi.CustomResourceOptions,
) => {
  const { settings, place, lake, stream } = args;
  const { producerAccounts, producerRegions } = settings;
  if (producerAccounts.length === 0) return [];
  const regions = producerRegions.length > 0 ? producerRegions : [place.region];
  const accounts = [place.accountId, ...producerAccounts];
  const sources = sourcesIn(place, regions, accounts);
  const { role, policy } = createWriterRole(
    `${name}-producers`,
    { place, lake, stream, sources, accounts },
    opts,
  );
  return regions.map((named) => {
    const suffix = typeof named === "string" ? `-${named}` : "";
    const region = inPartition(place, named);
    const destination = new cloudwatch.LogDestination(
      `${name}-destination${suffix}`,
      { region, targetArn: stream.arn, roleArn: role.arn },
      { ...opts, dependsOn: policy },
    );
    new cloudwatch.LogDestinationPolicy(
      `${name}-destination-policy${suffix}`,
      {
        region,
        destinationName: destination.name,
        accessPolicy: policyDocument([
          {
            Sid: "ProducersSubscribe",
            Effect: "Allow",
            Principal: { AWS: producerAccounts },
            Action: ["logs:PutSubscriptionFilter"],
            Resource: destination.arn,
          },
        ]),
      },
      opts,
    );
    return destination;
  });
};
