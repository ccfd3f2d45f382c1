/**
 * Synthetic VPC flow logs: what the interfaces of a made-up web shop (network.ts) would log, day and night.
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
  /** Days that the lines span. */
  days: number;
  layout: Layout;
  /** The planted attacks. Their lines are added to the others, which are the same with and without them. */
  attacks?: readonly Attack[];
}

const DAY = 86_400;

interface Minute {
  /** Its first second. */
  start: number;
  /** About 0.1 at night to 1 at noon: how often visitors come, and how many lines there are. */
  load: number;
  /** Share of all lines that are out when it ends; 1 in the last. */
  share: number;
}

/** Returns the traffic of an hour, as a share of the busiest: least at 03:00 UTC, most at 15:00, less at weekends. */
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

/** Lines that every interface on the way logs of the conversation's next window. */
const hear = (random: Random, talk: Conversation, minute: number, from: number): Flow[] => {
  const opens = talk.heard < 0;
  const length = !opens ? 50 + random.below(10) : talk.left === 1 ? random.rank(45) : random.below(MINUTE);
  const end = minute + talk.second;
  const ways = waysOf(random, talk);
  talk.heard = minute;
  talk.left -= 1;
  return sightings(talk, ways, Math.max(from, end - length), end);
};

/** Endlessly, the next window of some conversation of the minute: of one that goes on, else of a new one. */
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

/** Lines in the given layout, ordered by their end: `lines` and those of the attacks. Same options, same lines. */
export function* traffic(options: TrafficOptions): Generator<string> {
  const { lines, seed, from, layout, attacks = [] } = options;
  const attacksUntil = inOrder(attacks);
  const random = createRandom(seed);
  const windows = createSource(random, from);
  const render = renderer(layout);
  let written = 0;
  for (const minute of minutes(options)) {
    // A conversation is never cut but by the last line, so a minute may take some lines from the next.
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
