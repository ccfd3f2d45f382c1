import * as pulumi from "@pulumi/pulumi";
import { nearest, suggestion } from "../../schema/nearest";
import { partitionOf } from "../partitions";
import { show } from "./problems";

/** The regions of every partition. A test holds them against the AWS SDK's own table. */
// biome-ignore format: a table, one area a line
export const REGIONS = [
  "af-south-1",
  "ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2",
  "ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7",
  "ca-central-1 ca-west-1",
  "cn-north-1 cn-northwest-1",
  "eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3",
  "eu-isoe-west-1",
  "eusc-de-east-1",
  "il-central-1",
  "me-central-1 me-south-1 me-west-1",
  "mx-central-1",
  "sa-east-1 sa-west-1",
  "us-east-1 us-east-2 us-west-1 us-west-2",
  "us-gov-east-1 us-gov-west-1",
  "us-iso-east-1 us-iso-west-1 us-isob-east-1 us-isob-west-1 us-isof-east-1 us-isof-south-1",
].flatMap((names) => names.split(" "));

const POSSIBLE = /-(central|north|south|east|west|northeast|northwest|southeast|southwest)-[1-9]\d?$/;

/** True for a name of a region, also of one that AWS may open later. */
export const isRegion = (text: string): boolean => POSSIBLE.test(text) && partitionOf(text) !== undefined;

/** Returns the error for a region, with the one that was most likely meant. */
export const regionRule = (value: unknown): string => {
  const meant = typeof value === "string" && value.length > 3 ? suggestion(value, REGIONS) : "";
  return `must be a region such as eu-central-1; got ${show(value)}${meant}`;
};

/** Warns of regions that AWS did not have when this version was made: misspelt ones, or new ones. */
export const warnOfNewRegions = (regions: readonly string[], component: pulumi.Resource): void => {
  for (const region of regions.filter((each) => !REGIONS.includes(each)))
    void pulumi.log.warn(
      `producerRegions has ${region}, which this version does not know; did you mean ${nearest(region, REGIONS)}? A region that AWS has opened since is fine`,
      component,
    );
};
