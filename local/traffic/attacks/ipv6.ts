import * as shop from "../network";
import type { Flow } from "../sightings";
import type { Attack } from "./stage";

/** Extra bytes of an IPv6 header. */
const LONGER = 20;

/** Moves an attack to the IPv6 addresses of the same hosts, without a NAT gateway in between. */
export const overIpv6 = ({ truth, flows }: Attack): Attack => {
  const addresses = new Map<string, string>();
  const legs = new Map<shop.Leg, shop.Leg>();
  const moved = (peer: shop.Peer) => {
    const other = shop.overIpv6(peer);
    addresses.set(peer.address, other.address);
    return other;
  };
  const straight = (leg: shop.Leg): shop.Leg => {
    const known = legs.get(leg);
    if (known) return known;
    const { client, server, beyond = server, port } = leg;
    const made = { client: moved(client), server: moved(beyond), port };
    legs.set(leg, made);
    return made;
  };
  const kept = flows.filter(
    ({ talk, leg, at }) => leg === talk.legs[0] && !(leg.beyond && at === leg.server.at),
  );
  const seen = kept.map((flow): Flow => {
    const leg = straight(flow.leg);
    const { packets, bytes } = flow.way;
    return {
      ...flow,
      leg,
      talk: { ...flow.talk, legs: [leg] },
      way: { ...flow.way, bytes: bytes + packets * LONGER },
    };
  });
  const { via: _, ...told } = truth;
  const of = (address: string) => addresses.get(address) ?? address;
  return {
    flows: seen,
    truth: {
      ...told,
      source: of(truth.source),
      targets: truth.targets.map(of),
      bytes: truth.bytes + truth.packets * LONGER,
      lines: seen.length,
    },
  };
};
