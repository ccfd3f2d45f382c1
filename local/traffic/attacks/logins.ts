/** Attacks on logins: guessing passwords, and returning until a port is open. */
import type { Random } from "../conversations";
import * as shop from "../network";
import {
  type Attack,
  attackOf,
  between,
  CLOSED,
  type Exchange,
  moments,
  type Pace,
  RESET,
  route,
  type Stage,
  SYN,
  SYN_ACK,
} from "./stage";

/** A connection over several windows, with bytes both ways. */
export const session = (
  random: Random,
  client: shop.Peer,
  server: shop.Peer,
  port: number,
  at: number,
  windows: number,
) => {
  const legs = route(random, client, server);
  return Array.from({ length: windows }, (_, n): Exchange => {
    const packets = between(random, 30, 200);
    const [opens, closes] = [n === 0, n === windows - 1 ? 1 : 0];
    return {
      legs,
      port,
      start: at + n * 60,
      seconds: between(random, 40, 58),
      sent: [packets, packets * between(random, 70, 160), (opens ? SYN : 0) | closes],
      got: [packets, packets * between(random, 120, 700), (opens ? SYN_ACK : 0) | closes],
    };
  });
};

/** A login that fails. */
const guess = (
  random: Random,
  client: shop.Peer,
  server: shop.Peer,
  port: number,
  start: number,
): Exchange => {
  const packets = between(random, 12, 22);
  const reset = random.next() < 0.2;
  return {
    legs: route(random, client, server),
    port,
    start,
    seconds: between(random, 1, 9),
    sent: [packets, packets * between(random, 90, 130), reset ? RESET : CLOSED],
    got: [packets - 2, (packets - 2) * between(random, 100, 170), SYN_ACK | (reset ? 0 : 1)],
  };
};

const GUESSES: Record<Pace, [least: number, most: number, hours: number]> = {
  fast: [120, 500, 0.5],
  slow: [28, 80, 20],
  stealthy: [5, 30, 20],
};

/** Password guessing over SSH or RDP, from outside or between hosts. One in three fast attacks succeeds. */
export const bruteforce = (stage: Stage, pace: Pace): Attack => {
  const { random } = stage;
  const [least, most, hours] = GUESSES[pace];
  const inside = random.next() < 0.3;
  const port = inside || random.next() < 0.6 ? 22 : 3389;
  const client = inside ? stage.captive() : stage.attacker();
  const server = random.pick(inside ? [shop.BASTION, ...shop.BATCH] : [shop.BASTION, ...shop.EDGE]);
  const times = moments(stage, between(random, least, most), hours);
  const guesses = times.map((at) => guess(random, client, server, port, at));
  const gotIn = pace === "fast" && random.next() < 0.33;
  const after = gotIn ? session(random, client, server, port, times[times.length - 1] + 60, 6) : [];
  const told = { attack: "brute-force", pace, query: "brute-force", also: ["unusual-ports", "new-talkers"] };
  return attackOf(told, [...guesses, ...after]);
};

const REFUSALS: Record<Pace, [least: number, most: number, hours: number]> = {
  fast: [12, 60, 0.4],
  slow: [4, 9, 14],
  stealthy: [1, 4, 6],
};

/** Turned away time and again, then let in: someone opened the port. */
export const denied = (stage: Stage, pace: Pace): Attack => {
  const { random } = stage;
  const [least, most, hours] = REFUSALS[pace];
  const [client, server] = [stage.attacker(), random.pick(shop.EDGE)];
  const port = random.pick([22, 3389, 5432, 8443, 9200]);
  const times = moments(stage, between(random, least, most), hours);
  const refusals = times.map((start): Exchange => {
    const packets = between(random, 1, 3);
    const legs = route(random, client, server);
    return {
      legs,
      port,
      rejected: true,
      start,
      seconds: random.below(8),
      sent: [packets, packets * 60, SYN],
    };
  });
  const last = times[times.length - 1];
  const inside = session(
    random,
    client,
    server,
    port,
    last + between(random, 60, 900),
    between(random, 3, 10),
  );
  const told = {
    attack: "denied-then-accepted",
    pace,
    query: "denied-then-accepted",
    also: ["unusual-ports"],
  };
  return attackOf(told, [...refusals, ...inside]);
};
