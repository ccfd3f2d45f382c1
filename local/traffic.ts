/**
 * Synthetic VPC flow logs: what the interfaces of a made-up web shop (network.ts) would log, day and night.
 * The same options give the same lines on every machine, and memory does not grow with their number.
 */
import type { FieldName } from "../schema/fields";
import type { Layout } from "../schema/layout";
import * as shop from "./network";

export interface TrafficOptions {
  lines: number;
  seed: number;
  /** Midnight UTC of the first day, epoch seconds. */
  from: number;
  /** Days that the lines span. */
  days: number;
  layout: Layout;
}

const MINUTE = 60;
const DAY = 86_400;
const TCP = 6;
const UDP = 17;
const ICMP = 1;
const ICMPV6 = 58;

// ── Chance ──────────────────────────────────────────────────────────────────────────────────────────────

/** A seeded source of chance (mulberry32); Math.random takes no seed. */
const createRandom = (seed: number) => {
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
    /** A rank below n, the low ones far more often: few talk much, many little. */
    rank: (n: number) => Math.floor(n * next() ** 3),
    /** Log-normal around a median; three uniform numbers stand in for a normal one. */
    around: (median: number, spread: number) =>
      median * Math.exp(spread * 2 * (next() + next() + next() - 1.5)),
    /** How many minutes a conversation lasts, 1 or more. */
    minutes: (mean: number) => 1 + Math.floor(-Math.log(1 - next()) * (mean - 1)),
    /** A client's port as Linux picks it. */
    port: () => 32_768 + below(28_232),
    /** A client's port after address translation. */
    translated: () => 1_024 + below(64_512),
  };
};
type Random = ReturnType<typeof createRandom>;

// ── Conversations ───────────────────────────────────────────────────────────────────────────────────────

/** In a window: median of the client's packets, bytes of each; server's packets for one of them, bytes of each. */
type Size = [packets: number, each: number, replies: number, replyEach: number];

/** Peers talking: one window of at most 60 s in each minute in which they are heard. */
interface Conversation {
  legs: readonly shop.Leg[];
  protocol: number;
  /** The server's port. */
  port: number;
  size: Size;
  /** How far packets spread around their median; 0 where all messages are alike. */
  spread: number;
  action: "ACCEPT" | "REJECT";
  reason: string;
  /** Windows still to come. */
  left: number;
  /** Second of the minute at which its windows end. */
  second: number;
  /** Start of the minute it was last heard in; -1 before the first. */
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

// What scanners of the whole internet knock at, most wanted first.
const KNOCKED_TCP = [23, 22, 3389, 445, 8080, 6379, 1433, 5900, 2375, 3306, 8443, 5432, 9200, 25];
const KNOCKED_UDP = [5060, 161, 123, 1900];

/** A knock from the internet that nobody answers. */
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
  /** How often it is drawn at full load, relative to the others. */
  weight: number;
  /** Goes on at night as by day. */
  steady?: true;
  open(random: Random): Conversation;
}

// biome-ignore format: a table, one kind a line
const KINDS: readonly Kind[] = [
  // A visitor's page goes through three tiers, so the three move like amounts in fewer, longer connections.
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

// ── What the interfaces see ─────────────────────────────────────────────────────────────────────────────

/** An interface's window without a record: it was idle, or records were lost. */
interface Silence {
  at: shop.Interface;
  start: number;
  end: number;
  status: "NODATA" | "SKIPDATA";
}

/** One direction of a conversation in one window. */
interface Way {
  /** From the client to the server. */
  forward: boolean;
  packets: number;
  bytes: number;
  flags: number;
}

/** One way over one leg, as the interface at one end sees it. */
interface Flow {
  at: shop.Interface;
  talk: Conversation;
  leg: shop.Leg;
  way: Way;
  egress: boolean;
  start: number;
  end: number;
  status: "OK";
}
type Entry = Flow | Silence;

/** Each leg is seen at both ends, where they are in the VPC, so a NAT gateway sees a conversation twice. */
const sightings = (talk: Conversation, ways: readonly Way[], start: number, end: number): Flow[] => {
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

/** Both ways of a conversation's next window. Flags are OR-ed over the window; an ACK shows only beside a SYN. */
const waysOf = (random: Random, { legs, size, spread, left, heard }: Conversation): Way[] => {
  const [median, each, ratio, replyEach] = size;
  const opens = heard < 0;
  const closes = left === 1 && ratio > 0;
  const reset = closes && random.next() < 0.06;
  // A connection that opens and closes has four packets at the least.
  const least = opens && closes && spread > 0 ? 4 : 1;
  const packets = Math.max(least, Math.round(random.around(median, spread)));
  const replies = Math.max(least, Math.round(packets * ratio));
  const header = shop.isIpv6(legs[0].client) ? 20 : 0;
  const bytes = (count: number, mean: number) =>
    Math.round(count * Math.min(1500, header + mean * (1 + 0.4 * spread * (random.next() - 0.5))));
  const sent = {
    forward: true,
    packets,
    bytes: bytes(packets, each),
    flags: (opens ? 2 : 0) | (reset ? 4 : closes ? 1 : 0),
  };
  if (ratio === 0) return [sent];
  const flags = (opens ? 18 : 0) | (closes && !reset ? 1 : 0);
  return [sent, { forward: false, packets: replies, bytes: bytes(replies, replyEach), flags }];
};

/** What every interface on the way logs of the conversation's next window. */
const hear = (random: Random, talk: Conversation, minute: number, from: number): Flow[] => {
  const opens = talk.heard < 0;
  const length = !opens ? 50 + random.below(10) : talk.left === 1 ? random.rank(45) : random.below(MINUTE);
  const end = minute + talk.second;
  const ways = waysOf(random, talk);
  talk.heard = minute;
  talk.left -= 1;
  return sightings(talk, ways, Math.max(from, end - length), end);
};

// ── Lines ───────────────────────────────────────────────────────────────────────────────────────────────

type Cell = (flow: Flow) => string | number;
type CellOfAny = (entry: Entry) => string | number;

/** Who the packet says is at the server's end. The client's interface sees nobody else; a NAT gateway's sees itself. */
const far = ({ leg }: Flow) => leg.beyond ?? leg.server;
const seenServer = (f: Flow) => (f.way.forward === f.egress ? far(f) : f.leg.server);
const src = (f: Flow) => (f.way.forward ? f.leg.client : seenServer(f));
const dst = (f: Flow) => (f.way.forward ? seenServer(f) : f.leg.client);
const pktSrc = (f: Flow) => (f.way.forward ? f.leg.client : far(f));
const pktDst = (f: Flow) => (f.way.forward ? far(f) : f.leg.client);
/** The interface at the other end, if that is in the VPC. */
const hop = (f: Flow) => (f.way.forward === f.egress ? f.leg.server : f.leg.client).at;

const ofHop =
  (name: FieldName): Cell =>
  (f) =>
    hop(f)?.fields[name] ?? "-";

/** 1: Nitro encrypts between the VPC's own interfaces; 2: so does the application at an AWS API; 3: both. */
const encryption: Cell = (f) => {
  const api = far(f).service !== "-" || f.leg.server.at?.fields["interface-type"] === "vpc_endpoint";
  return (hop(f) ? 1 : 0) + (f.talk.port === 443 && api ? 2 : 0);
};

/** 1: through the VPC; 8: its internet gateway; 7: a gateway endpoint, the only other way out of a private subnet. */
const path: Cell = (f) => (!f.egress ? "-" : hop(f) ? 1 : f.at.tier === "public" ? 8 : 7);

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
const renderer = (layout: Layout) => {
  const version = Math.max(...layout.fields.map((f) => f.since));
  const ofAny = (name: FieldName): CellOfAny =>
    name === "version" ? () => version : (OF_ANY[name] ?? ((f) => f.at.fields[name] ?? "-"));
  const cells = layout.fields.map(({ name }): Cell => OF_TRAFFIC[name] ?? ofAny(name));
  const silent = layout.fields.map(({ name }) => (ALWAYS.has(name) ? ofAny(name) : () => "-"));
  return (entry: Entry): string => {
    let line = "";
    if (entry.status === "OK") for (const cell of cells) line += ` ${cell(entry)}`;
    else for (const cell of silent) line += ` ${cell(entry)}`;
    return line.slice(1);
  };
};

// ── Time ────────────────────────────────────────────────────────────────────────────────────────────────

interface Minute {
  /** Its first second. */
  start: number;
  /** About 0.1 at night to 1 at noon: how often visitors come, and how many lines there are. */
  load: number;
  /** Share of all lines that are out when it ends; 1 in the last. */
  share: number;
}

/** Quietest at 03:00 UTC, busiest at 15:00, calmer at weekends. */
const loadAt = (time: number): number => {
  const hour = (time % DAY) / 3600;
  const weekday = (Math.floor(time / DAY) + 4) % 7;
  const daylight = (1 - Math.cos(((hour - 3) / 12) * Math.PI)) / 2;
  return (0.15 + 0.85 * daylight ** 1.2) * (weekday === 0 || weekday === 6 ? 0.6 : 1);
};

/** Every minute in turn. The first pass only adds up, so that the shares end in exactly 1. */
function* minutes({ seed, from, days }: TrafficOptions): Generator<Minute> {
  const count = (days * DAY) / MINUTE;
  const pass = function* (): Generator<Minute> {
    const random = createRandom(~seed);
    for (let n = 0, share = 0; n < count; n++) {
      const start = from + n * MINUTE;
      const load = loadAt(start) * (0.9 + 0.2 * random.next());
      share += load;
      yield { start, load, share };
    }
  };
  let total = 0;
  for (const { share } of pass()) total = share;
  for (const minute of pass()) yield { ...minute, share: minute.share / total };
}

// ── Traffic ─────────────────────────────────────────────────────────────────────────────────────────────

/** Endlessly, the next window of some conversation of the minute: of one that goes on, else of a new one. */
const createSource = (random: Random, from: number) => {
  const kinds = KINDS.map((kind) => ({ ...kind, ongoing: [] as Conversation[] }));
  return function* ({ start, load }: Minute): Generator<Flow[], never> {
    let sum = 0;
    const bounds = kinds.map(({ weight, steady }) => (sum += steady ? weight : weight * load));
    for (;;) {
      const roll = random.next() * sum;
      const { ongoing, open } = kinds[bounds.findIndex((bound) => roll < bound)];
      const waits = ongoing.length > 0 && ongoing[0].heard < start;
      const talk = (waits && ongoing.shift()) || open(random);
      const flows = hear(random, talk, start, from);
      if (talk.left > 0) ongoing.push(talk);
      yield flows;
    }
  };
};

/** Idle interfaces without data, one line in 200 while there are that many; and one line in 50,000 for lost records. */
const silences = (random: Random, minute: number, lines: number, from: number): Silence[] => {
  const silence = (at: shop.Interface, status: Silence["status"]): Silence => {
    const end = minute + random.below(MINUTE);
    return { at, start: Math.max(from, end - 59), end, status };
  };
  const idle = shop.IDLE.filter(() => random.next() < lines / 200 / shop.IDLE.length);
  const lost = shop.INTERFACES.filter(() => random.next() < lines / 50_000 / shop.INTERFACES.length);
  return [...idle.map((host) => silence(host.at, "NODATA")), ...lost.map((at) => silence(at, "SKIPDATA"))];
};

/** Lines in the given layout, ordered by their end. Exactly `lines` lines. Same options, same lines. */
export function* traffic(options: TrafficOptions): Generator<string> {
  const { lines, seed, from, layout } = options;
  const random = createRandom(seed);
  const windows = createSource(random, from);
  const render = renderer(layout);
  let written = 0;
  for (const minute of minutes(options)) {
    // A conversation is never cut but by the last line, so a minute may take some lines from the next.
    const due = Math.round(lines * minute.share) - written;
    if (due <= 0) continue;
    const entries: Entry[] = silences(random, minute.start, due, from);
    for (const flows of windows(minute)) {
      entries.push(...flows);
      if (entries.length >= due) break;
    }
    entries.splice(lines - written);
    entries.sort((a, b) => a.end - b.end);
    for (const entry of entries) yield render(entry);
    written += entries.length;
  }
}
