import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as kinesis from "@pulumi/aws/kinesis";
import * as pulumi from "@pulumi/pulumi";
import { type Place, policyDocument } from "./iam";
import type { Lake } from "./lake";
import { refuse } from "./later";
import { partitionOf } from "./partitions";
import { show } from "./problems";
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
  const sources = regions.flatMap((region) =>
    accounts.map((account) => pulumi.interpolate`arn:${place.partition}:logs:${region}:${account}:*`),
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
