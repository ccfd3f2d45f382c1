/** Harmless traffic that a query could take for an attack. */
import * as shop from "../network";
import { session } from "./logins";
import {
  type Attack,
  attackOf,
  between,
  CLOSED,
  type Exchange,
  moments,
  RESET,
  route,
  type Stage,
  SYN_ACK,
  type Told,
} from "./stage";

const DAY = 86_400;

const told = (attack: string, query: string, also: string[] = []): Told => ({
  attack,
  pace: "harmless",
  query,
  also,
});

/** One short, successful connection. */
const errand = (
  { random }: Stage,
  client: shop.Peer,
  server: shop.Peer,
  port: number,
  start: number,
): Exchange => {
  const packets = between(random, 14, 30);
  return {
    legs: route(random, client, server),
    port,
    start,
    seconds: between(random, 1, 6),
    sent: [packets, packets * between(random, 90, 140), CLOSED],
    got: [packets, packets * between(random, 100, 300), SYN_ACK | 1],
  };
};

/** The bastion polls the state of every host. */
export const inventory = (stage: Stage): Attack => {
  const times = moments(stage, shop.INSTANCES.length, 0.2);
  const visits = shop.INSTANCES.map((host, n) => errand(stage, shop.BASTION, host, 22, times[n]));
  return attackOf(told("inventory", "horizontal-scan", ["unusual-ports", "new-talkers"]), visits);
};

/** A release from the office, one SSH command after another. */
export const deployment = (stage: Stage): Attack => {
  const times = moments(stage, 60, 1);
  const visits = times.map((at) => errand(stage, shop.OFFICE[0], shop.BASTION, 22, at));
  return attackOf(told("deployment", "brute-force"), visits);
};

/** A backup to another company, of the same size each day. */
export const backup = (stage: Stage): Attack => {
  const { random } = stage;
  const [client, server] = [stage.captive(), stage.haven()];
  const windows = Array.from({ length: stage.days * 10 }, (_, n): Exchange => {
    const start = stage.from - Math.floor(n / 10) * DAY + 7_200 + (n % 10) * 60;
    const packets = between(random, 20_000, 24_000);
    const got = [Math.ceil(packets / 2), packets * 26, SYN_ACK | 1] as const;
    const legs = route(random, client, server);
    return { legs, port: 443, start, seconds: 55, sent: [packets, packets * 1_400, CLOSED], got };
  });
  return attackOf(told("nightly backup", "exfiltration"), windows);
};

/** A monitoring agent that reports outside each minute. */
export const agent = (stage: Stage): Attack => {
  const [client, server] = [stage.captive(), stage.haven()];
  const reports = Array.from({ length: 240 }, (_, n) =>
    errand(stage, client, server, 443, stage.from + 30_000 + n * 60),
  );
  return attackOf(told("monitoring agent", "beaconing"), reports);
};

/** Irregular calls to one address outside, like a browser's. */
export const poller = (stage: Stage): Attack => {
  const [client, server] = [stage.captive(), stage.haven()];
  const calls = moments(stage, 200, 20).map((at) => errand(stage, client, server, 443, at));
  return attackOf(told("irregular calls", "beaconing"), calls);
};

/** Another company's service on a port of mining pools. */
export const partner = (stage: Stage): Attack => {
  const [client, server] = [stage.captive(), stage.haven()];
  const calls = moments(stage, 40, 20).map((at) => errand(stage, client, server, 9999, at));
  return attackOf(told("service on port 9999", "crypto-mining"), calls);
};

/** Late packets of closed connections are rejected, and then the visitor connects again. */
export const latecomer = (stage: Stage): Attack => {
  const { random } = stage;
  const [client, server] = [stage.attacker(), shop.LOAD_BALANCERS[0]];
  const times = moments(stage, 20, 6);
  const late = times.map((start): Exchange => {
    const legs = route(random, client, server);
    return { legs, port: 443, rejected: true, start, seconds: 1, sent: [1, 40, RESET & 4] };
  });
  const again = session(random, client, server, 443, times[times.length - 1] + 300, 2);
  return attackOf(told("late packets", "denied-then-accepted"), [...late, ...again]);
};

/** A new version of the app answers the web tier on one more port. */
export const release = (stage: Stage): Attack => {
  const { random } = stage;
  const times = moments(stage, 20, 8);
  const calls = times.flatMap((at) => session(random, shop.WEB[0], random.pick(shop.APP), 9090, at, 2));
  return attackOf(told("release", "unusual-ports", ["new-talkers"]), calls);
};
