// Printed by `npm run docs` from schema/ and queries/; a test compares.

/** A field of a flow, or a preset. */
export const FlowLogField = {
  /** Stands for the fields of the preset default. */
  Default: "default",
  /** Stands for the fields of the preset recommended. */
  Recommended: "recommended",
  /** Stands for the fields of the preset all. */
  All: "all",
  /** Version of the record: 2 in the default format, else the highest version among the fields. */
  Version: "version",
  /** Account that owns the source network interface; unknown for some interfaces that AWS made. */
  AccountId: "account-id",
  /** Network interface that saw the traffic; NULL on a regional NAT gateway. */
  InterfaceId: "interface-id",
  /** Source address as the interface sees it; its own is always its primary private IPv4. */
  Srcaddr: "srcaddr",
  /** Destination address as the interface sees it; its own is always its primary private IPv4. */
  Dstaddr: "dstaddr",
  /** Source port; 0 where the protocol has none. */
  Srcport: "srcport",
  /** Destination port; 0 where the protocol has none. */
  Dstport: "dstport",
  /** IANA protocol number: 6 TCP, 17 UDP, 1 ICMP, 58 ICMPv6. */
  Protocol: "protocol",
  /** Packets in the window. */
  Packets: "packets",
  /** Bytes in the window. */
  Bytes: "bytes",
  /** First packet of the window, epoch seconds; may lag the packet by 60 s. */
  Start: "start",
  /** Last packet of the window, epoch seconds; may lag the packet by 60 s. */
  End: "end",
  /** ACCEPT, or REJECT by a security group or network ACL or after the connection closed. */
  Action: "action",
  /** OK, NODATA (no traffic in the window) or SKIPDATA (records were lost to capacity or an error). */
  LogStatus: "log-status",
  /** VPC of the interface. */
  VpcId: "vpc-id",
  /** Subnet of the interface. */
  SubnetId: "subnet-id",
  /** Instance of the interface if you own it; NULL for requester-managed interfaces. */
  InstanceId: "instance-id",
  /** TCP flags of the window OR-ed: FIN 1, SYN 2, RST 4, SYN-ACK 18; 0 for a lone ACK or PSH. */
  TcpFlags: "tcp-flags",
  /** Traffic type: IPv4, IPv6 or EFA. */
  Type: "type",
  /** Source address in the packet; differs from srcaddr behind NAT and for pods. */
  PktSrcaddr: "pkt-srcaddr",
  /** Destination address in the packet; differs from dstaddr behind NAT and for pods. */
  PktDstaddr: "pkt-dstaddr",
  /** Region of the interface. */
  Region: "region",
  /** Availability Zone id of the interface; NULL in a sublocation. */
  AzId: "az-id",
  /** wavelength, outpost or localzone; NULL outside one. */
  SublocationType: "sublocation-type",
  /** Id of the sublocation; NULL outside one. */
  SublocationId: "sublocation-id",
  /** AWS service whose range holds pkt-srcaddr, such as S3 or DYNAMODB. */
  PktSrcAwsService: "pkt-src-aws-service",
  /** AWS service whose range holds pkt-dstaddr, such as S3 or DYNAMODB. */
  PktDstAwsService: "pkt-dst-aws-service",
  /** ingress or egress, at the interface. */
  FlowDirection: "flow-direction",
  /** Path that egress traffic takes, 1 to 8 (3 virtual private gateway, 8 internet gateway); NULL for ingress. */
  TrafficPath: "traffic-path",
  /** ARN of the ECS cluster; all ecs fields need the awsvpc network mode. */
  EcsClusterArn: "ecs-cluster-arn",
  /** Name of the ECS cluster. */
  EcsClusterName: "ecs-cluster-name",
  /** ARN of the ECS container instance; NULL on Fargate. */
  EcsContainerInstanceArn: "ecs-container-instance-arn",
  /** Id of the ECS container instance; NULL on Fargate. */
  EcsContainerInstanceId: "ecs-container-instance-id",
  /** Runtime id of the task's first container. */
  EcsContainerId: "ecs-container-id",
  /** Runtime id of the task's second container. */
  EcsSecondContainerId: "ecs-second-container-id",
  /** Name of the ECS service; NULL for a task outside a service. */
  EcsServiceName: "ecs-service-name",
  /** ARN of the ECS task definition. */
  EcsTaskDefinitionArn: "ecs-task-definition-arn",
  /** ARN of the ECS task. */
  EcsTaskArn: "ecs-task-arn",
  /** Id of the ECS task. */
  EcsTaskId: "ecs-task-id",
  /** Why traffic was rejected: BPA (VPC Block Public Access) or EC (encryption controls). */
  RejectReason: "reject-reason",
  /** Id of the regional NAT gateway; NULL for other resources. */
  ResourceId: "resource-id",
  /** 0 none, 1 Nitro, 2 application, 3 both; NULL if encryption controls are off. */
  EncryptionStatus: "encryption-status",
  /** Value of the instance tag that the flow log names, percent-encoded. */
  InstanceTag: "instance-tag",
  /** Value of the second instance tag that the flow log names, percent-encoded. */
  InstanceTag2: "instance-tag-2",
  /** Value of the interface tag that the flow log names, percent-encoded. */
  InterfaceTag: "interface-tag",
  /** Value of the second interface tag that the flow log names, percent-encoded. */
  InterfaceTag2: "interface-tag-2",
  /** Value of the Auto Scaling group tag that the flow log names, percent-encoded. */
  AsgTag: "asg-tag",
  /** Value of the second Auto Scaling group tag that the flow log names, percent-encoded. */
  AsgTag2: "asg-tag-2",
  /** nat_gateway, network_load_balancer, regional_nat_gateway, transit_gateway or vpc_endpoint; else NULL. */
  InterfaceType: "interface-type",
  /** Receiving interface of egress traffic, sending interface of ingress traffic. */
  NextHopInterfaceId: "next-hop-interface-id",
  /** Subnet of the next-hop interface. */
  NextHopSubnetId: "next-hop-subnet-id",
  /** Availability Zone id of the next-hop interface. */
  NextHopAzId: "next-hop-az-id",
  /** VPC of the next-hop interface. */
  NextHopVpcId: "next-hop-vpc-id",
  /** Type of the next-hop interface, as interface-type. */
  NextHopInterfaceType: "next-hop-interface-type",
} as const;
export type FlowLogField = (typeof FlowLogField)[keyof typeof FlowLogField];

/** A field of a transit gateway's flow, or a preset. */
export const TransitGatewayField = {
  /** Stands for the fields of the preset default. */
  Default: "default",
  /** Stands for the fields of the preset all. */
  All: "all",
  /** Version of the record: 2 in the default format, else the highest version among the fields. */
  Version: "version",
  /** Type of the resource that was logged: TransitGateway or TransitGatewayAttachment. */
  ResourceType: "resource-type",
  /** Account that owns the source network interface; unknown for some interfaces that AWS made. */
  AccountId: "account-id",
  /** Transit gateway. */
  TgwId: "tgw-id",
  /** Attachment through which the traffic came. */
  TgwAttachmentId: "tgw-attachment-id",
  /** Account of the source VPC; NULL if the source is no VPC. */
  TgwSrcVpcAccountId: "tgw-src-vpc-account-id",
  /** Account of the destination VPC; NULL if the destination is no VPC. */
  TgwDstVpcAccountId: "tgw-dst-vpc-account-id",
  /** Source VPC. */
  TgwSrcVpcId: "tgw-src-vpc-id",
  /** Destination VPC. */
  TgwDstVpcId: "tgw-dst-vpc-id",
  /** Subnet of the attachment that the traffic came through. */
  TgwSrcSubnetId: "tgw-src-subnet-id",
  /** Subnet of the attachment that the traffic left through. */
  TgwDstSubnetId: "tgw-dst-subnet-id",
  /** Network interface of the source attachment. */
  TgwSrcEni: "tgw-src-eni",
  /** Network interface of the destination attachment. */
  TgwDstEni: "tgw-dst-eni",
  /** Availability Zone id of the source attachment's interface. */
  TgwSrcAzId: "tgw-src-az-id",
  /** Availability Zone id of the destination attachment's interface. */
  TgwDstAzId: "tgw-dst-az-id",
  /** The other attachment of the flow: where it went to, or came from. */
  TgwPairAttachmentId: "tgw-pair-attachment-id",
  /** Source address as the interface sees it; its own is always its primary private IPv4. */
  Srcaddr: "srcaddr",
  /** Destination address as the interface sees it; its own is always its primary private IPv4. */
  Dstaddr: "dstaddr",
  /** Source port; 0 where the protocol has none. */
  Srcport: "srcport",
  /** Destination port; 0 where the protocol has none. */
  Dstport: "dstport",
  /** IANA protocol number: 6 TCP, 17 UDP, 1 ICMP, 58 ICMPv6. */
  Protocol: "protocol",
  /** Packets in the window. */
  Packets: "packets",
  /** Bytes in the window. */
  Bytes: "bytes",
  /** First packet of the window, epoch seconds; may lag the packet by 60 s. */
  Start: "start",
  /** Last packet of the window, epoch seconds; may lag the packet by 60 s. */
  End: "end",
  /** OK, NODATA (no traffic in the window) or SKIPDATA (records were lost to capacity or an error). */
  LogStatus: "log-status",
  /** Traffic type: IPv4, IPv6 or EFA. */
  Type: "type",
  /** Packets lost because no route was there. */
  PacketsLostNoRoute: "packets-lost-no-route",
  /** Packets lost in a blackhole route. */
  PacketsLostBlackhole: "packets-lost-blackhole",
  /** Packets lost because they were larger than the MTU. */
  PacketsLostMtuExceeded: "packets-lost-mtu-exceeded",
  /** Packets lost because their time to live ran out. */
  PacketsLostTtlExpired: "packets-lost-ttl-expired",
  /** TCP flags of the window OR-ed: FIN 1, SYN 2, RST 4, SYN-ACK 18; 0 for a lone ACK or PSH. */
  TcpFlags: "tcp-flags",
  /** Region of the interface. */
  Region: "region",
  /** ingress or egress, at the interface. */
  FlowDirection: "flow-direction",
  /** AWS service whose range holds pkt-srcaddr, such as S3 or DYNAMODB. */
  PktSrcAwsService: "pkt-src-aws-service",
  /** AWS service whose range holds pkt-dstaddr, such as S3 or DYNAMODB. */
  PktDstAwsService: "pkt-dst-aws-service",
} as const;
export type TransitGatewayField = (typeof TransitGatewayField)[keyof typeof TransitGatewayField];

/** A saved query. */
export const SavedQueryName = {
  /** Which network interfaces carry the traffic? */
  BytesByInterface: "bytes-by-interface",
  /** Which interfaces send across zones, how much, and what does that cost? */
  CrossAzTraffic: "cross-az-traffic",
  /** Which ECS tasks had traffic, of which definition, where, and when first and last? */
  EcsTasks: "ecs-tasks",
  /** What did this address do, latest first? (With no address: what did anyone do?) */
  FlowsOfAddress: "flows-of-address",
  /** Which addresses outside get the most bytes from here, from whom, and what does that cost? (What a NAT gateway passes on counts for the host that sent it.) */
  InternetEgress: "internet-egress",
  /** How much do NAT gateways process for which AWS service, and what would a VPC endpoint save? (Without the endpoints' price by the hour.) */
  NatByAwsService: "nat-by-aws-service",
  /** Who sends through NAT gateways, to where, and what does the gateway's processing cost? */
  NatTraffic: "nat-traffic",
  /** Through which interfaces, of which VPC, subnet and type, does what is sent go next? */
  NextHops: "next-hops",
  /** How much goes to and comes from outside, by the names that networks have: countries, autonomous systems, partners? */
  OutsideByNetwork: "outside-by-network",
  /** Who talks to this instance, interface, subnet or address, about what, and when first and last? (With no target: to anyone.) */
  PeersOf: "peers-of",
  /** Which addresses send the most bytes, and to whom, each packet counted once? (A NAT gateway is shown too, with what it passes on.) */
  TopPairs: "top-pairs",
  /** Which addresses sent the most bytes, each packet counted once, and to how many others? (A NAT gateway is shown too, with what it passes on.) */
  TopTalkers: "top-talkers",
  /** How much goes from which of the named networks to which, each packet counted once? */
  TrafficBetweenNetworks: "traffic-between-networks",
  /** Which values of the Auto Scaling group tags carry the traffic, and how much each way? */
  TrafficByAsgTag: "traffic-by-asg-tag",
  /** Which AWS services do the workloads talk to, and how much goes each way, each packet counted once? */
  TrafficByAwsService: "traffic-by-aws-service",
  /** Which ECS services carry the traffic, how much each way, and in how many tasks? (A task outside a service has none.) */
  TrafficByEcsService: "traffic-by-ecs-service",
  /** Which values of the instance tags carry the traffic, and how much each way? */
  TrafficByInstanceTag: "traffic-by-instance-tag",
  /** Which instances carry the traffic, how much each way, and how much of it is rejected? */
  TrafficByInstance: "traffic-by-instance",
  /** Which values of the interface tags carry the traffic, and how much each way? */
  TrafficByInterfaceTag: "traffic-by-interface-tag",
  /** How much of the traffic is IPv4, IPv6 or EFA, each packet counted once? */
  TrafficByIpVersion: "traffic-by-ip-version",
  /** How much do interfaces carry in which Region, Availability Zone, Local Zone, Wavelength Zone or Outpost? */
  TrafficByPlace: "traffic-by-place",
  /** Which services carry the traffic, by the port that is not a client's, each packet counted once? */
  TrafficByPort: "traffic-by-port",
  /** What share of the traffic is TCP, UDP, ICMP, or something else, each packet counted once? */
  TrafficByProtocol: "traffic-by-protocol",
  /** Which subnets carry the traffic, and how much of it is rejected? */
  TrafficBySubnet: "traffic-by-subnet",
  /** How much was accepted and how much rejected in each of the latest days, each packet counted once? */
  TrafficPerDay: "traffic-per-day",
  /** How much was accepted and how much rejected in each of the latest hours, each packet counted once? */
  TrafficPerHour: "traffic-per-hour",
  /** How much traffic was there in each of the latest minutes, each packet counted once? */
  TrafficPerMinute: "traffic-per-minute",
  /** Which interfaces carried far more in an hour than in an average hour of the days before? */
  TrafficSpikes: "traffic-spikes",
  /** Between which VPCs does how much go through the transit gateways? */
  TransitGatewayPairs: "transit-gateway-pairs",
  /** Who connects to the same address outside again and again, little at a time and as if by the clock? */
  Beaconing: "beaconing",
  /** Who opens one short connection after another to log in (SSH and RDP, unless other ports are named), and did a longer one follow? */
  BruteForce: "brute-force",
  /** Who stays connected to the usual port of a mining pool outside? */
  CryptoMining: "crypto-mining",
  /** Who was turned away several times and then let in at the same port, as if someone had opened it? */
  DeniedThenAccepted: "denied-then-accepted",
  /** Which interfaces send far more to outside than on any of the days before, and to whom most? */
  Exfiltration: "exfiltration",
  /** Who knocks at the same port of many addresses, without an answer? */
  HorizontalScan: "horizontal-scan",
  /** Did anyone talk to an address of this list, or get called from one, and how much went each way? */
  ListedAddress: "listed-address",
  /** Which addresses of ours call others of ours on a port that they had not called in the days before? */
  NewTalkers: "new-talkers",
  /** Which ports do security groups and network ACLs turn away, and how many sources knock there? */
  RejectedByPort: "rejected-by-port",
  /** Which addresses are turned away most, at how many addresses and ports, and since when? */
  RejectedBySource: "rejected-by-source",
  /** Who from outside tries to log in to what (SSH and RDP, unless other ports are named), and does anyone get through? */
  RemoteAccessAttempts: "remote-access-attempts",
  /** On which ports does something answer that nothing had answered on in the days before, and to whom? */
  UnusualPorts: "unusual-ports",
  /** Who knocks at many ports of the same address, without an answer? */
  VerticalScan: "vertical-scan",
  /** How many hours after their flow do lines arrive? */
  DeliveryDelay: "delivery-delay",
  /** Which flows are in the lake more than once, as delivery is at least once? */
  DuplicateRows: "duplicate-rows",
  /** Which interfaces had windows without any traffic, and how many? */
  NodataInterfaces: "nodata-interfaces",
  /** Who calls what and gets no answer, or is answered without a call that was let through? (A route, network ACL or firewall in one direction, or a service that is down.) */
  OneWayConnections: "one-way-connections",
  /** How many rows and bytes of traffic arrived in each hour, and from how many interfaces? */
  RowsPerPartition: "rows-per-partition",
  /** Where and when did AWS lose records (SKIPDATA), so that counts are too low? */
  SkippedWindows: "skipped-windows",
  /** Which flows lost packets in a transit gateway, and why: no route, a blackhole, too large, or too many hops? */
  TransitGatewayLosses: "transit-gateway-losses",
  /** Which lines did not fit the format, and when did they arrive? */
  UnparsedLines: "unparsed-lines",
  /** What did VPC Block Public Access or encryption controls reject, rather than a security group? */
  BlockedByControls: "blocked-by-controls",
  /** How much of the traffic is encrypted, by whom, and which interfaces send in the clear? */
  EncryptionStatus: "encryption-status",
  /** Which ports here took connections from outside, and from how many addresses? */
  ExposedServices: "exposed-services",
  /** Who asks resolvers that are not in the list? (What goes to the VPC's own resolver is in no flow log.) */
  OtherResolvers: "other-resolvers",
  /** Which named networks talk to each other although nobody allowed that pair, each packet counted once? */
  OutsideAllowedPairs: "outside-allowed-pairs",
  /** Who still uses protocols that send passwords and data unencrypted, each packet counted once? */
  PlainTextProtocols: "plain-text-protocols",
  /** Which ports of which interface took connections, from how many addresses inside and outside, and when last? (A rule for another port, or for everybody where all callers are inside, is too wide.) */
  PortsUsed: "ports-used",
  /** Who uses a protocol that is not usual here, or a port of tunnels (IPsec, OpenVPN, L2TP, PPTP, VXLAN, GENEVE, WireGuard)? */
  UnusualProtocols: "unusual-protocols",
} as const;
export type SavedQueryName = (typeof SavedQueryName)[keyof typeof SavedQueryName];
