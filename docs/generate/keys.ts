import { type DeclaredResource, type Program, runProgram } from "../../local/program";
import { table } from "./markdown";

// The key, as the stacks declare it: what it encrypts, and who uses it.

const VPCS = { main: "vpc-0123456789abcdef0" };
const TOPIC = "arn:aws:sns:us-east-1:123456789012:security";

/** A stack for each way in, with everything that stores something or gives somebody a policy. */
const STACKS: Record<string, object> = {
  LAMBDA: { vpcs: VPCS, detections: { queries: ["horizontal-scan"], topic: TOPIC } },
  SUBSCRIPTION: { vpcs: VPCS, producerAccounts: ["111122223333"] },
  DIRECT: { vpcs: VPCS },
};

interface Statement {
  Action: string | string[];
  Resource?: string | string[];
  Principal?: { Service?: string };
  Condition?: Record<string, Record<string, string>>;
}

const list = (value: string | string[] = []) => [value].flat();
const statementsIn = (policy: string): Statement[] => JSON.parse(policy).Statement;
const code = (texts: string[]) => texts.map((text) => `\`${text}\``).join(", ");

/** Whose documents there are: of roles, and those that the outputs give to readers and producers. */
export const documentsOf = ({ resources, outputs }: Program): [who: string, policy: string][] => [
  ...resources
    .filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy")
    .map(({ name, inputs }): [string, string] => [name.replace(/-policy$/, "-role"), inputs.policy]),
  ...["readerPolicy", "producerPolicy"]
    .filter((name) => String(outputs[name]).startsWith("{"))
    .map((name): [string, string] => [name, String(outputs[name])]),
];

/** The principal's call to the service that then uses the key in the principal's name. */
const callsTo = (service: string, statements: Statement[]): string[] =>
  statements
    .flatMap(({ Action }) => list(Action))
    .filter((action) => action.startsWith(`${service}:`) && !/:(List|GetBucket|Abort)/.test(action));

/** A service's use of the key where the principal calls nothing of it. */
const WITHOUT_A_CALL: Record<string, string> = {
  lambda: "the function's environment is read at a cold start",
  scheduler: "the schedule's input is read",
  "": "the state machine's executions are written and read",
};

interface Use {
  who: string;
  calls: string;
  actions: string;
  through: string;
}

const usesIn = (who: string, policy: string): Use[] => {
  const statements = statementsIn(policy);
  const ofKey = statements.filter(({ Action }) => list(Action).every((action) => action.startsWith("kms:")));
  return ofKey.map(({ Action, Condition }) => {
    const via =
      Object.values(Condition ?? {}).find((keys) => "kms:ViaService" in keys)?.["kms:ViaService"] ?? "";
    const [service] = via.split(".");
    const calls = callsTo(service, statements);
    return {
      who: code([who]),
      calls: calls.length > 0 ? code(calls) : WITHOUT_A_CALL[service],
      actions: code(list(Action)),
      through: service === "" ? "itself" : `\`${service}.<region>\``,
    };
  });
};

/** The key's own policy lets services in that come as themselves. */
const servicesIn = ({ resources }: Program): Use[] =>
  resources
    .filter(({ type }) => type === "aws:kms/key:Key")
    .flatMap(({ inputs }) => statementsIn(inputs.policy))
    .filter(({ Principal }) => Principal?.Service !== undefined)
    .map(({ Principal, Action }) => ({
      who: code([String(Principal?.Service).replace(/\.[a-z]+-[a-z]+-\d\./, ".<region>.")]),
      calls: "log groups whose names begin with the component's",
      actions: code(list(Action)),
      through: "the key's policy",
    }));

/** The properties of a resource whose value is the key's ARN, as paths. */
const keyProperties = (value: unknown, arn: string, path = ""): string[] => {
  if (value === arn) return [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    keyProperties(part, arn, Array.isArray(value) ? path : [path, name].filter(Boolean).join(".")),
  );
};

const withoutDigest = (name: string) => name.replace(/-f[0-9a-f]{7}$/, "-<format>");

const encryptedIn = ({ resources }: Program): [name: string, type: string, property: string][] => {
  const arn = resources.find(({ type }) => type === "aws:kms/key:Key")?.state.arn;
  return resources.flatMap(({ name, type, inputs }: DeclaredResource) =>
    keyProperties({ ...inputs, code: undefined }, arn).map((property): [string, string, string] => [
      withoutDigest(name),
      type.replace(/^.*:/, ""),
      property,
    ]),
  );
};

const unique = <Row>(rows: Row[]): Row[] => [
  ...new Map(rows.map((row) => [JSON.stringify(row), row])).values(),
];

/** The three stacks, one after the other: a process runs one program at a time. */
export const stacks = async (): Promise<Program[]> => {
  const programs: Program[] = [];
  for (const [ingestion, config] of Object.entries(STACKS))
    programs.push(await runProgram("dev", { ...config, ingestion }));
  return programs;
};

/** Table of the things that are encrypted. */
export const encrypted = (programs: Program[]): string =>
  table(
    ["resource", "type", "property with the key's ARN"],
    unique(programs.flatMap(encryptedIn)).map(([name, type, property]) => [
      code([name]),
      type,
      code([property]),
    ]),
  );

/** Table of the principals that use the key. */
export const uses = (programs: Program[]): string => {
  const all = programs.flatMap((program) => [
    ...documentsOf(program).flatMap(([who, policy]) => usesIn(who, policy)),
    ...servicesIn(program),
  ]);
  return table(
    ["who", "for", "key actions", "through"],
    unique(all).map(({ who, calls, actions, through }) => [who, calls, actions, through]),
  );
};
