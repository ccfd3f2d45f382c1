import { createHash } from "node:crypto";

/** The beginnings of ids that EC2 gives, by the resource's type. */
const PREFIXES: Record<string, string> = {
  "aws:ec2/vpc:Vpc": "vpc",
  "aws:ec2/defaultVpc:DefaultVpc": "vpc",
  "aws:ec2/subnet:Subnet": "subnet",
  "aws:ec2/defaultSubnet:DefaultSubnet": "subnet",
  "aws:ec2/networkInterface:NetworkInterface": "eni",
  "aws:ec2/securityGroup:SecurityGroup": "sg",
  "aws:ec2/routeTable:RouteTable": "rtb",
  "aws:ec2/internetGateway:InternetGateway": "igw",
  "aws:ec2/natGateway:NatGateway": "nat",
  "aws:ec2/eip:Eip": "eipalloc",
  "aws:ec2/instance:Instance": "i",
  "aws:ec2/vpcEndpoint:VpcEndpoint": "vpce",
  "aws:ec2transitgateway/transitGateway:TransitGateway": "tgw",
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": "tgw-attach",
};

/** Returns an id in the form that EC2 gives one, always the same for the same resource; none for other services. */
export const ec2Id = (type: string, name: string): string | undefined => {
  if (!Object.hasOwn(PREFIXES, type)) return undefined;
  return `${PREFIXES[type]}-${createHash("sha256")
    .update(type + name)
    .digest("hex")
    .slice(0, 17)}`;
};
