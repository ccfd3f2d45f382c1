import { readFileSync } from "node:fs";
import { join } from "node:path";
import { hasWildcard, matches } from "./iam-patterns";

// AWS's own data about each action (iam-data.json, see iam-generate.ts). Read when a rule first asks, and each service
// when it first comes up: most stacks use few.

export interface Action {
  /** As AWS writes it, with its service: `s3:GetObject`. */
  name: string;
  /** True if a statement can limit it to ARNs. Otherwise its Resource has to be `*`. */
  takesArn: boolean;
  /** True for AWS's access level "Permissions management". */
  isPermission: boolean;
  /** True for AWS's access levels "Read" and "List", of actions that take an ARN. */
  isRead: boolean;
  /** True if it reads and works without an ARN as well. */
  isOptional: boolean;
  /** True if it makes a resource that AWS gives an id to. */
  makesId: boolean;
}

/** A service in iam-data.json: names with a space between. */
export interface Described {
  takesArn?: string;
  others?: string;
  permissions?: string;
  reads?: string;
  optional?: string;
  makes?: string;
  /** Actions that take an ARN and answer with credentials or change some. */
  credentials?: string;
  /** Condition keys that tell its resources apart, without the service. */
  keys?: string;
}

let data: Record<string, Described> | undefined;
const services = new Map<string, Map<string, Action>>();

const names = (text = ""): string[] => text.split(" ").filter(Boolean);

/** A service's actions by their lower-case name without the service; undefined if AWS has no such service. */
export function actionsOf(service: string): Map<string, Action> | undefined {
  const known = services.get(service);
  if (known) return known;
  const all = describedServices();
  if (!Object.hasOwn(all, service)) return undefined;
  const { takesArn: limited, others, permissions, reads, optional, makes } = all[service];
  const [giving, reading, free, making] = [permissions, reads, optional, makes].map(
    (text) => new Set(names(text)),
  );
  const actions = new Map<string, Action>();
  const add = (list: string[], takesArn: boolean) => {
    for (const name of list)
      actions.set(name.toLowerCase(), {
        name: `${service}:${name}`,
        takesArn,
        isPermission: giving.has(name),
        isRead: reading.has(name),
        isOptional: free.has(name),
        makesId: making.has(name),
      });
  };
  add(names(limited), true);
  add(names(others), false);
  services.set(service, actions);
  return actions;
}

const describedServices = (): Record<string, Described> => {
  data ??= JSON.parse(readFileSync(join(__dirname, "iam-data.json"), "utf8")) as Record<string, Described>;
  return data;
};

let giving: string[] | undefined;

/** The actions that answer with credentials, or change some, and can be limited to ARNs. */
export function credentialActions(): string[] {
  giving ??= Object.entries(describedServices()).flatMap(([service, { credentials }]) =>
    names(credentials).map((name) => `${service}:${name}`),
  );
  return giving;
}

let naming: Set<string> | undefined;

/** True if a condition key, in lower case, tells resources of its service apart: `iam:awsservicename`. */
export function isNamingKey(key: string): boolean {
  naming ??= new Set(
    Object.entries(describedServices()).flatMap(([service, { keys }]) =>
      names(keys).map((name) => `${service}:${name}`.toLowerCase()),
    ),
  );
  return naming.has(key);
}

/** Cache, since many rules expand the same patterns. */
const answers = new Map<string, Action[]>();

/** The actions that a pattern covers, such as `s3:Get*`; none where the service is unknown or itself a pattern. */
export function covered(pattern: string): Action[] {
  const known = answers.get(pattern);
  if (known) return known;
  if (answers.size > 1_000) answers.clear();
  const found = find(...splitAction(pattern));
  answers.set(pattern, found);
  return found;
}

function find(service: string, name: string): Action[] {
  const actions = hasWildcard(service) ? undefined : actionsOf(service);
  if (!actions) return [];
  if (!hasWildcard(name)) return [actions.get(name) ?? []].flat();
  return Array.from(actions)
    .filter(([candidate]) => matches(name, candidate))
    .map(([, action]) => action);
}

/** Service and name of an action or a pattern, in lower case: IAM does not distinguish. */
export function splitAction(pattern: string): [service: string, name: string] {
  const lower = pattern.toLowerCase();
  const colon = lower.indexOf(":");
  return colon < 0 ? [lower, lower === "*" ? "*" : ""] : [lower.slice(0, colon), lower.slice(colon + 1)];
}

/** True if a pattern of actions covers an action given in lower case. */
export const coversAction = (pattern: string, action: string): boolean =>
  matches(pattern === "*" ? "*" : pattern.toLowerCase(), action);

/** True for a pattern of all actions, or of all of a service: `*`, `s3:*`, `*:Get*`, `s3:?*`. */
export function isEveryAction(action: string): boolean {
  const [service, name] = splitAction(action);
  if (hasWildcard(service) || (name !== "" && /^[*?]*[*][*?]*$/.test(name))) return true;
  return hasWildcard(name) && coversService(service, name);
}

/** True if AWS can limit an action of the service to ARNs, or the service is unknown. */
export const hasResources = (service: string): boolean => {
  const actions = hasWildcard(service) ? undefined : actionsOf(service);
  return !actions || Array.from(actions.values()).some(({ takesArn }) => takesArn);
};

/** True if a pattern covers all of a service's actions without exception: `s3:*`, `s3:?*`, `*`. */
export const isAllOf = (service: string, pattern: string): boolean => {
  const [ofPattern, name] = splitAction(pattern);
  return (
    matches(ofPattern, service) &&
    /^[*?]+$/.test(name) &&
    covered(`${service}:${name}`).length === (actionsOf(service)?.size ?? 0)
  );
};

/** True for a pattern such as `s3:*e*` that excludes almost no action. */
function coversService(service: string, name: string): boolean {
  const all = actionsOf(service)?.size ?? 0;
  return all > 1 && covered(`${service}:${name}`).length > all * 0.95;
}
