import { isAboutSome, PASSED_TO } from "./conditions";
import { allowing, type Document, type Statement } from "./documents";
import { coversAction, splitAction } from "./iam-actions";
import { isOpen, reachesAll } from "./iam-patterns";
import { some } from "./quoting";

/** A finding for each statement that gives some of these actions on whatever there is. */
export function everywhere(
  document: Document,
  actions: string[],
  finding: (label: string, found: string) => string,
): string[] {
  const found = new Map<string, string[]>();
  for (const action of actions) {
    const statement = givingEverywhere(document, action.toLowerCase());
    if (statement) found.set(statement.label, [...(found.get(statement.label) ?? []), action]);
  }
  return Array.from(found, ([label, names]) => finding(label, some(names, 3)));
}

// Finds out if an identity policy allows an action on every resource of a kind. Only what is certain counts, so
// nothing that preview hides can make a false alarm.

/** Resource parts of ARNs, with `~` for a name. A pattern that matches one reaches every resource of its kind. */
const KINDS: Record<string, string[]> = {
  apprunner: ["service/~/~"],
  batch: ["job-definition/~"],
  "bedrock-agentcore": ["code-interpreter-custom/~", "browser-custom/~", "runtime/~"],
  cloudformation: ["stack/~/~"],
  codebuild: ["project/~"],
  codedeploy: ["deploymentgroup:~/~"],
  dynamodb: ["table/~"],
  ec2: ["instance/~", "launch-template/~", "snapshot/~"],
  ecs: ["task/~/~", "service/~/~"],
  glue: ["devEndpoint/~", "job/~"],
  kms: ["key/~"],
  lambda: ["function:~"],
  rds: ["db:~", "snapshot:~"],
  s3: ["~/~"],
  sagemaker: ["notebook-instance/~"],
  secretsmanager: ["secret:~"],
  ssm: ["parameter/~"],
  sso: ["permissionSet/~/~"],
  states: ["stateMachine:~"],
};

/** Actions of one service on resources of another. */
const ELSEWHERE: [action: RegExp, service: string, kinds: string[]][] = [
  [/^sts:/, "iam", ["role/~", "user/~"]],
  [/^(ssm:(startsession|sendcommand)|ec2-instance-connect:.+)$/, "ec2", ["instance/~"]],
];

/** The service whose ARNs an action is on, and what stands for all of its resources if that is known. */
function reachOf(action: string): { service: string; kinds?: string[] } {
  const elsewhere = ELSEWHERE.find(([pattern]) => pattern.test(action));
  if (elsewhere) return { service: elsewhere[1], kinds: elsewhere[2] };
  const [service, name] = splitAction(action);
  if (service !== "iam")
    return { service, kinds: Object.hasOwn(KINDS, service) ? KINDS[service] : undefined };
  return { service, kinds: kindsOfIam(name) };
}

/** An action of IAM is on what its name says first of these: iam:AddUserToGroup is on groups. */
function kindsOfIam(name: string): string[] | undefined {
  const kind = ["role", "group", "user", "accesskey", "loginprofile", "credential", "policy"].find((word) =>
    name.includes(word),
  );
  if (kind === undefined) return undefined;
  return [/^(role|group|policy)$/.test(kind) ? `${kind}/~` : "user/~"];
}

/** True if a statement covers an action given in lower case. Of NotAction, only if all of it is known. */
export function gives({ actions, notActions, hidden }: Statement, action: string): boolean {
  if (actions.some((pattern) => coversAction(pattern, action))) return true;
  if (!notActions || hidden.includes("NotAction")) return false;
  return !notActions.some((pattern) => coversAction(pattern, action));
}

/** True if a statement leaves open which resource an action is on. */
export function isBoundless(statement: Statement, action: string): boolean {
  if (statement.hidden.includes("Condition")) return false;
  const conditions = statement.conditions.filter(({ key }) => !PASSED_TO.test(key));
  if (isAboutSome({ ...statement, conditions })) return false;
  // All but some is still nearly all.
  if (statement.notResources) return true;
  const { service, kinds } = reachOf(action);
  return statement.resources.some((resource) =>
    kinds ? reachesAll(resource, service, kinds) : isOpen(resource),
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
