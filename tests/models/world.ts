import type { JudgedCall } from "./stack-calls";

const hex = "0123456789abcdef0";

/** Resources that the stacks use and did not create. */
const FOUND: Pick<JudgedCall, "operation" | "parameters" | "names">[] = [
  {
    operation: "ec2.CreateVpc",
    parameters: { CidrBlock: "10.0.0.0/16" },
    names: { [`vpc-${hex}`]: "Vpc.VpcId" },
  },
  {
    operation: "ec2.CreateSubnet",
    parameters: { CidrBlock: "10.0.0.0/24", VpcId: `vpc-${hex}` },
    names: { [`subnet-${hex}`]: "Subnet.SubnetId" },
  },
  {
    operation: "ec2.CreateNetworkInterface",
    parameters: { SubnetId: `subnet-${hex}` },
    names: { [`eni-${hex}`]: "NetworkInterface.NetworkInterfaceId" },
  },
  {
    operation: "ec2.CreateTransitGateway",
    parameters: {},
    names: { [`tgw-${hex}`]: "TransitGateway.TransitGatewayId" },
  },
  { operation: "logs.CreateLogGroup", parameters: { logGroupName: "/vpc/flow-logs" }, names: {} },
  { operation: "s3.CreateBucket", parameters: { Bucket: "acme-flow-logs" }, names: {} },
];

export const world = (region: string): JudgedCall[] =>
  FOUND.map((made) => ({ resource: "what is there before", region, ...made }));
