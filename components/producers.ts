import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as kinesis from "@pulumi/aws/kinesis";
import * as pulumi from "@pulumi/pulumi";
import { type Place, policyDocument, trustOf } from "./iam";
import type { Lake } from "./lake";
import { checkedBeside, refuse } from "./later";
import { partitionOf } from "./partitions";
import { show } from "./problems";
import { mostOf } from "./quotas";
import type { Settings } from "./settings";
import { createWriterRole } from "./subscription";

/** Returns a region, and refuses it when it turns out to be in another partition than the stack's. */
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

/** Returns the sources, and refuses them when the trust policy of one role has no room for so many accounts. */
const withRoom = (sources: pulumi.Output<string>[], accounts: pulumi.Input<string>[], regions: number) => {
  const [first, ...rest] = sources;
  const checked = checkedBeside(first, [...rest, ...accounts], (arn, others) => {
    const arns = [arn, ...others.slice(0, rest.length)] as string[];
    const ids = others.slice(rest.length) as string[];
    const fits = (count: number) => {
      const some = arns.filter((_, n) => n % ids.length < count);
      const trust = trustOf({ service: "logs", sources: some, accounts: ids.slice(0, count) });
      return JSON.stringify({ Version: "2012-10-17", Statement: trust }).length <= TRUST_CHARACTERS;
    };
    // The first account is the stack's own.
    const room = ids.findLastIndex((_, n) => fits(n + 1));
    if (room < ids.length - 1)
      refuse(
        "producerAccounts",
        `must be at most ${room} with ${regions === 1 ? "one region" : `${regions} regions`}, since a role's trust policy has ${TRUST_CHARACTERS} characters; make another component for the others; got ${ids.length - 1}`,
      );
  });
  return [checked, ...rest];
};

/**
 * Destinations that log groups of other accounts may subscribe to, one in each of their regions: a destination stands in
 * the region of the log group, and leads to the stream, wherever that is.
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
  const sources = withRoom(
    regions.flatMap((region) =>
      accounts.map((account) => pulumi.interpolate`arn:${place.partition}:logs:${region}:${account}:*`),
    ),
    accounts,
    regions.length,
  );
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
