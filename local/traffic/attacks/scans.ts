/** Scans: one port on many addresses, or many ports on one. Nobody answers. */
import * as shop from "../network";
import {
  type Attack,
  attackOf,
  between,
  type Exchange,
  moments,
  type Pace,
  route,
  type Stage,
  SYN,
} from "./stage";

const WANTED = [22, 23, 445, 3389, 5900, 6379, 8080, 9200];

/**
 * Sends up to seven SYNs of one size to each address and port. Hosts reject them; addresses without a host do not
 * answer.
 */
const knocks = (
  stage: Stage,
  client: shop.Peer,
  places: { server: shop.Peer; port: number }[],
  hours: number,
): Exchange[] => {
  const { random } = stage;
  const size = random.pick([40, 44, 60]);
  const times = moments(stage, places.length, hours);
  return places.map(({ server, port }, n) => {
    // A kernel without an answer sends its SYN up to seven times.
    const packets = 1 + random.below(7);
    const legs = route(random, client, server);
    const rejected = server.at ? ({ rejected: true } as const) : {};
    return {
      legs,
      port,
      ...rejected,
      start: times[n],
      seconds: random.below(7),
      sent: [packets, packets * size, SYN],
    };
  });
};

/** Returns so many items of a list, shuffled. */
const some = <T>({ random }: Stage, list: readonly T[], count: number): T[] => {
  const rest = [...list];
  return Array.from(
    { length: Math.min(count, rest.length) },
    () => rest.splice(random.below(rest.length), 1)[0],
  );
};

const OUTWARD = [...shop.LOAD_BALANCERS, shop.BASTION, ...shop.EDGE];

/** Number of addresses, and hours, by pace. */
const SWEEPS: Record<Pace, [least: number, most: number, hours: number]> = {
  fast: [18, 29, 0.2],
  slow: [14, 29, 16],
  stealthy: [4, 14, 20],
};

/** One port on many addresses: public ones from outside, or those of the subnets from one of the shop's hosts. */
export const horizontal = (stage: Stage, pace: Pace): Attack => {
  const { random } = stage;
  const [least, most, hours] = SWEEPS[pace];
  const port = random.pick(WANTED);
  const inside = random.next() < 0.5;
  const count = between(random, least, most) * (inside && pace !== "stealthy" ? 4 : 1);
  const servers = inside ? some(stage, shop.ADDRESSES, count) : some(stage, OUTWARD, count);
  const client = inside ? stage.captive() : stage.attacker();
  const told = { attack: "horizontal-scan", pace, query: "horizontal-scan" };
  return attackOf(
    told,
    knocks(
      stage,
      client,
      servers.map((server) => ({ server, port })),
      hours,
    ),
  );
};

const PORTS: Record<Pace, [least: number, most: number, hours: number]> = {
  fast: [150, 1000, 0.3],
  slow: [28, 90, 18],
  stealthy: [6, 32, 20],
};

/** Many ports of one host. */
export const vertical = (stage: Stage, pace: Pace): Attack => {
  const { random } = stage;
  const [least, most, hours] = PORTS[pace];
  const inside = random.next() < 0.5;
  const server = random.pick(inside ? [...shop.DATABASES, ...shop.CACHES, ...shop.BATCH] : OUTWARD);
  const first = 1 + random.below(9_000);
  const step = 1 + random.below(3);
  const ports = Array.from({ length: between(random, least, most) }, (_, n) => first + n * step);
  const client = inside ? stage.captive() : stage.attacker();
  const told = { attack: "vertical-scan", pace, query: "vertical-scan" };
  return attackOf(
    told,
    knocks(
      stage,
      client,
      ports.map((port) => ({ server, port })),
      hours,
    ),
  );
};
