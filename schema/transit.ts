/**
 * Fields of a transit gateway's flow log: those that only it has, and those that
 * it shares with a VPC's. Source: AWS, "Transit Gateway Flow Log records" (vpc/latest/tgw/tgw-flow-logs.html).
 */
import { FIELD_BY_NAME, type Field, type FieldType } from "./fields";

// A field's position fixes its wire key: new ones go to the end.
// biome-ignore format: a table, one field a line
const OWN: [name: string, type: FieldType, meaning: string][] = [
  ["resource-type", "string", "Type of the resource that was logged: TransitGateway or TransitGatewayAttachment"],
  ["tgw-id", "string", "Transit gateway"],
  ["tgw-attachment-id", "string", "Attachment through which the traffic came"],
  ["tgw-src-vpc-account-id", "string", "Account of the source VPC; NULL if the source is no VPC"],
  ["tgw-dst-vpc-account-id", "string", "Account of the destination VPC; NULL if the destination is no VPC"],
  ["tgw-src-vpc-id", "string", "Source VPC"],
  ["tgw-dst-vpc-id", "string", "Destination VPC"],
  ["tgw-src-subnet-id", "string", "Subnet of the attachment that the traffic came through"],
  ["tgw-dst-subnet-id", "string", "Subnet of the attachment that the traffic left through"],
  ["tgw-src-eni", "string", "Network interface of the source attachment"],
  ["tgw-dst-eni", "string", "Network interface of the destination attachment"],
  ["tgw-src-az-id", "string", "Availability Zone id of the source attachment's interface"],
  ["tgw-dst-az-id", "string", "Availability Zone id of the destination attachment's interface"],
  ["tgw-pair-attachment-id", "string", "The other attachment of the flow: where it went to, or came from"],
  ["packets-lost-no-route", "bigint", "Packets lost because no route was there"],
  ["packets-lost-blackhole", "bigint", "Packets lost in a blackhole route"],
  ["packets-lost-mtu-exceeded", "bigint", "Packets lost because they were larger than the MTU"],
  ["packets-lost-ttl-expired", "bigint", "Packets lost because their time to live ran out"],
];

const letter = (n: number) => String.fromCharCode(97 + n);

const OWN_FIELDS: Field[] = OWN.map(([name, type, meaning], n) => ({
  name,
  type,
  since: 6,
  meaning,
  column: name.replaceAll("-", "_"),
  key: `t${letter(n)}`,
}));

const shared = (...names: string[]) => names.map((name) => FIELD_BY_NAME.get(name) as Field);
const own = (from: number, to: number) => OWN_FIELDS.slice(from, to);

/** Every field of a transit gateway's flow log, in AWS's order, which is also AWS's default format. */
export const TRANSIT_FIELDS: readonly Field[] = [
  ...shared("version"),
  ...own(0, 1),
  ...shared("account-id"),
  ...own(1, 14),
  ...shared("srcaddr", "dstaddr", "srcport", "dstport", "protocol", "packets", "bytes", "start", "end"),
  ...shared("log-status", "type"),
  ...own(14, 18),
  ...shared("tcp-flags", "region", "flow-direction", "pkt-src-aws-service", "pkt-dst-aws-service"),
];

/** Field of a transit gateway's flow log by AWS name. */
export const TRANSIT_FIELD_BY_NAME: ReadonlyMap<string, Field> = new Map(
  TRANSIT_FIELDS.map((f) => [f.name, f]),
);
