/** Parts of every attack: when and where it happens, the lines that it leaves, and the truth about it. */
import { type Random, TCP } from "../conversations";
import * as shop from "../network";
import { type Flow, sightings, type Way } from "../sightings";

/** Pace of an attack. Stealthy ones are about as small as the queries' thresholds, or smaller. */
export type Pace = "fast" | "slow" | "stealthy";

/** The truth about a planted attack, to compare answers with. */
export interface Truth {
  attack: string;
  /** Its pace; or a mark for harmless traffic. */
  pace: Pace | "harmless";
  /** The saved query that should find it, or that could take harmless traffic for an attack. */
  query: string;
  /** Other saved queries for which it counts as a hit too. */
  also: string[];
  source: string;
  targets: string[];
  ports: number[];
  /** Interface of the source, if that is in the VPC. */
  interface?: string;
  /** The NAT gateway on its path, whose interface logs it too. */
  via?: string;
  /** Epoch seconds of the first and of the last packet. */
  from: number;
  to: number;
  /** Bytes that the source sent, counted once, however many interfaces logged them. */
  packets: number;
  bytes: number;
  /** Number of its lines in the log. */
  lines: number;
}

export interface Attack {
  truth: Truth;
  /** Its flows, ordered by their end. */
  flows: Flow[];
}

type Sent = readonly [packets: number, bytes: number, flags: number];

/** One window of a connection of an attack: the client's packets, and the server's, if it answers. */
export interface Exchange {
  legs: readonly shop.Leg[];
  port: number;
  protocol?: number;
  rejected?: true;
  start: number;
  seconds: number;
  sent: Sent;
  got?: Sent;
}

/** A day for attacks, with the possible attackers and targets. */
export interface Stage {
  random: Random;
  /** Start of the day, in epoch seconds. Attacks end within the day. */
  from: number;
  /** Number of days, of which this is the last. */
  days: number;
  /** Returns an attacking address outside, another one at each call. */
  attacker(): shop.Peer;
  /** Returns a called address outside, another one at each call. */
  haven(): shop.Peer;
  /** Returns a captured host of the shop, another one at each call until none is left. */
  captive(): shop.Host;
}

/** SYN with FIN or RST: a connection that begins and ends in one window. */
export const CLOSED = 3;
export const RESET = 6;
export const SYN = 2;
export const SYN_ACK = 18;

const way = (forward: boolean, [packets, bytes, flags]: Sent): Way => ({ forward, packets, bytes, flags });

/** Action of a rejected packet: REJECT at the receiver, whose security group refuses it, and ACCEPT at the sender. */
const flowsOf = ({ legs, port, protocol = TCP, rejected, start, seconds, sent, got }: Exchange): Flow[] => {
  const talk = { legs, port, protocol, action: "ACCEPT", reason: "-" } as const;
  const ways = got ? [way(true, sent), way(false, got)] : [way(true, sent)];
  const flows = sightings(talk, ways, start, start + seconds);
  if (!rejected) return flows;
  const refused = { ...talk, action: "REJECT" } as const;
  return flows.map((flow) => (flow.egress ? flow : { ...flow, talk: refused }));
};

/** Parts of the truth that the function of an attack states. */
export type Told = Pick<Truth, "attack" | "pace" | "query"> & { also?: string[] };

const distinct = <T>(values: T[]): T[] => [...new Set(values)];
const sum = (values: number[]) => values.reduce((all, value) => all + value, 0);

/** Returns the attack with these exchanges. All come from the same host. */
export const attackOf = ({ also = [], ...told }: Told, exchanges: Exchange[]): Attack => {
  const flows = exchanges.flatMap(flowsOf).sort((a, b) => a.end - b.end);
  const [first] = exchanges[0].legs;
  const id = first.client.at?.fields["interface-id"];
  const truth: Truth = {
    ...told,
    also,
    source: first.client.address,
    targets: distinct(exchanges.map(({ legs }) => (legs[0].beyond ?? legs[0].server).address)),
    ports: distinct(exchanges.map(({ port }) => port)),
    ...(id ? { interface: id } : {}),
    ...(first.beyond ? { via: first.server.address } : {}),
    from: exchanges.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY),
    to: flows[flows.length - 1].end,
    packets: sum(exchanges.map(({ sent }) => sent[0])),
    bytes: sum(exchanges.map(({ sent }) => sent[1])),
    lines: flows.length,
  };
  return { truth, flows };
};

/** Returns a random whole number from `least` to `most`. */
export const between = (random: Random, least: number, most: number) =>
  least + random.below(most - least + 1);

/** Returns so many random moments of the day, in order, within so many hours. */
export const moments = ({ random, from }: Stage, count: number, hours: number): number[] => {
  const span = Math.floor(hours * 3600);
  const first = from + 600 + random.below(Math.max(1, 86_400 - 4_800 - span));
  return Array.from({ length: count }, () => first + random.below(span)).sort((a, b) => a - b);
};

/** Returns the path from one of the shop's hosts: direct to another, otherwise through its NAT gateway. */
export const route = (random: Random, client: shop.Peer, server: shop.Peer, port = random.port()) =>
  client.at && !server.at && !shop.isInside(server)
    ? shop.throughNat(client as shop.Host, server, port, random.translated())
    : shop.direct(client, server, port);
