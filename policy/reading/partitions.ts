/** A part of AWS with its own ARNs and host names. */
interface Partition {
  /** The second part of its ARNs. */
  name: string;
  /** Ends the host names of its services. */
  dnsSuffix: string;
  /** Its regions, and those that it may get. */
  regions: RegExp;
}

const partition = (name: string, dnsSuffix: string, regions: RegExp): Partition => ({
  name,
  dnsSuffix,
  regions,
});

/** Every partition. The pack is a package of its own: a test compares this with the component's table. */
// biome-ignore format: a table, one partition a line
export const PARTITIONS: readonly Partition[] = [
  partition("aws", "amazonaws.com", /^(us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-\d+$/),
  partition("aws-cn", "amazonaws.com.cn", /^cn-[a-z]+-\d+$/),
  partition("aws-us-gov", "amazonaws.com", /^us-gov-[a-z]+-\d+$/),
  partition("aws-eusc", "amazonaws.eu", /^eusc-de-[a-z]+-\d+$/),
  partition("aws-iso", "c2s.ic.gov", /^us-iso-[a-z]+-\d+$/),
  partition("aws-iso-b", "sc2s.sgov.gov", /^us-isob-[a-z]+-\d+$/),
  partition("aws-iso-e", "cloud.adc-e.uk", /^eu-isoe-[a-z]+-\d+$/),
  partition("aws-iso-f", "csp.hci.ic.gov", /^us-isof-[a-z]+-\d+$/),
];

/** The name of a region's partition; `aws` if no partition has such regions. */
export const partitionOf = (region: string): string =>
  PARTITIONS.find(({ regions }) => regions.test(region))?.name ?? "aws";

/** Ends a service's name in some policies, in every partition. */
const OTHER_SUFFIXES = ["amazon.com", "api.aws"];

/** Ends the names of services, as part of a regular expression. */
export const SUFFIXES = [...new Set([...PARTITIONS.map(({ dnsSuffix }) => dnsSuffix), ...OTHER_SUFFIXES])]
  .map((suffix) => suffix.replaceAll(".", "\\."))
  .join("|");

const SERVICE = new RegExp(`^([a-z0-9.-]+?)(?:\\.([a-z0-9-]+))?\\.(?:${SUFFIXES})$`, "i");

/**
 * The service that a service principal names, without its region: `logs` of `logs.amazonaws.com` and of
 * `logs.cn-north-1.amazonaws.com.cn`. Undefined if the principal is no service.
 */
export const serviceOf = (principal: string): string | undefined => {
  const [, name, last] = SERVICE.exec(principal) ?? [];
  if (name === undefined || last === undefined) return name;
  return PARTITIONS.some(({ regions }) => regions.test(last)) ? name : `${name}.${last}`;
};
