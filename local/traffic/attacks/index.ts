/**
 * Attacks on the made-up web shop (network.ts), planted on the last of its days, with the truth about each.
 * The same seed plants the same attacks, whatever others are asked for.
 */
import { createRandom } from "../conversations";
import * as shop from "../network";
import type { Flow } from "../sightings";
import { backdoor, lateral } from "./inside";
import { overIpv6 } from "./ipv6";
import { bruteforce, denied } from "./logins";
import { agent, backup, deployment, inventory, latecomer, partner, poller, release } from "./lookalikes";
import { beacon, exfil, mining } from "./outbound";
import { horizontal, vertical } from "./scans";
import type { Attack, Pace, Stage } from "./stage";

export type { Attack, Truth } from "./stage";

interface Kind {
  /** True to plant one of each kind, instead of several at each pace. */
  once?: true;
  /** True if the attack shows only in comparison with earlier days. */
  past?: true;
  plant: ((stage: Stage, pace: Pace) => Attack)[];
}

const LOOKALIKES = [inventory, deployment, backup, agent, poller, partner, latecomer, release];

/**
 * Attacks by their names on the command line. The position in the list is part of the seed, so new ones go to the end.
 */
export const ATTACK_KINDS: Record<string, Kind> = {
  scan: { plant: [horizontal, vertical] },
  bruteforce: { plant: [bruteforce] },
  exfil: { past: true, plant: [exfil] },
  beacon: { plant: [beacon] },
  mining: { plant: [mining] },
  denied: { plant: [denied] },
  backdoor: { past: true, plant: [backdoor] },
  lateral: { past: true, plant: [lateral] },
  lookalikes: { past: true, once: true, plant: LOOKALIKES },
};

/**
 * One or two that are fast, one or two that are slow, and one that hides: the first three to five of these. One more is
 * over IPv6.
 */
const PACES: readonly Pace[] = ["fast", "slow", "stealthy", "fast", "slow"];

export interface PlantOptions {
  seed: number;
  from: number;
  days: number;
  attacks: readonly string[];
}

const DAY = 86_400;
/** Returns addresses that no other traffic of the shop has: from 203.0.113.100 and 198.51.100.132 on. */
const stranger = (net: string, first: number, kind: number) => {
  let next = first + kind * 12;
  return (): shop.Peer => ({ address: `${net}.${next++}`, service: "-" });
};

const stageOf = (seed: number, kind: number, from: number, days: number): Stage => {
  const random = createRandom(seed * 31 + kind * 7_919 + 1);
  const rest = [...shop.INSTANCES];
  return {
    random,
    from: from + (days - 1) * DAY,
    days,
    attacker: stranger("203.0.113", 100, kind),
    haven: stranger("198.51.100", 132, kind),
    captive: () => rest.splice(random.below(rest.length), 1)[0],
  };
};

/** Plants attacks of these kinds, several of each. Kinds that need earlier traffic need a second day. */
export const plant = ({ seed, from, days, attacks }: PlantOptions): Attack[] =>
  Object.entries(ATTACK_KINDS).flatMap(([name, kind], n) => {
    if (!attacks.includes(name)) return [];
    const stage = stageOf(seed, n, from, days);
    const planted = kind.plant.flatMap((make) => {
      const count = kind.once ? 1 : 3 + stage.random.below(3);
      return PACES.slice(0, count).map((pace) => make(stage, pace));
    });
    return kind.once ? planted : [...planted, ...kind.plant.map((make) => overIpv6(make(stage, "fast")))];
  });

/** Returns a function that yields the flows of attacks that end before a moment, each once. */
export const inOrder = (attacks: readonly Attack[]) => {
  const flows = attacks.flatMap((attack) => attack.flows).sort((a, b) => a.end - b.end);
  let given = 0;
  return (before: number): Flow[] => {
    const from = given;
    while (given < flows.length && flows[given].end < before) given++;
    return flows.slice(from, given);
  };
};
