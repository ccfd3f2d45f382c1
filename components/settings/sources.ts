import { type FlowLogAnalyticsArgs, Ingestion } from "../arguments";
import { checkedText, distinct, type Entry, type Rule, serviceIn } from "./later";
import { loggedOnce, type NamedSource } from "./overlaps";
import { isObject } from "./parts";
import { type Problem, show } from "./problems";
import type { Source } from "./source";

type SourceArgument = "vpcs" | "subnets" | "networkInterfaces" | "natGateways" | "transitGateways";

interface Kind {
  argument: SourceArgument;
  property: Source["property"];
  what: string;
  id: Rule;
  /** Prefix of the key in a flow log's name, so that two kinds never share a name. */
  prefix: string;
}

/** EC2 has given ids of 17 digits since 2018, and of 8 before. */
const DIGITS = "([0-9a-f]{8}|[0-9a-f]{17})";

const ANY_ID = new RegExp(`^[a-z]+(-[a-z]+)*-${DIGITS}$`);

/** An id that EC2 gives to resources of a kind. */
const idRule = (what: string, prefix: string): Rule => {
  const pattern = new RegExp(`^${prefix}-${DIGITS}$`);
  return {
    rule: `a ${what} id such as ${prefix}-0123456789abcdef0`,
    holds: (text) => pattern.test(text),
    isOther: (text) => serviceIn(text) !== undefined || (ANY_ID.test(text) && !pattern.test(text)),
  };
};

const kind = (
  argument: SourceArgument,
  property: Source["property"],
  what: string,
  id: string,
  prefix: string,
): Kind => ({ argument, property, what, id: idRule(what, id), prefix });

const SOURCE_KINDS: readonly Kind[] = [
  kind("vpcs", "vpcId", "VPC", "vpc", ""),
  kind("subnets", "subnetId", "subnet", "subnet", "subnet-"),
  kind("networkInterfaces", "eniId", "network interface", "eni", "interface-"),
  kind("natGateways", "regionalNatGatewayId", "regional NAT gateway", "nat", "nat-gateway-"),
  kind("transitGateways", "transitGatewayId", "transit gateway", "tgw", "transit-gateway-"),
];

/** Returns the entries of an object whose keys become parts of resource names. Reports any other value. */
export const entriesOf = (
  value: unknown,
  path: string,
  what: string,
  problems: Problem[],
): [string, unknown][] => {
  if (value === undefined) return [];
  if (!isObject(value)) {
    const reason = `must be an object with a name for each ${what}, known when the program runs; got ${show(value)}`;
    problems.push({ propertyPath: path, reason });
    return [];
  }
  for (const key of Object.keys(value)) {
    const reason = `its name must be 1 to 30 lower-case letters, digits or hyphens; got ${show(key)}`;
    if (!/^[a-z0-9-]{1,30}$/.test(key)) problems.push({ propertyPath: `${path}.${key}`, reason });
  }
  return Object.entries(value);
};

const sourcesOfKind = (
  given: unknown,
  { argument, property, what, id, prefix }: Kind,
  problems: Problem[],
) => {
  const pathOf = (key: string) => `${argument}.${key}`;
  const entries = entriesOf(given, argument, what, problems).map(
    ([key, value]): Entry => [key, checkedText(value, pathOf(key), id, problems)],
  );
  const again = (earlier: string) =>
    `is the ${what} of ${argument}.${earlier} again, so each of its flows would make two rows`;
  return distinct(entries, pathOf, again, problems).map(
    ([key, value]): NamedSource => ({ property, key: `${prefix}${key}`, id: value, path: pathOf(key) }),
  );
};

const sharedName = (key: string) =>
  `makes the name of another source's flow log; give it another name; got ${show(key)}`;

/** Returns the flow logs to create. */
export const sourcesOf = (given: Partial<FlowLogAnalyticsArgs>, problems: Problem[]): Source[] => {
  const sources = SOURCE_KINDS.flatMap((kind) => sourcesOfKind(given[kind.argument], kind, problems));
  const none =
    sources.length === 0 &&
    problems.length === 0 &&
    Object.keys(given.existingLogGroups ?? {}).length === 0 &&
    (given.producerAccounts ?? []).length === 0 &&
    given.ingestion !== Ingestion.DIRECT;
  if (none) {
    const reason = `must name at least one VPC, such as { main: vpc.id }, or another source; got ${show(given.vpcs)}`;
    problems.push({ propertyPath: "vpcs", reason });
  }
  const keys = sources.map((source) => source.key);
  const twice = keys.filter((key, n) => keys.indexOf(key) !== n);
  for (const key of twice) problems.push({ propertyPath: `vpcs.${key}`, reason: sharedName(key) });
  return sources.map(({ path, ...source }) => ({ ...source, id: loggedOnce({ path, ...source }, sources) }));
};
