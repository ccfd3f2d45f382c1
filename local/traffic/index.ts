/**
 * Synthetic VPC flow logs of the interfaces of a made-up web shop (network.ts).
 * The same options give the same lines on every machine, and memory does not grow with their number.
 */
import type { Layout } from "../../schema/layout";
import { type Attack, inOrder } from "./attacks";
import { CONVERSATION_KINDS, type Conversation, createRandom, MINUTE, type Random } from "./conversations";
import * as shop from "./network";
import { type Entry, type Flow, renderer, type Silence, sightings, type Way } from "./sightings";

export interface TrafficOptions {
  lines: number;
  seed: number;
  /** Midnight UTC of the first day, epoch seconds. */
  from: number;
  /** Number of days. */
  days: number;
  layout: Layout;
  /** The planted attacks. Their lines are added to the others, which are the same with and without them. */
  attacks?: readonly Attack[];
}

const DAY = 86_400;

interface Minute {
  /** Its first second. */
  start: number;
  /** Share of the busiest minute's traffic, from about 0.1 at night to 1 in the afternoon. */
  load: number;
  /** Share of all lines that are written by its end; 1 in the last minute. */
  share: number;
}

/** Returns the traffic of an hour, as a share of the busiest: least at 03:00 UTC, most at 15:00, less at weekends. */
const loadAt = (time: number): number => {
  const hour = (time % DAY) / 3600;
  const weekday = (Math.floor(time / DAY) + 4) % 7;
  const daylight = (1 - Math.cos(((hour - 3) / 12) * Math.PI)) / 2;
  return (0.15 + 0.85 * daylight ** 1.2) * (weekday === 0 || weekday === 6 ? 0.6 : 1);
};

/** Yields all minutes. A first pass adds up their loads, so that the shares end in exactly 1. */
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

/**
 * Returns both directions of a conversation's next window. Flags are OR-ed over the window; ACK appears only with SYN.
 */
const waysOf = (random: Random, { legs, size, spread, left, heard }: Conversation): Way[] => {
  const [median, each, ratio, replyEach] = size;
  const opens = heard < 0;
  const closes = left === 1 && ratio > 0;
  const reset = closes && random.next() < 0.06;
  // A connection that opens and closes has at least four packets.
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

/** Returns the entries of all interfaces on the path for the conversation's next window. */
const hear = (random: Random, talk: Conversation, minute: number, from: number): Flow[] => {
  const opens = talk.heard < 0;
  const length = !opens ? 50 + random.below(10) : talk.left === 1 ? random.rank(45) : random.below(MINUTE);
  const end = minute + talk.second;
  const ways = waysOf(random, talk);
  talk.heard = minute;
  talk.left -= 1;
  return sightings(talk, ways, Math.max(from, end - length), end);
};

/** Yields without end the next window of a conversation of the minute: of one that continues, otherwise of a new one. */
const createSource = (random: Random, from: number) => {
  const kinds = CONVERSATION_KINDS.map((kind) => ({ ...kind, ongoing: [] as Conversation[] }));
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

/** Yields NODATA of idle interfaces, at most one line in 200, and SKIPDATA for lost records, one line in 50,000. */
const silences = (random: Random, minute: number, lines: number, from: number): Silence[] => {
  const silence = (at: shop.Interface, status: Silence["status"]): Silence => {
    const end = minute + random.below(MINUTE);
    return { at, start: Math.max(from, end - 59), end, status };
  };
  const idle = shop.IDLE.filter(() => random.next() < lines / 200 / shop.IDLE.length);
  const lost = shop.INTERFACES.filter(() => random.next() < lines / 50_000 / shop.INTERFACES.length);
  return [...idle.map((host) => silence(host.at, "NODATA")), ...lost.map((at) => silence(at, "SKIPDATA"))];
};

/**
 * Yields lines in the given layout, ordered by their end: `lines` of traffic, and those of the attacks. Equal options
 * give equal lines.
 */
export function* traffic(options: TrafficOptions): Generator<string> {
  const { lines, seed, from, layout, attacks = [] } = options;
  const attacksUntil = inOrder(attacks);
  const random = createRandom(seed);
  const windows = createSource(random, from);
  const render = renderer(layout);
  let written = 0;
  for (const minute of minutes(options)) {
    // Only the last line may cut a conversation, so a minute may take some lines from the next.
    const due = Math.round(lines * minute.share) - written;
    const entries: Entry[] = due > 0 ? silences(random, minute.start, due, from) : [];
    if (due > 0) {
      for (const flows of windows(minute)) {
        entries.push(...flows);
        if (entries.length >= due) break;
      }
      entries.splice(lines - written);
      written += entries.length;
    }
    entries.push(...attacksUntil(minute.start + MINUTE));
    entries.sort((a, b) => a.end - b.end);
    for (const entry of entries) yield render(entry);
  }
}
