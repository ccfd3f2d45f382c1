/** Attacks that show only in comparison with the days before: a new port that answers, a new host that calls. */
import * as shop from "../network";
import { session } from "./logins";
import { type Attack, attackOf, between, moments, type Pace, type Stage } from "./stage";

const SESSIONS: Record<Pace, [least: number, most: number, hours: number]> = {
  fast: [8, 20, 2],
  slow: [1, 3, 18],
  stealthy: [2, 4, 18],
};

/**
 * An attacker's service on one of the shop's hosts, with visitors. Stealthy ones use a port that the shop uses too.
 */
export const backdoor = (stage: Stage, pace: Pace): Attack => {
  const { random } = stage;
  const [least, most, hours] = SESSIONS[pace];
  const [client, server] = [stage.attacker(), random.pick(shop.EDGE)];
  const port = pace === "stealthy" ? random.pick([22, 443, 8080]) : 1_024 + random.below(4_000) * 7;
  const times = moments(stage, between(random, least, most), hours);
  const visits = times.flatMap((at) => session(random, client, server, port, at, between(random, 1, 4)));
  return attackOf({ attack: "backdoor", pace, query: "unusual-ports" }, visits);
};

/**
 * A host that tries stolen credentials on its neighbours. Stealthy ones call only hosts that such a host calls anyway.
 */
export const lateral = (stage: Stage, pace: Pace): Attack => {
  const { random } = stage;
  const [least, most, hours] = SESSIONS[pace];
  const usual = pace === "stealthy";
  const client = usual ? random.pick(shop.WEB) : random.pick([...shop.WEB, ...shop.BATCH]);
  const port = usual ? 8080 : random.pick([22, 445, 3306, 5985]);
  const servers = usual ? shop.APP : [...shop.APP, ...shop.DATABASES].filter((host) => host !== client);
  const times = moments(stage, between(random, least, most), hours);
  const visits = times.flatMap((at) =>
    session(random, client, random.pick(servers), port, at, between(random, 1, 4)),
  );
  return attackOf(
    { attack: "lateral-movement", pace, query: "new-talkers", also: ["unusual-ports"] },
    visits,
  );
};
