import type * as pulumi from "@pulumi/pulumi";

/** A flow log to create: its resource and its key in the arguments. */
export interface Source {
  /** Argument of ec2.FlowLog that takes the id. */
  property: "vpcId" | "subnetId" | "eniId" | "regionalNatGatewayId" | "transitGatewayId";
  key: string;
  id: pulumi.Input<string>;
}
