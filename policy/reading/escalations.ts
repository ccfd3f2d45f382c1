import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isNarrowed, PASSED_TO } from "./conditions";
import type { Document, Statement } from "./documents";
import { splitAction } from "./iam-actions";
import { serviceOf } from "./partitions";
import { givingEverywhere, givingSomewhere } from "./powers";

// The ways from some permissions to all of them, as escalation-data.json has them (see escalation-generate.ts).

export interface Escalations {
  source: string;
  /** The day on which the catalogue was read. */
  date: string;
  /** Sets of actions. A set with iam:PassRole is a path only if any role may be passed. */
  paths: string[][];
}

let known: string[][] | undefined;

const paths = (): string[][] => {
  known ??= (JSON.parse(readFileSync(join(__dirname, "escalation-data.json"), "utf8")) as Escalations).paths;
  return known;
};

const PASS_ROLE = "iam:PassRole";

/** Returns the statement that allows passing every role, if there is one. */
export const passing = (document: Document): Statement | undefined =>
  givingEverywhere(document, PASS_ROLE.toLowerCase());

/** Returns the escalation paths of an identity policy, each as `iam:PassRole + ec2:RunInstances`. */
export function escalationsIn(document: Document): string[] {
  const pass = passing(document);
  const open = paths().filter((path) =>
    path.includes(PASS_ROLE) ? pass && opensByPassing(document, pass, path) : opensAlone(document, path),
  );
  return open.map((path) => [...path].sort((one) => (one === PASS_ROLE ? -1 : 0)).join(" + "));
}

/** Actions that make a new resource. A path is open even if these are allowed on some resources only. */
const MAKES = /:(Create|Register|Request)/;

/**
 * True for a path without PassRole: it changes an existing resource that has a role, so its actions must be allowed on
 * all resources.
 */
function opensAlone(document: Document, path: string[]): boolean {
  const reaching = path.filter((action) => !MAKES.test(action));
  const everywhere = reaching.length > 0 ? reaching : path;
  return path.every((action) =>
    everywhere.includes(action)
      ? givingEverywhere(document, action.toLowerCase())
      : givingSomewhere(document, action.toLowerCase()),
  );
}

/** True for a path with PassRole for any role: the new resource may have any name. */
function opensByPassing(document: Document, pass: Statement, path: string[]): boolean {
  const others = path.filter((action) => action !== PASS_ROLE);
  return (
    others.every((action) => givingSomewhere(document, action.toLowerCase())) && mayPassFor(pass, others)
  );
}

/** Services that run what they start under the role of another service's principal. */
const RECIPIENTS: Record<string, string> = {
  autoscaling: "ec2",
  batch: "ecs-tasks",
  datapipeline: "ec2",
  elasticmapreduce: "ec2",
  imagebuilder: "ec2",
};

/** True if the roles may be passed to the service of these actions. */
function mayPassFor(pass: Statement, actions: string[]): boolean {
  if (!isNarrowed(pass, PASSED_TO)) return true;
  const services = new Set(actions.map((action) => splitAction(action)[0]));
  const recipients = pass.conditions
    .filter(({ key }) => key === "iam:passedtoservice")
    .flatMap(({ values }) => values.map((value) => serviceOf(value) ?? ""));
  return Array.from(services, (service) => RECIPIENTS[service] ?? service).some((service) =>
    recipients.some((to) => to === service || to.startsWith(`${service}-`) || to.endsWith(`.${service}`)),
  );
}
