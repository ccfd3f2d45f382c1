/** Traffic of a captured host to the outside: it sends data away, calls home, or works for somebody else. */
import type { Random } from "../conversations";
import type * as shop from "../network";
import {
  type Attack,
  attackOf,
  between,
  CLOSED,
  type Exchange,
  moments,
  type Pace,
  route,
  type Stage,
  SYN,
  SYN_ACK,
} from "./stage";

const MB = 1_000_000;

/** One window of an upload. */
const piece = (
  legs: readonly shop.Leg[],
  port: number,
  start: number,
  bytes: number,
  random: Random,
): Exchange => {
  const packets = Math.ceil(bytes / between(random, 1380, 1460));
  const acks = Math.ceil(packets / 2);
  return {
    legs,
    port,
    start,
    seconds: between(random, 30, 58),
    sent: [packets, bytes, CLOSED],
    got: [acks, acks * 52, SYN_ACK | 1],
  };
};

/** Total megabytes, number of windows, and hours, by pace. */
const UPLOADS: Record<Pace, [least: number, most: number, windows: number, hours: number]> = {
  fast: [2_000 * MB, 20_000 * MB, 40, 1],
  slow: [150 * MB, 600 * MB, 50, 13],
  stealthy: [10 * MB, 180 * MB, 60, 20],
};

/** Data sent outside by a host that never sent so much. */
export const exfil = (stage: Stage, pace: Pace): Attack => {
  const { random } = stage;
  const [least, most, windows, hours] = UPLOADS[pace];
  const [client, server] = [stage.captive(), stage.haven()];
  const port = random.pick([443, 443, 22, 8443]);
  const each = Math.round(between(random, least, most) / windows);
  const uploads = moments(stage, windows, hours).map((start) => {
    const bytes = Math.round(each * (0.7 + 0.6 * random.next()));
    return piece(route(random, client, server), port, start, bytes, random);
  });
  return attackOf({ attack: "exfiltration", pace, query: "exfiltration" }, uploads);
};

/** Seconds between calls, maximum deviation (as a share), and number of calls, by pace. */
const RHYTHMS: Record<Pace, [least: number, most: number, jitter: number, calls: number]> = {
  fast: [20, 180, 0.1, 240],
  slow: [300, 1_300, 0.3, 60],
  stealthy: [300, 1_300, 0.7, 60],
};

/** Small calls home at regular intervals, each a connection of its own. */
export const beacon = (stage: Stage, pace: Pace): Attack => {
  const { random } = stage;
  const [least, most, jitter, most_calls] = RHYTHMS[pace];
  const interval = between(random, least, most);
  const calls = Math.min(most_calls, Math.floor(76_000 / interval));
  const [client, server] = [stage.captive(), stage.haven()];
  const port = random.pick([443, 443, 80, 8443]);
  const [packets, each] = [between(random, 5, 12), between(random, 70, 200)];
  let [at] = moments(stage, 1, (calls * interval) / 3600);
  at -= Math.max(0, at + calls * interval - (stage.from + 82_000));
  const told = { attack: "beaconing", pace, query: "beaconing" };
  const called = Array.from({ length: calls }, (): Exchange => {
    at += Math.max(2, Math.round(interval * (1 + jitter * (2 * random.next() - 1))));
    const legs = route(random, client, server);
    const [start, seconds] = [at, random.below(3)];
    return {
      legs,
      port,
      start,
      seconds,
      sent: [packets, packets * each, CLOSED],
      got: [packets, packets * 90, SYN_ACK | 1],
    };
  });
  return attackOf(
    told,
    called.filter(({ start }) => start < stage.from + 85_800),
  );
};

/** Number of connections to the pool, and minutes with traffic of each. */
const SHIFTS: Record<Pace, [connections: number, least: number, most: number]> = {
  fast: [1, 90, 240],
  slow: [4, 4, 9],
  stealthy: [2, 40, 90],
};
const POOLS = [3333, 4444, 5555, 7777, 9999, 14_444, 45_700];

/** Stratum: a connection that stays open, with few bytes each minute. Stealthy ones use HTTPS's port. */
export const mining = (stage: Stage, pace: Pace): Attack => {
  const { random } = stage;
  const [connections, least, most] = SHIFTS[pace];
  const [client, server] = [stage.captive(), stage.haven()];
  const port = pace === "stealthy" ? 443 : random.pick(POOLS);
  const starts = Array.from(
    { length: connections },
    (_, n) => stage.from + 900 + n * 18_000 + random.below(10_000),
  );
  const shares = starts.flatMap((start) => {
    const legs = route(random, client, server);
    return Array.from({ length: between(random, least, most) }, (_, n): Exchange => {
      const [sent, got] = [between(random, 1, 4), between(random, 1, 4)];
      const flags = n === 0 ? ([SYN, SYN_ACK] as const) : ([0, 0] as const);
      const window = { start: start + n * 60 + random.below(20), seconds: random.below(38) };
      return { legs, port, ...window, sent: [sent, sent * 180, flags[0]], got: [got, got * 310, flags[1]] };
    });
  });
  return attackOf({ attack: "crypto-mining", pace, query: "crypto-mining" }, shares);
};
