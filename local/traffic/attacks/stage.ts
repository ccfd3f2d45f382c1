/** Parts of every attack: when and where it happens, the lines that it leaves, and the truth about it. */
import { type Random, TCP } from "../conversations";
import * as shop from "../network";
import { type Flow, sightings, type Way } from "../sightings";

/** How hard an attack is to see: the stealthy ones are about as small as the queries look for, or smaller. */
export type Pace = "fast" | "slow" | "stealthy";

/** A planted attack as it was, to compare answers with. */
export interface Truth {
  attack: string;
  /** How hard it is to see; or that it is no attack. */
  pace: Pace | "harmless";
  /** The saved query that should find it, or that might take it for an attack. */
  query: string;
  /** Saved queries that may rightly show it too. */
  also: string[];
  source: string;
  targets: string[];
  ports: number[];
  /** The source's interface, if it is in the VPC. */
  interface?: string;
  /** The NAT gateway that it went through: the gateway's interface logs it once more. */
  via?: string;
  /** Epoch seconds of the first and of the last packet. */
  from: number;
  to: number;
  /** Bytes that the source sent, counted once however many interfaces saw them. */
  packets: number;
  bytes: number;
  /** Lines of the log that show it. */
  lines: number;
}

export interface Attack {
  truth: Truth;
  /** By their end. */
  flows: Flow[];
}

type Sent = readonly [packets: number, bytes: number, flags: number];

/** One window of one connection of an attack: what the client sent, and what came back, if anything. */
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

/** A day for attacks, and who may attack whom. */
export interface Stage {
  random: Random;
  /** Attacks begin after it and are over a day later. */
  from: number;
  /** How many days there are, this one the last. */
  days: number;
  /** An address outside that attacks, another each time. */
  attacker(): shop.Peer;
  /** An address outside that is called, another each time. */
  haven(): shop.Peer;
  /** A host of ours that somebody else controls, another each time while there are some. */
  captive(): shop.Host;
}

/** SYN with FIN or RST: a connection that begins and ends in one window. */
export const CLOSED = 3;
export const RESET = 6;
export const SYN = 2;
export const SYN_ACK = 18;

const way = (forward: boolean, [packets, bytes, flags]: Sent): Way => ({ forward, packets, bytes, flags });

/** A security group rejects what comes in; to the interface that sent it, it was accepted. */
const flowsOf = ({ legs, port, protocol = TCP, rejected, start, seconds, sent, got }: Exchange): Flow[] => {
  const talk = { legs, port, protocol, action: "ACCEPT", reason: "-" } as const;
  const ways = got ? [way(true, sent), way(false, got)] : [way(true, sent)];
  const flows = sightings(talk, ways, start, start + seconds);
  if (!rejected) return flows;
  const refused = { ...talk, action: "REJECT" } as const;
  return flows.map((flow) => (flow.egress ? flow : { ...flow, talk: refused }));
};

/** The parts of the truth that an attack's maker states. */
export type Told = Pick<Truth, "attack" | "pace" | "query"> & { also?: string[] };

const distinct = <T>(values: T[]): T[] => [...new Set(values)];
const sum = (values: number[]) => values.reduce((all, value) => all + value, 0);

/** The attack that these exchanges are. All come from the same host. */
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

/** A whole number from `least` to `most`. */
export const between = (random: Random, least: number, most: number) =>
  least + random.below(most - least + 1);

/** This many moments of the stage's day, in order, somewhere within so many hours of each other. */
export const moments = ({ random, from }: Stage, count: number, hours: number): number[] => {
  const span = Math.floor(hours * 3600);
  const first = from + 600 + random.below(Math.max(1, 86_400 - 4_800 - span));
  return Array.from({ length: count }, () => first + random.below(span)).sort((a, b) => a - b);
};

/** From a host of ours: straight to another of ours, else through its NAT gateway. */
export const route = (random: Random, client: shop.Peer, server: shop.Peer, port = random.port()) =>
  client.at && !server.at && !shop.isInside(server)
    ? shop.throughNat(client as shop.Host, server, port, random.translated())
    : shop.direct(client, server, port);
