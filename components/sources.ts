import * as pulumi from "@pulumi/pulumi";
import { type FlowLogAnalyticsArgs, Ingestion } from "./arguments";
import { type Problem, show } from "./problems";

/** A flow log to make: of what, and under which key. */
export interface Source {
  /** Argument of ec2.FlowLog that takes the id. */
  property: "vpcId" | "subnetId" | "eniId" | "regionalNatGatewayId" | "transitGatewayId";
  key: string;
  id: pulumi.Input<string>;
}

type SourceArgument = "vpcs" | "subnets" | "networkInterfaces" | "natGateways" | "transitGateways";

interface Kind {
  argument: SourceArgument;
  property: Source["property"];
  what: string;
  id: RegExp;
  example: string;
  /** Stands before the key in a flow log's name, so that no two kinds share one. */
  prefix: string;
}

const idPattern = (prefix: string) => new RegExp(`^${prefix}-[0-9a-f]{8,17}$`);
const kind = (
  argument: SourceArgument,
  property: Source["property"],
  what: string,
  id: string,
  prefix: string,
): Kind => ({
  argument,
  property,
  what,
  id: idPattern(id),
  example: `${id}-0123456789abcdef0`,
  prefix,
});

const KINDS: readonly Kind[] = [
  kind("vpcs", "vpcId", "VPC", "vpc", ""),
  kind("subnets", "subnetId", "subnet", "subnet", "subnet-"),
  kind("networkInterfaces", "eniId", "network interface", "eni", "interface-"),
  kind("natGateways", "regionalNatGatewayId", "regional NAT gateway", "nat", "nat-gateway-"),
  kind("transitGateways", "transitGatewayId", "transit gateway", "tgw", "transit-gateway-"),
];

const isLater = (value: unknown) => pulumi.Output.isInstance(value) || value instanceof Promise;

/** Named values: an object whose keys make names of resources. Reports what else it is. */
export const entriesOf = (
  value: unknown,
  path: string,
  what: string,
  problems: Problem[],
): [string, unknown][] => {
  if (value === undefined) return [];
  if (typeof value !== "object" || value === null || Array.isArray(value) || isLater(value)) {
    const reason = `must be an object with a name for each ${what}, known when the program runs; got ${show(value)}`;
    problems.push({ propertyPath: path, reason });
    return [];
  }
  const reason = "its name must be 1 to 30 lower-case letters, digits or hyphens";
  for (const key of Object.keys(value))
    if (!/^[a-z0-9-]{1,30}$/.test(key)) problems.push({ propertyPath: `${path}.${key}`, reason });
  return Object.entries(value);
};

/** An id that is known later is checked then, and fails the deployment. */
const checkedId = (id: unknown, path: string, { what, id: pattern, example }: Kind, problems: Problem[]) => {
  const reason = (value: unknown) => `must be a ${what} id such as ${example}; got ${show(value)}`;
  if (isLater(id))
    return pulumi.output(id as pulumi.Input<string>).apply((value) => {
      if (!pattern.test(value)) throw new Error(`FlowLogAnalytics: ${path} ${reason(value)}`);
      return value;
    });
  if (typeof id !== "string" || !pattern.test(id)) problems.push({ propertyPath: path, reason: reason(id) });
  return id as string;
};

const sourcesOfKind = (given: unknown, kind: Kind, problems: Problem[]): Source[] => {
  const entries = entriesOf(given, kind.argument, kind.what, problems);
  return entries.map(([key, id]) => {
    const path = `${kind.argument}.${key}`;
    const [first] = entries.find(([, other]) => other === id) ?? [key];
    if (first !== key) {
      const reason = `is the ${kind.what} of ${kind.argument}.${first} again; it has one flow log here`;
      problems.push({ propertyPath: path, reason });
    }
    return {
      property: kind.property,
      key: `${kind.prefix}${key}`,
      id: checkedId(id, path, kind, problems),
    };
  });
};

/** The flow logs to make. */
export const sourcesOf = (given: Partial<FlowLogAnalyticsArgs>, problems: Problem[]): Source[] => {
  const sources = KINDS.flatMap((kind) => sourcesOfKind(given[kind.argument], kind, problems));
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
  for (const key of twice)
    problems.push({ propertyPath: `vpcs.${key}`, reason: "makes the name of another source's flow log" });
  return sources;
};
