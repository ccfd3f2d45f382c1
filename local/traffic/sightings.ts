/**
 * The conversations of the made-up network (network.ts) as its interfaces see them, and the line of a flow log
 * that each sighting becomes.
 */
import type { FieldName } from "../../schema/fields";
import type { Layout } from "../../schema/layout";
import { type Conversation, TCP } from "./conversations";
import * as shop from "./network";

/** An interface's window without a record: it was idle, or records were lost. */
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

/** A line's view of a conversation. */
export type Talk = Pick<Conversation, "legs" | "protocol" | "port" | "action" | "reason">;

/** One way over one leg, as the interface at one end sees it. */
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

/** Each leg is seen at both ends, where they are in the VPC, so a NAT gateway sees a conversation twice. */
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

/** The packet's address at the server's end. The client's interface sees nobody else; a NAT gateway's sees itself. */
const far = ({ leg }: Flow) => leg.beyond ?? leg.server;
const seenServer = (f: Flow) => (f.way.forward === f.egress ? far(f) : f.leg.server);
const src = (f: Flow) => (f.way.forward ? f.leg.client : seenServer(f));
const dst = (f: Flow) => (f.way.forward ? seenServer(f) : f.leg.client);
const pktSrc = (f: Flow) => (f.way.forward ? f.leg.client : far(f));
const pktDst = (f: Flow) => (f.way.forward ? far(f) : f.leg.client);
const other = (f: Flow) => (f.way.forward === f.egress ? f.leg.server : f.leg.client);
/** The interface at the other end, if that is in the VPC. */
const hop = (f: Flow) => other(f).at;

const ofHop =
  (name: FieldName): Cell =>
  (f) =>
    hop(f)?.fields[name] ?? "-";

/** 1: Nitro encrypts between the VPC's own interfaces; 2: so does the application at an AWS API; 3: both. */
const encryption: Cell = (f) => {
  const api = far(f).service !== "-" || f.leg.server.at?.fields["interface-type"] === "vpc_endpoint";
  return (hop(f) ? 1 : 0) + (f.talk.port === 443 && api ? 2 : 0);
};

/** 1: through the VPC; 8: an internet gateway, for IPv6 from anywhere; 7: a gateway endpoint, the only other way out of a private subnet. */
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
  // Block Public Access counts packets but not their bytes.
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

/** Fields that a line has even if its interface logged no traffic. */
const ALWAYS = new Set<FieldName>([
  ...(["version", "account-id", "interface-id", "start", "end", "log-status"] as const),
  ...(["vpc-id", "subnet-id", "instance-id", "region", "az-id"] as const),
]);

/** Turns an entry into a line of the layout. What is neither in a table above nor the interface's is "-". */
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
