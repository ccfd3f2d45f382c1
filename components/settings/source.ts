import type * as pulumi from "@pulumi/pulumi";

/** A flow log to make: of what, and under which key. */
export interface Source {
  /** Argument of ec2.FlowLog that takes the id. */
  property: "vpcId" | "subnetId" | "eniId" | "regionalNatGatewayId" | "transitGatewayId";
  key: string;
  id: pulumi.Input<string>;
}
