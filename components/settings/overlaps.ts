import * as pulumi from "@pulumi/pulumi";
import { checkedBeside, refuse } from "./later";
import type { Source } from "./source";

// A subnet of a logged VPC is logged twice, and each of its flows makes two rows.

/** A source with the argument that names it. */
export interface NamedSource extends Source {
  path: string;
}

interface Inside {
  what: string;
  /** Types of resources with such an id, each with the output that names the resource around it. */
  types: string[];
  output: "vpcId" | "subnetId";
}

const INSIDE: Partial<Record<Source["property"], Inside>> = {
  subnetId: {
    what: "subnet",
    types: ["aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"],
    output: "vpcId",
  },
  eniId: {
    what: "network interface",
    types: ["aws:ec2/networkInterface:NetworkInterface", "aws:ec2/instance:Instance"],
    output: "subnetId",
  },
};

/** Returns the resource that an id comes from, if it has exactly one of these types. */
export const resourceOf = async (id: pulumi.Output<string>, types: string[]) => {
  const all = await pulumi.getAllResources(id);
  const found = [...all].filter((resource) => types.includes(Reflect.get(resource, "__pulumiType")));
  return found.length === 1 ? found[0] : undefined;
};

/**
 * Returns the id of a source, and refuses it if it is known to be inside another source. That is known only for resources
 * of the program, because an id does not contain the VPC or subnet.
 */
export const loggedOnce = (
  { property, path, id }: NamedSource,
  sources: NamedSource[],
): pulumi.Input<string> => {
  const inside = INSIDE[property];
  const around = sources.filter((source) => source.property === inside?.output);
  if (!inside || around.length === 0 || !pulumi.Output.isInstance(id)) return id;
  const place = resourceOf(id as pulumi.Output<string>, inside.types).then(
    (resource) => resource && (Reflect.get(resource, inside.output) as pulumi.Output<string>),
  );
  const others = [pulumi.output(place), ...around.map((source) => source.id)];
  return checkedBeside(id, others, (known, [outer, ...ids]) => {
    const at = outer === undefined ? -1 : ids.indexOf(outer);
    if (at < 0) return;
    const reason = `is a ${inside.what} of ${around[at].path}, which is logged already, so its flows would make two rows; leave it out; got ${known}`;
    refuse(path, reason);
  });
};

/** Warns of sources that may be inside another source. */
export const warnOfOverlaps = (sources: readonly Source[], component: pulumi.Resource): void => {
  const has = (property: Source["property"]) => sources.some((source) => source.property === property);
  const warn = (inner: string, outer: string) =>
    pulumi.log.warn(
      `${inner} in ${outer} that is logged too makes two rows of each flow; leave it out`,
      component,
    );
  if (has("subnetId") && has("vpcId")) void warn("a subnet of subnets", "a VPC of vpcs");
  if (has("eniId") && has("vpcId")) void warn("an interface of networkInterfaces", "a VPC of vpcs");
  if (has("eniId") && has("subnetId")) void warn("an interface of networkInterfaces", "a subnet of subnets");
};
