/**
 * Conversations of the made-up web shop (network.ts): their ends, frequency, volume and duration. One seeded random source
 * determines all of them.
 */
import * as shop from "./network";

export const MINUTE = 60;
export const TCP = 6;
const UDP = 17;
const ICMP = 1;
const ICMPV6 = 58;

/** Seeded random source (mulberry32), since Math.random takes no seed. */
export const createRandom = (seed: number) => {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const below = (n: number) => Math.floor(next() * n);
  return {
    next,
    below,
    pick: <T>(list: readonly T[]): T => list[below(list.length)],
    /** Returns a rank below n, low ones far more often: few hosts talk much, many little. */
    rank: (n: number) => Math.floor(n * next() ** 3),
    /** Returns a log-normal value around a median; the sum of three uniform numbers approximates a normal one. */
    around: (median: number, spread: number) =>
      median * Math.exp(spread * 2 * (next() + next() + next() - 1.5)),
    /** Returns the minutes of a conversation, at least 1. */
    minutes: (mean: number) => 1 + Math.floor(-Math.log(1 - next()) * (mean - 1)),
    /** Returns a client's port from Linux's range. */
    port: () => 32_768 + below(28_232),
    /** Returns a client's port after address translation. */
    translated: () => 1_024 + below(64_512),
  };
};
export type Random = ReturnType<typeof createRandom>;

/**
 * Volume of a window: median of the client's packets, bytes of each; server's packets for each of the client's, bytes
 * of each.
 */
type Size = [packets: number, each: number, replies: number, replyEach: number];

/** A conversation of two peers: one window of at most 60 s in each minute with traffic. */
export interface Conversation {
  legs: readonly shop.Leg[];
  protocol: number;
  /** The server's port. */
  port: number;
  size: Size;
  /** Spread of packets around their median; 0 if all messages are alike. */
  spread: number;
  action: "ACCEPT" | "REJECT";
  reason: string;
  /** Remaining windows. */
  left: number;
  /** Second of the minute at which its windows end. */
  second: number;
  /** Start of the last minute with traffic; -1 before the first. */
  heard: number;
}

const datagrams = (
  random: Random,
  protocol: number,
  port: number,
  legs: shop.Leg[],
  size: Size,
): Conversation => ({
  legs,
  protocol,
  port,
  size,
  spread: 0,
  action: "ACCEPT",
  reason: "-",
  left: 1,
  second: random.below(MINUTE),
  heard: -1,
});

/** A connection that lasts for the given minutes on average. */
const tcp = (random: Random, port: number, minutes: number, legs: shop.Leg[], size: Size): Conversation => ({
  ...datagrams(random, TCP, port, legs, size),
  spread: 0.8,
  left: random.minutes(minutes),
});

const straight = (random: Random, clients: readonly shop.Host[], servers: readonly shop.Peer[]) =>
  shop.direct(random.pick(clients), random.pick(servers), random.port());

const viaNat = (random: Random, clients: readonly shop.Host[], servers: readonly shop.Peer[]) =>
  shop.throughNat(random.pick(clients), random.pick(servers), random.port(), random.translated());

const visit = (random: Random) =>
  random.next() < 0.15
    ? shop.direct(
        shop.visitorIpv6(random.rank(20_000)),
        random.pick(shop.LOAD_BALANCERS_IPV6),
        random.translated(),
      )
    : shop.direct(shop.visitor(random.rank(65_536)), random.pick(shop.LOAD_BALANCERS), random.translated());

// Ports that scanners of the whole internet try, the most frequent first.
const KNOCKED_TCP = [23, 22, 3389, 445, 8080, 6379, 1433, 5900, 2375, 3306, 8443, 5432, 9200, 25];
const KNOCKED_UDP = [5060, 161, 123, 1900];

/** A SYN from the internet without an answer. */
const noise = (random: Random): Conversation => {
  const { host, action, reason } = random.pick(shop.EXPOSED);
  const legs = shop.direct(shop.scanner(random.rank(254)), host, random.translated());
  const udp = random.next() < 0.12;
  const port = udp ? random.pick(KNOCKED_UDP) : KNOCKED_TCP[random.rank(KNOCKED_TCP.length)];
  const each = udp ? 60 + random.below(380) : random.pick([40, 44, 60]);
  const size: Size = [1 + random.rank(4), each, 0, 0];
  return { ...datagrams(random, udp ? UDP : TCP, port, legs, size), action, reason };
};

/** Echoes and their replies. */
const ping = (random: Random, [leg]: shop.Leg[]): Conversation => {
  const protocol = shop.isIpv6(leg.client) ? ICMPV6 : ICMP;
  return datagrams(random, protocol, 0, [{ ...leg, port: 0 }], [1 + random.rank(60), 84, 1, 84]);
};

/** A kind of conversation. */
interface Kind {
  /** Relative frequency at full load. */
  weight: number;
  /** True if it is as frequent at night as by day. */
  steady?: true;
  open(random: Random): Conversation;
}

// biome-ignore format: a table, one kind a line
export const CONVERSATION_KINDS: readonly Kind[] = [
  // A visitor's page passes three tiers, so these carry similar amounts in fewer, longer connections.
  { weight: 26, open: (r) => tcp(r, 443, 1.3, visit(r), [14, 140, 1.3, 1050]) },
  { weight: 9, open: (r) => tcp(r, 80, 5, straight(r, shop.LOAD_BALANCERS, shop.WEB), [40, 140, 1.3, 1050]) },
  { weight: 8, open: (r) => tcp(r, 8080, 8, straight(r, shop.WEB, shop.APP), [30, 220, 1.1, 740]) },
  { weight: 6, open: (r) => tcp(r, 5432, 40, straight(r, shop.APP, shop.DATABASES), [45, 130, 1, 420]) },
  { weight: 5, open: (r) => tcp(r, 6379, 40, straight(r, shop.APP, shop.CACHES), [60, 90, 1, 260]) },
  { weight: 3, open: (r) => tcp(r, 443, 1.5, viaNat(r, shop.APP, shop.APIS), [11, 210, 1.1, 520]) },
  { weight: 1.2, open: (r) => tcp(r, 443, 1.5, viaNat(r, shop.APP, shop.S3), [60, 1100, 0.5, 64]) },
  { weight: 2, open: (r) => tcp(r, 443, 3, straight(r, shop.APP, shop.DYNAMODB), [12, 300, 1, 350]) },
  { weight: 0.5, steady: true, open: (r) => tcp(r, 5432, 6, straight(r, shop.BATCH, shop.DATABASES), [300, 70, 1.8, 1300]) },
  { weight: 0.4, steady: true, open: (r) => tcp(r, 443, 4, viaNat(r, shop.BATCH, shop.S3), [800, 1380, 0.5, 60]) },
  { weight: 1, steady: true, open: (r) => tcp(r, 443, 2, straight(r, shop.INSTANCES, shop.ENDPOINTS), [16, 520, 0.8, 120]) },
  { weight: 0.3, steady: true, open: (r) => datagrams(r, UDP, 123, viaNat(r, shop.INSTANCES, shop.TIME_SERVERS), [1, 76, 1, 76]) },
  { weight: 0.3, steady: true, open: (r) => ping(r, straight(r, [shop.BASTION], shop.INSTANCES)) },
  { weight: 0.3, open: (r) => ping(r, visit(r)) },
  { weight: 0.3, open: (r) => tcp(r, 22, 20, shop.direct(r.pick(shop.OFFICE), shop.BASTION, r.translated()), [70, 110, 0.9, 180]) },
  { weight: 0.2, open: (r) => tcp(r, 22, 15, straight(r, [shop.BASTION], shop.INSTANCES), [60, 110, 0.9, 180]) },
  { weight: 14, steady: true, open: noise },
];
