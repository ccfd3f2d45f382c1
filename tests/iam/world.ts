import { Ingestion } from "../../components/arguments";
import type { Program } from "../../local/program";
import { child, graph } from "../components/graph";
import { accountOf, allows, type Context, type Document, OURS, STRANGER } from "./evaluator";

/** Accounts that may subscribe their log groups, and the regions of those groups. */
export const PRODUCERS = ["111122223333", "444455556666"];
export const REGIONS = ["us-east-1", "eu-west-1"];

const SOURCES = {
  vpcs: { main: "vpc-0123456789abcdef0" },
  transitGateways: { hub: "tgw-0123456789abcdef0" },
};
const LOGGED = { ...SOURCES, existingLogGroups: { old: "/vpc/flow-logs" } };

/** The topic for findings of detections. */
export const TOPIC = "arn:aws:sns:us-east-1:123456789012:security";

/** Configurations of the stack: each way in, with every argument that makes a policy. */
const CONFIGURATIONS: Record<Ingestion, Record<string, unknown>> = {
  LAMBDA: { ...LOGGED, detections: { queries: ["top-pairs"], topic: TOPIC } },
  SUBSCRIPTION: { ...LOGGED, producerAccounts: PRODUCERS, producerRegions: REGIONS },
  DIRECT: SOURCES,
};

export const WAYS = Object.values(Ingestion);

/** Values of `pulumi:autonaming`: Pulumi names the resources that the component does not name itself. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: Pulumi's own form of a pattern
const PATTERN = "${project}-${stack}-${name}-${alphanum(5)}";
export const NAMINGS: Record<string, object | undefined> = {
  "Pulumi's default names": undefined,
  "names by a pattern": { pattern: PATTERN },
  "the program's names": { mode: "verbatim" },
};

/** Every way in under every naming. */
export const WORLDS = Object.entries(NAMINGS).flatMap(([naming, autonaming]) =>
  WAYS.map((way) => ({ way, title: `${way} and ${naming}`, open: () => worldOf(way, autonaming) })),
);

/** A deployed stack: its policies, and the ARNs of its resources. */
export interface World {
  /** Policies of the roles, by what stands before `-role`; and those for an analyst's and a producer's role. */
  identities: Record<string, Document>;
  trusts: Record<string, Document>;
  /** Policies of the bucket and of the key. */
  bucket: Document;
  key: Document;
  principalOf(who: string): string;
  /** Inputs of the resources whose names begin so. */
  // biome-ignore lint/suspicious/noExplicitAny: inputs have the shape of each resource type's own arguments
  inputsOf(prefix: string): Record<string, any>[];
  /**
   * ARNs that a template stands for. `{name}` is the resource of that name, or those of its name with a format's digest
   * behind; `{name?}` may have none. `{stream}` is the component's stream and `{other-stream?}` every other.
   */
  arnsOf(template: string): string[];
}

/** Corrects the ARN of a destination: its service is CloudWatch Logs, in its own region. */
const withDestinations = ({ resources }: Program, text: string): string =>
  resources
    .filter(({ type }) => type === "aws:cloudwatch/logDestination:LogDestination")
    .reduce(
      (rest, { inputs, state }) =>
        rest.replaceAll(state.arn, `arn:aws:logs:${inputs.region}:${OURS}:destination:${state.name}`),
      text,
    );

const arnsIn = (program: Program, template: string): string[] => {
  const [placeholder, name, optional] = /\{([^?}]+)(\??)\}/.exec(template) ?? [];
  if (placeholder === undefined) return [template];
  const named = new RegExp(`^${name}(-f[0-9a-f]{7})?$`);
  const streams = program.resources.filter(({ type }) => type.endsWith(":FirehoseDeliveryStream"));
  const isFirst = ({ state }: Program["resources"][number]) => state.name === program.outputs.stream;
  const found =
    {
      stream: streams.filter(isFirst),
      "other-stream": streams.filter((stream) => !isFirst(stream)),
    }[name] ?? program.resources.filter((resource) => named.test(resource.name));
  if (found.length === 0 && !optional) throw new Error(`the stack has no ${name}`);
  return found.flatMap(({ state }) =>
    arnsIn(
      program,
      template.replace(placeholder, () => withDestinations(program, state.arn)),
    ),
  );
};

export const worldOf = async (ingestion: Ingestion, autonaming?: object): Promise<World> => {
  const naming = autonaming && { "pulumi:autonaming": autonaming };
  const program = await graph("dev", { ...CONFIGURATIONS[ingestion], ingestion, ...naming });
  const roles = program.resources.filter(({ type }) => type === "aws:iam/role:Role");
  const names = roles.map(({ name }) => name.replace(/-role$/, ""));
  const documents = (document: (name: string) => string) =>
    Object.fromEntries(names.map((name) => [name, JSON.parse(document(name))]));
  const { readerPolicy, producerPolicy } = program.outputs;
  const inputsOf = (prefix: string) =>
    program.resources
      .filter(({ name }) => name.startsWith(prefix))
      .map(({ inputs }) => JSON.parse(withDestinations(program, JSON.stringify(inputs))));
  return {
    identities: {
      ...documents((name) => child(program, `${name}-policy`).inputs.policy),
      analyst: JSON.parse(String(readerPolicy)),
      ...(ingestion === Ingestion.DIRECT && { producer: JSON.parse(String(producerPolicy)) }),
    },
    trusts: documents((name) => child(program, `${name}-role`).inputs.assumeRolePolicy),
    bucket: JSON.parse(child(program, "flows-lake-policy").inputs.policy),
    key: JSON.parse(child(program, "flows-key").inputs.policy),
    principalOf: (who) =>
      names.includes(who) ? child(program, `${who}-role`).state.arn : `arn:aws:iam::${OURS}:role/${who}`,
    inputsOf,
    arnsOf: (template) => [...new Set(arnsIn(program, template))],
  };
};

/** A call that a role makes: the action must be allowed on all of the resources. */
export interface RoleCall {
  who: string;
  action: string;
  resources: string[];
  why: string;
  /** Account of the resources, if it is not the stack's or what their ARNs say. */
  owner?: string;
  context: Context;
}

/** A resource policy that lets everybody in. */
export const WELCOME: Document = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
};

/** Every permission that a role can have. */
export const EVERY_RIGHT: Document = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};

/** Returns the resource policy: of the stack's bucket or key, or, for a stranger's resource, one that allows everybody. */
const resourcePolicy = (world: World, resource: string, account: string): Document | undefined => {
  if (account === STRANGER) return WELCOME;
  if (resource.includes(":kms:")) return world.key;
  const [lake] = world.arnsOf("{flows-lake}");
  return `${resource}/`.startsWith(`${lake}/`) ? world.bucket : undefined;
};

/** Returns true if the role may make the call, with its own policy or with another instead. */
export const mayCall = async (
  world: World,
  { who, action, resources, owner, context }: RoleCall,
  identity = world.identities[who],
): Promise<boolean> => {
  const principal = world.principalOf(who);
  for (const resource of resources) {
    const account = owner ?? accountOf(resource) ?? OURS;
    const policies = { identity, resource: resourcePolicy(world, resource, account) };
    if (!(await allows({ principal, action, resource, account, context }, policies))) return false;
  }
  return true;
};

/** A call as a sentence, for the difference that a failing test shows. */
export const sentence = ({ who, why, action, resources, context }: RoleCall): string =>
  `${who} ${why}: ${action} on ${resources.join(" and ")} with ${JSON.stringify(context)}`;
