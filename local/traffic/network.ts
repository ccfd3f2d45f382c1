/**
 * The made-up network that synthetic traffic flows through: a web shop in one VPC over three zones.
 * Every address outside the VPC is from a block reserved for documentation or benchmarks (RFC 5737, 3849, 2544).
 */
import { createHash } from "node:crypto";
import type { FieldName } from "../../schema/fields";

/** A network interface of the VPC, with its values in flow logs. */
export interface Interface {
  /** Availability Zone, from 0. */
  zone: number;
  tier: Tier;
  fields: Readonly<Partial<Record<FieldName, string>>>;
}

/** One end of a conversation. */
export interface Peer {
  address: string;
  /** AWS's name for the range of the address, such as S3; "-" outside AWS's ranges and inside the VPC. */
  service: string;
  /** Its interface, if it is in the VPC. */
  at?: Interface;
}

/** A peer in the VPC. */
export interface Host extends Peer {
  at: Interface;
}

/** One hop of a conversation, seen from the client. */
export interface Leg {
  client: Peer;
  server: Peer;
  /** The client's destination, if the server is a NAT gateway on the path. */
  beyond?: Peer;
  /** The client's port. */
  port: number;
}

const TIERS = ["public", "app", "data"] as const;
type Tier = (typeof TIERS)[number];

/** Properties in which a role's interfaces differ from others. */
interface Traits {
  /** True if AWS manages the interface, so that it has no instance of the shop's. */
  managed?: true;
  type?: string;
  group?: true;
  ecs?: true;
  /** Number of zones with such interfaces, up to three. */
  zones?: number;
}

const ACCOUNT = "123456789010";
const REGION = "us-east-1";
const VPC_IPV6 = "2001:db8:1234:1a";

const digest = (of: string, digits: number) => createHash("sha256").update(of).digest("hex").slice(0, digits);
/** Returns an id in EC2's form: the prefix, then 17 hexadecimal digits. */
const id = (prefix: string, of: string) => `${prefix}-0${digest(`${prefix} ${of}`, 16)}`;

const ecsFields = (name: string, role: string): Interface["fields"] => {
  const arn = (path: string) => `arn:aws:ecs:${REGION}:${ACCOUNT}:${path}`;
  const task = digest(`task ${name}`, 32);
  const container = digest(`container instance ${name}`, 32);
  return {
    "ecs-cluster-arn": arn("cluster/shop"),
    "ecs-cluster-name": "shop",
    "ecs-container-instance-arn": arn(`container-instance/shop/${container}`),
    "ecs-container-instance-id": container,
    "ecs-container-id": digest(`container ${name}`, 64),
    "ecs-second-container-id": digest(`sidecar ${name}`, 64),
    "ecs-service-name": role,
    "ecs-task-definition-arn": arn(`task-definition/${role}:42`),
    "ecs-task-arn": arn(`task/shop/${task}`),
    "ecs-task-id": task,
  };
};

const fieldsOf = (name: string, role: string, tier: Tier, zone: number, traits: Traits) => ({
  "account-id": ACCOUNT,
  "interface-id": id("eni", name),
  "vpc-id": id("vpc", "shop"),
  "subnet-id": id("subnet", `${tier} ${zone}`),
  region: REGION,
  "az-id": `use1-az${zone + 1}`,
  "interface-tag": role,
  "interface-tag-2": `${tier}%20tier`,
  "interface-type": traits.type ?? "-",
  ...(traits.managed
    ? {}
    : { "instance-id": id("i", name), "instance-tag": name, "instance-tag-2": "web%20shop" }),
  ...(traits.group ? { "asg-tag": `shop-${role}`, "asg-tag-2": "production" } : {}),
  ...(traits.ecs ? ecsFields(name, role) : {}),
});

const host = (role: string, tier: Tier, n: number, traits: Traits): Host => {
  const name = `${role}-${n + 1}`;
  const zone = n % (traits.zones ?? 3);
  // Each subnet is a /20. A host's name determines its address in it.
  const place = Number.parseInt(digest(`address ${name}`, 8), 16);
  const third = (TIERS.indexOf(tier) * 3 + zone) * 16 + (place % 16);
  return {
    address: `10.0.${third}.${4 + ((place >>> 4) % 250)}`,
    service: "-",
    at: { zone, tier, fields: fieldsOf(name, role, tier, zone, traits) },
  };
};

const fleet = (role: string, tier: Tier, count: number, traits: Traits = {}): readonly Host[] =>
  Array.from({ length: count }, (_, n) => host(role, tier, n, traits));

export const LOAD_BALANCERS = fleet("lb", "public", 4, { managed: true, zones: 2 });
/** The same interfaces under their IPv6 addresses. */
export const LOAD_BALANCERS_IPV6 = LOAD_BALANCERS.map((lb, n) => ({
  ...lb,
  address: `${VPC_IPV6}0${lb.at.zone}::${(0x4a10 + n * 0x2b7).toString(16)}`,
}));
/** One in each zone. */
export const NAT_GATEWAYS = fleet("nat", "public", 3, { managed: true, type: "nat_gateway" });
export const BASTION = host("bastion", "public", 0, {});
export const WEB = fleet("web", "app", 6, { group: true });
export const APP = fleet("app", "app", 9, { group: true, ecs: true });
export const BATCH = fleet("batch", "app", 3, { group: true });
export const DATABASES = fleet("db", "data", 3, { managed: true });
export const CACHES = fleet("cache", "data", 3, { managed: true });
/** Interface endpoints of the APIs that each instance's agents call. */
export const ENDPOINTS = fleet("endpoint", "app", 3, { managed: true, type: "vpc_endpoint" });
/** Interfaces without traffic. */
export const IDLE = [
  ...fleet("mount", "data", 3, { managed: true }),
  ...fleet("standby", "data", 3, { managed: true }),
];
/** Instances with public addresses and no services: only attacks (attacks/) have traffic with them. */
export const EDGE = fleet("edge", "public", 24);
export const INSTANCES = [...WEB, ...APP, ...BATCH];
export const INTERFACES = [LOAD_BALANCERS, NAT_GATEWAYS, [BASTION], INSTANCES, DATABASES, CACHES, ENDPOINTS]
  .flat()
  .map((h) => h.at);

/**
 * Interfaces with public addresses, and the action of an unsolicited packet. A security group rejects it. A NAT gateway has
 * no security group: flow logs have ACCEPT, and the gateway drops the packet. The third zone's public subnet has nothing
 * but its NAT gateway, so VPC Block Public Access closes it to traffic from outside.
 */
export const EXPOSED = [
  ...[...LOAD_BALANCERS, BASTION].map((host) => ({ host, action: "REJECT", reason: "-" }) as const),
  ...NAT_GATEWAYS.slice(0, 2).map((host) => ({ host, action: "ACCEPT", reason: "-" }) as const),
  { host: NAT_GATEWAYS[2], action: "REJECT", reason: "BPA" } as const,
];

/** Addresses that a sweep of the app's subnets tries: hosts, and unused addresses. */
export const ADDRESSES: readonly Peer[] = [
  ...INSTANCES,
  ...Array.from({ length: 150 }, (_, n) => ({
    address: `10.0.${48 + (n % 48)}.${4 + n}`,
    service: "-",
  })).filter(({ address }) => !INSTANCES.some((host) => host.address === address)),
];

const range = (start: string, count: number, service = "-"): readonly Peer[] =>
  Array.from({ length: count }, (_, n) => ({ address: `${start}${n * 7 + 10}`, service }));

export const S3 = range("198.19.0.", 12, "S3");
export const DYNAMODB = range("198.19.16.", 6, "DYNAMODB");
/** Other companies' APIs; some of them run on EC2 too. */
export const APIS = [...range("198.51.100.", 5), ...range("198.19.32.", 2, "EC2")];
export const TIME_SERVERS = range("198.51.100.1", 4);
/** Addresses of the operators' office. */
export const OFFICE = range("203.0.113.", 3);

// Multiplication by an odd number is a permutation, so that consecutive ranks have distant addresses.
const scattered = (rank: number) => Math.imul(rank + 211, 40503) & 0xffff;
const SALTS = [0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f, 0x165667b1, 0xd3a2646d];
const group = (rank: number, salt: number) => (0x1000 | (Math.imul(rank + 1, salt) >>> 16)).toString(16);

/** Returns a visitor by rank, below 65,536. */
export const visitor = (rank: number): Peer => {
  const n = scattered(rank);
  return { address: `198.18.${n >>> 8}.${1 + (n % 254)}`, service: "-" };
};
/** Returns a visitor with IPv6, by rank. */
export const visitorIpv6 = (rank: number): Peer => ({
  address: `2001:db8:${SALTS.map((salt) => group(rank, salt)).join(":")}`,
  service: "-",
});
/** Returns a source of background noise, by rank. */
export const scanner = (rank: number): Peer => ({
  address: `192.0.2.${1 + (scattered(rank) % 254)}`,
  service: "-",
});

export const isIpv6 = (peer: Peer) => peer.address.includes(":");

export const isInside = ({ address }: Pick<Peer, "address">) =>
  address.startsWith("10.0.") || address.startsWith(VPC_IPV6);

/** Returns the same peer with an IPv6 address, derived from its IPv4 address. */
export const overIpv6 = <P extends Peer>(peer: P): P => {
  const [a, b, c, d] = peer.address.split(".").map(Number);
  const last = [a * 256 + b, c * 256 + d].map((group) => group.toString(16)).join(":");
  const net = isInside(peer) ? `${VPC_IPV6}0${peer.at?.zone ?? 0}` : "2001:db8:4:6";
  return { ...peer, address: `${net}::${last}` };
};

/** Returns the direct path between two peers. */
export const direct = (client: Peer, server: Peer, port: number): Leg[] => [{ client, server, port }];

/**
 * Returns the path to the outside through the NAT gateway of the host's zone, with the gateway's own address and port.
 */
export const throughNat = (client: Host, server: Peer, port: number, natPort: number): Leg[] => {
  const nat = NAT_GATEWAYS[client.at.zone];
  return [
    { client, server: nat, beyond: server, port },
    { client: nat, server, port: natPort },
  ];
};
