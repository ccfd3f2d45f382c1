import { isIPv4 } from "node:net";
import { traffic } from "../../local/traffic";
import { ATTACK_KINDS, type Attack, plant, type Truth } from "../../local/traffic/attacks";
import * as shop from "../../local/traffic/network";
import type { Inside } from "./inside";
import { LAYOUT } from "./lines";

/** Block of the made-up shop's IPv6 addresses, which count as inside too. */
export const SHOP = "2001:db8:1234:1a00::/56";

/** Attacks on hosts of a background. */
export interface Planted {
  truths: Truth[];
  lines(): Generator<string>;
}

/** Kinds of attacks. Those that need earlier traffic come first, since a background may have few hosts. */
const kinds = Object.keys(ATTACK_KINDS)
  .filter((name) => name !== "lookalikes")
  .sort((a, b) => Number(ATTACK_KINDS[b].past ?? false) - Number(ATTACK_KINDS[a].past ?? false));

const hosts = [
  shop.INSTANCES,
  shop.DATABASES,
  shop.CACHES,
  [shop.BASTION],
  shop.LOAD_BALANCERS,
  shop.EDGE,
].flat();

/** The shop's hosts that take part in attacks, attackers first. */
const partsIn = (attacks: readonly Attack[]): shop.Host[] => {
  const named = [
    ...attacks.map(({ truth }) => truth.source),
    ...attacks.flatMap(({ truth }) => truth.targets),
  ];
  const known = new Map(hosts.map((host) => [host.address, host]));
  return [...new Set(named)].flatMap((address) => known.get(address) ?? []);
};

/** Hosts of the shop, each with the background's host that replaces it. */
const namesFor = (attacks: readonly Attack[], inside: Inside): Map<string, string> => {
  const own = inside.hosts.filter((address) => isIPv4(address));
  const names = new Map<string, string>();
  for (const [n, host] of partsIn(attacks).slice(0, own.length).entries()) {
    names.set(host.address, own[n]);
    names.set(host.at.fields["interface-id"] as string, inside.interfaceOf(own[n]) as string);
  }
  return names;
};

/**
 * Plants attacks on the last of so many days. Hosts of the background, as many as it has, replace the made-up shop's.
 * Attacks without any of them are left out, since their hosts would have no earlier traffic.
 */
export const plantedIn = (inside: Inside, time: { from: number; days: number }, seed: number): Planted => {
  const all = kinds.flatMap((name) => plant({ ...time, seed, attacks: [name] }));
  const names = namesFor(all, inside);
  const isIn = (address: string) => names.has(address);
  const attacks = all.filter(({ truth }) => isIn(truth.source) || truth.targets.some(isIn));
  const renamed = (name: string) => names.get(name) ?? name;
  return {
    truths: attacks.map(({ truth }) => ({
      ...truth,
      source: renamed(truth.source),
      targets: truth.targets.map(renamed),
    })),
    *lines() {
      for (const line of traffic({ ...time, seed, lines: 0, layout: LAYOUT, attacks }))
        yield line.split(" ").map(renamed).join(" ");
    },
  };
};
