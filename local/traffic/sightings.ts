/**
 * Turns conversations of the made-up network (network.ts) into the entries of each interface on their path, and those into
 * lines of flow logs.
 */
import type { FieldName } from "../../schema/fields";
import type { Layout } from "../../schema/layout";
import { type Conversation, TCP } from "./conversations";
import * as shop from "./network";

/** A window of an interface without traffic: NODATA if it was idle, SKIPDATA if records were lost. */
export interface Silence {
  at: shop.Interface;
  start: number;
  end: number;
  status: "NODATA" | "SKIPDATA";
}

/** One direction of a conversation in one window. */
export interface Way {
  /** From the client to the server. */
  forward: boolean;
  packets: number;
  bytes: number;
  flags: number;
}

/** One direction of a conversation at one interface. */
export type Talk = Pick<Conversation, "legs" | "protocol" | "port" | "action" | "reason">;

/** Returns one direction over one hop, seen by the interface at one end. */
export interface Flow {
  at: shop.Interface;
  talk: Talk;
  leg: shop.Leg;
  way: Way;
  egress: boolean;
  start: number;
  end: number;
  status: "OK";
}
export type Entry = Flow | Silence;

/**
 * Returns the sightings of a conversation. Both ends of a hop see it if they are in the VPC, so a NAT gateway sees it
 * twice.
 */
export const sightings = (talk: Talk, ways: readonly Way[], start: number, end: number): Flow[] => {
  const flows: Flow[] = [];
  for (const leg of talk.legs) {
    for (const way of ways) {
      for (const egress of [true, false]) {
        const { at } = way.forward === egress ? leg.client : leg.server;
        if (at) flows.push({ at, talk, leg, way, egress, start, end, status: "OK" });
      }
    }
  }
  return flows;
};

type Cell = (flow: Flow) => string | number;
type CellOfAny = (entry: Entry) => string | number;

/** Returns the packet-level address of the server's end. */
const far = ({ leg }: Flow) => leg.beyond ?? leg.server;
const seenServer = (f: Flow) => (f.way.forward === f.egress ? far(f) : f.leg.server);
const src = (f: Flow) => (f.way.forward ? f.leg.client : seenServer(f));
const dst = (f: Flow) => (f.way.forward ? seenServer(f) : f.leg.client);
const pktSrc = (f: Flow) => (f.way.forward ? f.leg.client : far(f));
const pktDst = (f: Flow) => (f.way.forward ? far(f) : f.leg.client);
const other = (f: Flow) => (f.way.forward === f.egress ? f.leg.server : f.leg.client);
/** Returns the interface at the other end, if that is in the VPC. */
const hop = (f: Flow) => other(f).at;

const ofHop =
  (name: FieldName): Cell =>
  (f) =>
    hop(f)?.fields[name] ?? "-";

/**
 * `encryption_status`: 1 for Nitro's encryption between interfaces of the VPC, 2 for the application's with an AWS API,
 * 3 for both.
 */
const encryption: Cell = (f) => {
  const api = far(f).service !== "-" || f.leg.server.at?.fields["interface-type"] === "vpc_endpoint";
  return (hop(f) ? 1 : 0) + (f.talk.port === 443 && api ? 2 : 0);
};

/**
 * `traffic_path`: 1 inside the VPC, 8 an internet gateway, also for IPv6, 7 a gateway endpoint, the only other path out
 * of a private subnet.
 */
const path: Cell = (f) => {
  if (!f.egress) return "-";
  if (shop.isInside(other(f))) return 1;
  return f.at.tier === "public" || shop.isIpv6(other(f)) ? 8 : 7;
};

const OF_TRAFFIC: Partial<Record<FieldName, Cell>> = {
  srcaddr: (f) => src(f).address,
  dstaddr: (f) => dst(f).address,
  srcport: (f) => (f.way.forward ? f.leg.port : f.talk.port),
  dstport: (f) => (f.way.forward ? f.talk.port : f.leg.port),
  protocol: (f) => f.talk.protocol,
  packets: (f) => f.way.packets,
  // Flow logs of VPC Block Public Access have packets but no bytes.
  bytes: (f) => (f.talk.reason === "BPA" ? "-" : f.way.bytes),
  action: (f) => f.talk.action,
  "tcp-flags": (f) => (f.talk.protocol === TCP ? f.way.flags : "-"),
  type: (f) => (shop.isIpv6(f.leg.client) ? "IPv6" : "IPv4"),
  "pkt-srcaddr": (f) => pktSrc(f).address,
  "pkt-dstaddr": (f) => pktDst(f).address,
  "pkt-src-aws-service": (f) => pktSrc(f).service,
  "pkt-dst-aws-service": (f) => pktDst(f).service,
  "flow-direction": (f) => (f.egress ? "egress" : "ingress"),
  "traffic-path": path,
  "reject-reason": (f) => f.talk.reason,
  "encryption-status": encryption,
  "next-hop-interface-id": ofHop("interface-id"),
  "next-hop-subnet-id": ofHop("subnet-id"),
  "next-hop-az-id": ofHop("az-id"),
  "next-hop-vpc-id": ofHop("vpc-id"),
  "next-hop-interface-type": ofHop("interface-type"),
};

const OF_ANY: Partial<Record<FieldName, CellOfAny>> = {
  start: (f) => f.start,
  end: (f) => f.end,
  "log-status": (f) => f.status,
};

/** Fields with a value even in NODATA and SKIPDATA lines. */
const ALWAYS = new Set<FieldName>([
  ...(["version", "account-id", "interface-id", "start", "end", "log-status"] as const),
  ...(["vpc-id", "subnet-id", "instance-id", "region", "az-id"] as const),
]);

/** Turns an entry into a line of the layout. Fields without a value in the tables above or in the interface are "-". */
export const renderer = (layout: Layout) => {
  const version = Math.max(...layout.fields.map((f) => f.since));
  const ofAny = (name: string): CellOfAny =>
    name === "version"
      ? () => version
      : (OF_ANY[name as FieldName] ?? ((f) => f.at.fields[name as FieldName] ?? "-"));
  const cells = layout.fields.map(({ name }): Cell => OF_TRAFFIC[name as FieldName] ?? ofAny(name));
  const silent = layout.fields.map(({ name }) => (ALWAYS.has(name as FieldName) ? ofAny(name) : () => "-"));
  return (entry: Entry): string => {
    let line = "";
    if (entry.status === "OK") for (const cell of cells) line += ` ${cell(entry)}`;
    else for (const cell of silent) line += ` ${cell(entry)}`;
    return line.slice(1);
  };
};
