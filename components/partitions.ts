/** A part of AWS with its own accounts, ARNs and host names. */
export interface Partition {
  /** Second part of its ARNs, such as `aws-cn`. */
  name: string;
  /** Suffix of its services' host names. */
  dnsSuffix: string;
  /** Suffix of its console's host names, after the region. */
  consoleHost: string;
  /** Matches its regions, also future ones. */
  regions: RegExp;
}

const partition = (name: string, dnsSuffix: string, consoleHost: string, regions: RegExp): Partition => ({
  name,
  dnsSuffix,
  consoleHost,
  regions,
});

/** Every partition. A test compares names, suffixes and regions with the AWS SDK's own table. */
// biome-ignore format: a table, one partition a line
export const PARTITIONS: readonly Partition[] = [
  partition("aws", "amazonaws.com", "console.aws.amazon.com", /^(us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-\d+$/),
  partition("aws-cn", "amazonaws.com.cn", "console.amazonaws.cn", /^cn-[a-z]+-\d+$/),
  partition("aws-us-gov", "amazonaws.com", "console.amazonaws-us-gov.com", /^us-gov-[a-z]+-\d+$/),
  partition("aws-eusc", "amazonaws.eu", "console.amazonaws-eusc.eu", /^eusc-de-[a-z]+-\d+$/),
  partition("aws-iso", "c2s.ic.gov", "console.c2shome.ic.gov", /^us-iso-[a-z]+-\d+$/),
  partition("aws-iso-b", "sc2s.sgov.gov", "console.sc2shome.sgov.gov", /^us-isob-[a-z]+-\d+$/),
  partition("aws-iso-e", "cloud.adc-e.uk", "console.csphome.adc-e.uk", /^eu-isoe-[a-z]+-\d+$/),
  partition("aws-iso-f", "csp.hci.ic.gov", "console.csphome.hci.ic.gov", /^us-isof-[a-z]+-\d+$/),
];

/** The partition of a region; undefined if no partition has such regions. */
export const partitionOf = (region: string): Partition | undefined =>
  PARTITIONS.find(({ regions }) => regions.test(region));

/** The console's host in a region. */
export const consoleHostOf = (region: string): string =>
  `${region}.${(partitionOf(region) ?? PARTITIONS[0]).consoleHost}`;
