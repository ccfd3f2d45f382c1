import { isAboutSome, PASSED_TO } from "./access-conditions";
import { allowing, type Document } from "./access-rule";
import type { Statement } from "./documents";
import { coversAction, splitAction } from "./iam-actions";
import { isOpen, reachesAll } from "./iam-patterns";

// Whether an identity policy gives a power: an action, on every resource of a kind. Only what is certain counts, so
// nothing that preview hides can make a false alarm.

/** What stands for every resource of a service, with `~` for a name. Others are reached by an open pattern alone. */
const KINDS: Record<string, string[]> = {
  dynamodb: ["table/~"],
  ec2: ["instance/~", "launch-template/~", "snapshot/~"],
  glue: ["devEndpoint/~", "job/~"],
  kms: ["key/~"],
  lambda: ["function:~"],
  rds: ["db:~", "snapshot:~"],
  s3: ["~/~"],
  sagemaker: ["notebook-instance/~"],
  secretsmanager: ["secret:~"],
  ssm: ["parameter/~"],
  sts: ["role/~", "user/~"],
};

/** An action of IAM is on what its name says first of these: iam:AddUserToGroup is on groups. */
function kindsOf(service: string, name: string): string[] | undefined {
  if (service !== "iam") return Object.hasOwn(KINDS, service) ? KINDS[service] : undefined;
  const kind = ["role", "group", "user", "accesskey", "loginprofile", "credential", "policy"].find((word) =>
    name.includes(word),
  );
  if (kind === undefined) return undefined;
  return [/^(role|group|policy)$/.test(kind) ? `${kind}/~` : "user/~"];
}

/** Whether a statement covers an action given in lower case. Of NotAction, only if all of it is known. */
export function gives({ actions, notActions, hidden }: Statement, action: string): boolean {
  if (actions.some((pattern) => coversAction(pattern, action))) return true;
  if (!notActions || hidden.includes("NotAction")) return false;
  return !notActions.some((pattern) => coversAction(pattern, action));
}

/** Whether a statement leaves open which resource an action is on. */
export function isBoundless(statement: Statement, action: string): boolean {
  if (statement.hidden.includes("Condition")) return false;
  const conditions = statement.conditions.filter(({ key }) => !PASSED_TO.test(key));
  if (isAboutSome({ ...statement, conditions })) return false;
  // All but some is still nearly all.
  if (statement.notResources) return true;
  const [service, name] = splitAction(action);
  const kinds = kindsOf(service, name);
  // sts:AssumeRole is on roles, whose ARNs are IAM's.
  const owner = service === "sts" ? "iam" : service;
  return statement.resources.some((resource) =>
    kinds ? reachesAll(resource, owner, kinds) : isOpen(resource),
  );
}

/** The statement of a document, if any, that gives an action on whatever there is, and that no Deny takes away. */
export const givingEverywhere = (document: Document, action: string): Statement | undefined =>
  isDenied(document, action)
    ? undefined
    : allowing(document).find((statement) => gives(statement, action) && isBoundless(statement, action));

/** The same, be it on one resource only. */
export const givingSomewhere = (document: Document, action: string): Statement | undefined =>
  isDenied(document, action) ? undefined : allowing(document).find((statement) => gives(statement, action));

/** Denied to everybody who has the policy, on everything and always. */
const isDenied = ({ statements }: Document, action: string): boolean =>
  statements.some(
    (statement) =>
      statement.effect === "Deny" &&
      statement.conditions.length === 0 &&
      !statement.hidden.includes("Condition") &&
      statement.resources.some(isOpen) &&
      gives(statement, action),
  );
