/**
 * Every field of VPC Flow Logs through version 11, said once.
 * The log format, the ETL's plan, the Glue columns, the row type and the docs are derived from this table.
 * Source: AWS, "Flow log records" (vpc/latest/userguide/flow-log-records.md).
 */

/** Type of a field in Parquet and in the table; `int` is 32 bits wide, `bigint` 64. */
export type FieldType = "int" | "bigint" | "string";

const field = <N extends string, T extends FieldType>(name: N, type: T, since: number, meaning: string) => ({
  /** AWS's name, as in a log format. */
  name,
  type,
  /** Version of the flow-log format that brought the field. */
  since,
  meaning,
});

// New fields go to the end of their version's block only while no release carries that version:
// a field's position fixes its wire key (see keyAt), which the ETL and the delivery stream share.
// biome-ignore format: a table, one field a line
const TABLE = [
  field("version", "int", 2, "Version of the record: 2 in the default format, else the highest version among the fields"),
  field("account-id", "string", 2, "Account that owns the source network interface; unknown for some interfaces that AWS made"),
  field("interface-id", "string", 2, "Network interface that saw the traffic; NULL on a regional NAT gateway"),
  field("srcaddr", "string", 2, "Source address as the interface sees it; an IPv4 address of its own is its primary private one"),
  field("dstaddr", "string", 2, "Destination address as the interface sees it; an IPv4 address of its own is its primary private one"),
  field("srcport", "int", 2, "Source port; 0 where the protocol has none"),
  field("dstport", "int", 2, "Destination port; 0 where the protocol has none"),
  field("protocol", "int", 2, "IANA protocol number: 6 TCP, 17 UDP, 1 ICMP, 58 ICMPv6"),
  field("packets", "bigint", 2, "Packets in the window"),
  field("bytes", "bigint", 2, "Bytes in the window"),
  field("start", "bigint", 2, "First packet of the window, epoch seconds; may lag the packet by 60 s"),
  field("end", "bigint", 2, "Last packet of the window, epoch seconds; may lag the packet by 60 s"),
  field("action", "string", 2, "ACCEPT, or REJECT by a security group or network ACL or after the connection closed"),
  field("log-status", "string", 2, "OK, NODATA (no traffic in the window) or SKIPDATA (records were lost to capacity or an error)"),
  field("vpc-id", "string", 3, "VPC of the interface"),
  field("subnet-id", "string", 3, "Subnet of the interface"),
  field("instance-id", "string", 3, "Instance of the interface if you own it; NULL for requester-managed interfaces"),
  field("tcp-flags", "int", 3, "TCP flags of the window OR-ed: FIN 1, SYN 2, RST 4, SYN-ACK 18; 0 for a lone ACK or PSH"),
  field("type", "string", 3, "Traffic type: IPv4, IPv6 or EFA"),
  field("pkt-srcaddr", "string", 3, "Source address in the packet; differs from srcaddr behind NAT and for pods"),
  field("pkt-dstaddr", "string", 3, "Destination address in the packet; differs from dstaddr behind NAT and for pods"),
  field("region", "string", 4, "Region of the interface"),
  field("az-id", "string", 4, "Availability Zone id of the interface; NULL in a sublocation"),
  field("sublocation-type", "string", 4, "wavelength, outpost or localzone; NULL outside one"),
  field("sublocation-id", "string", 4, "Id of the sublocation; NULL outside one"),
  field("pkt-src-aws-service", "string", 5, "AWS service whose range holds pkt-srcaddr, such as S3 or DYNAMODB"),
  field("pkt-dst-aws-service", "string", 5, "AWS service whose range holds pkt-dstaddr, such as S3 or DYNAMODB"),
  field("flow-direction", "string", 5, "ingress or egress, at the interface"),
  field("traffic-path", "int", 5, "Path that egress traffic takes, 1 to 8 (3 virtual private gateway, 8 internet gateway); NULL for ingress"),
  field("ecs-cluster-arn", "string", 7, "ARN of the ECS cluster; all ecs fields need the awsvpc network mode"),
  field("ecs-cluster-name", "string", 7, "Name of the ECS cluster"),
  field("ecs-container-instance-arn", "string", 7, "ARN of the ECS container instance; NULL on Fargate"),
  field("ecs-container-instance-id", "string", 7, "Id of the ECS container instance; NULL on Fargate"),
  field("ecs-container-id", "string", 7, "Runtime id of the task's first container"),
  field("ecs-second-container-id", "string", 7, "Runtime id of the task's second container"),
  field("ecs-service-name", "string", 7, "Name of the ECS service; NULL for a task outside a service"),
  field("ecs-task-definition-arn", "string", 7, "ARN of the ECS task definition"),
  field("ecs-task-arn", "string", 7, "ARN of the ECS task"),
  field("ecs-task-id", "string", 7, "Id of the ECS task"),
  field("reject-reason", "string", 8, "Why traffic was rejected: BPA (VPC Block Public Access) or EC (encryption controls)"),
  field("resource-id", "string", 9, "Id of the regional NAT gateway; NULL for other resources"),
  field("encryption-status", "int", 10, "0 none, 1 Nitro, 2 application, 3 both; NULL if encryption controls are off"),
  field("instance-tag", "string", 11, "Value of the instance tag that the flow log names, percent-encoded"),
  field("instance-tag-2", "string", 11, "Value of the second instance tag that the flow log names, percent-encoded"),
  field("interface-tag", "string", 11, "Value of the interface tag that the flow log names, percent-encoded"),
  field("interface-tag-2", "string", 11, "Value of the second interface tag that the flow log names, percent-encoded"),
  field("asg-tag", "string", 11, "Value of the Auto Scaling group tag that the flow log names, percent-encoded"),
  field("asg-tag-2", "string", 11, "Value of the second Auto Scaling group tag that the flow log names, percent-encoded"),
  field("interface-type", "string", 11, "nat_gateway, network_load_balancer, regional_nat_gateway, transit_gateway or vpc_endpoint; else NULL"),
  field("next-hop-interface-id", "string", 11, "Receiving interface of egress traffic, sending interface of ingress traffic"),
  field("next-hop-subnet-id", "string", 11, "Subnet of the next-hop interface"),
  field("next-hop-az-id", "string", 11, "Availability Zone id of the next-hop interface"),
  field("next-hop-vpc-id", "string", 11, "VPC of the next-hop interface"),
  field("next-hop-interface-type", "string", 11, "Type of the next-hop interface, as interface-type"),
] as const;

type Entry = (typeof TABLE)[number];
type Underscored<N extends string> = N extends `${infer Head}-${infer Tail}`
  ? `${Head}_${Underscored<Tail>}`
  : N;

/** Name of a flow-log field, as AWS writes it. */
export type FieldName = Entry["name"];
/** Name of a table column: the field's name with `_` for `-`. */
export type ColumnName = Underscored<FieldName>;

/** One flow-log field with what is derived from its place in the table. */
export interface Field {
  /** AWS's name: a FieldName, or that of a transit gateway's field. */
  name: string;
  type: FieldType;
  since: number;
  meaning: string;
  column: string;
  /** Key in the JSON that the ETL sends to Firehose: one or two lower-case letters. */
  key: string;
}

type Value<T extends FieldType> = T extends "string" ? string : T extends "int" ? number : number | bigint;
/** A parsed flow: a column that is NULL is absent. A line that did not fit is in `unparsed` alone. */
export type Row = { [E in Entry as Underscored<E["name"]>]?: Value<E["type"]> } & {
  [L in Label as L["column"]]?: string;
} & { unparsed?: string };

const letter = (n: number) => String.fromCharCode(97 + n);
/** Bijective base 26: a … z, then aa … zz. The fields of versions 2 to 4 have one letter. */
const keyAt = (n: number): string => (n < 26 ? letter(n) : keyAt(Math.floor(n / 26) - 1) + letter(n % 26));

/** Every field, in AWS's order. */
export const FIELDS: readonly Field[] = TABLE.map((entry, n) => ({
  ...entry,
  column: entry.name.replaceAll("-", "_"),
  key: keyAt(n),
}));

/** Field by AWS name. */
export const FIELD_BY_NAME: ReadonlyMap<string, Field> = new Map(FIELDS.map((f) => [f.name, f]));

/** Columns that the ETL adds where networks are named, each from the address in another column. */
export const LABELS = [
  {
    column: "src_network",
    key: "za",
    type: "string",
    of: "srcaddr",
    meaning: "Name of the network that srcaddr is in",
  },
  {
    column: "dst_network",
    key: "zb",
    type: "string",
    of: "dstaddr",
    meaning: "Name of the network that dstaddr is in",
  },
] as const;

export type Label = (typeof LABELS)[number];

/** Last column of every table: a line that did not fit its format, whole. */
export const UNPARSED = {
  column: "unparsed",
  key: "zz",
  type: "string",
  meaning: "The whole line, if it did not fit the format; every other column is then NULL",
} as const;

const upTo = (version: number): FieldName[] => TABLE.filter((f) => f.since <= version).map((f) => f.name);

/** Named sets of fields. */
export const PRESETS: Readonly<Record<string, readonly FieldName[]>> = {
  /** AWS's own default format, 14 fields. */
  default: upTo(2),
  /** The default and what the security queries need to tell instances, connections, NAT and direction apart. */
  recommended: [...upTo(3), "flow-direction", "traffic-path"],
  /** Every field through version 11. */
  all: upTo(11),
};
