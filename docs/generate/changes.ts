import { type DeclaredResource, runProgram } from "../../local/program";
import { table } from "./markdown";

const WAYS = ["LAMBDA", "SUBSCRIPTION", "DIRECT"];

/** Types of resources on a line's path, in order. Other resources depend on their columns and names. */
const ON_THE_WAY = [
  "aws:ec2/flowLog:FlowLog",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
  "aws:lambda/function:Function",
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  "aws:glue/catalogTable:CatalogTable",
];
const [FLOW_LOG] = ON_THE_WAY;

/** AWS cannot change a flow log, so a change replaces it. */
type Fate = "stays" | "new" | "updated" | "replaced" | "leaves";

/** Resolves every promise in a value; the function's code is one. */
const settled = async (value: unknown): Promise<unknown> => {
  const known = await value;
  if (Array.isArray(known)) return Promise.all(known.map(settled));
  if (typeof known !== "object" || known === null) return known;
  const entries = Object.entries(known).map(async ([key, part]) => [key, await settled(part)]);
  return Object.fromEntries(await Promise.all(entries));
};

const isOnTheWay = ({ type, inputs }: DeclaredResource) =>
  ON_THE_WAY.includes(type) && inputs.tableType !== "VIRTUAL_VIEW";

const textOf = async ({ inputs }: DeclaredResource) => JSON.stringify(await settled(inputs));

const fate = async (before: DeclaredResource | undefined, after: DeclaredResource): Promise<Fate> => {
  if (!before) return "new";
  if ((await textOf(before)) === (await textOf(after))) return "stays";
  return after.type === FLOW_LOG ? "replaced" : "updated";
};

/** Operation on a resource. */
export interface Change {
  name: string;
  type: string;
  fate: Fate;
}

const inOrder = <R extends { type: string }>(resources: R[]): R[] =>
  [...resources].sort((a, b) => ON_THE_WAY.indexOf(a.type) - ON_THE_WAY.indexOf(b.type));

const programs = new Map<string, Promise<DeclaredResource[]>>();

/** Returns the resources on a line's path in a stack with this configuration. The program runs once for each. */
const onTheWay = (config: object): Promise<DeclaredResource[]> => {
  const key = JSON.stringify(config);
  const known = programs.get(key);
  const resources =
    known ?? runProgram("dev", { ...config }).then((program) => program.resources.filter(isOnTheWay));
  programs.set(key, resources);
  return resources;
};

/** Returns the operations on the resources of a line's path for a change of configuration, in the order of the flow. */
export const changesOf = async (from: object, to: object): Promise<Change[]> => {
  const [before, after] = [await onTheWay(from), await onTheWay(to)];
  const found: Change[] = [];
  for (const resource of after) {
    const old = before.find(({ name }) => name === resource.name);
    found.push({ name: resource.name, type: resource.type, fate: await fate(old, resource) });
  }
  for (const { name, type } of before)
    if (!after.some((resource) => resource.name === name)) found.push({ name, type, fate: "leaves" });
  return inOrder(found);
};

/** Table of a change of fields, for docs/changing-fields.md. */
export const changes = async (): Promise<string> => {
  const ways: Change[][] = [];
  for (const ingestion of WAYS) {
    const to = { ingestion, fields: ["recommended"], previousFields: [["default"]] };
    ways.push(await changesOf({ ingestion, fields: ["default"] }, to));
  }
  const names = new Set(inOrder(ways.flat()).map(({ name }) => name));
  const rows = [...names]
    .map((name) => ({ name, fates: ways.map((way) => way.find((c) => c.name === name)?.fate ?? "") }))
    .filter(({ fates }) => fates.some((what) => what !== "stays"))
    .map(({ name, fates }) => [`\`${name}\``, ...fates]);
  return table(["", ...WAYS], rows);
};
