import { partitionOf } from "../../../components/partitions";
import type { DeclaredResource, Program } from "../../../local/program";
import type { CallRow, How } from "./call-row";
import { CALLS, INVOKES } from "./calls";
import { iamArn, namesOf, type Where } from "./places";

/** The tables have no row for a resource type or a provider function. */
export class UnknownCallsError extends Error {}

type Condition = Record<string, Record<string, string | string[]>>;

interface Statement {
  Effect: "Allow";
  Action: string | string[];
  Resource: string | string[];
  Condition?: Condition;
}

export interface PolicyDocument {
  Version: "2012-10-17";
  Statement: Statement[];
}

/** An action that is allowed on some resources. */
interface Right {
  action: string;
  arns: string[];
  condition?: Condition;
}

const rightsOn = (actions: string[], arns: string[], condition?: Condition): Right[] =>
  actions.flatMap((text) => (text ? text.split(" ").map((action) => ({ action, arns, condition })) : []));

/** Returns the rows that apply to a resource. */
const rowsOf = ({ type, name, inputs }: DeclaredResource): CallRow[] => {
  if (!type.startsWith("aws:")) return [];
  const rows = CALLS[type];
  if (!rows)
    throw new UnknownCallsError(
      `the calls that ${type} (${name}) needs are not listed; add them to cli/plan/deployer/calls.ts`,
    );
  return rows.filter((row) => row[5]?.if?.(inputs) ?? true);
};

/**
 * Returns statements for a resource's rows. Calls that a service makes with the deployer's permissions are allowed through
 * that service only.
 */
const rightsFor = (resource: DeclaredResource, where: Where, services: string[]): Right[] =>
  rowsOf(resource).flatMap(([on, create, read, update, remove, how = {}]) =>
    rightsOn([create, read, update, remove], on(resource, where), conditionOf(how, services)),
  );

const conditionOf = ({ through, linkedTo }: How, services: string[]): Condition | undefined => {
  if (through) return { StringEquals: { "kms:ViaService": services } };
  return linkedTo ? { StringEquals: { "iam:AWSServiceName": `${linkedTo}.amazonaws.com` } } : undefined;
};

/** Returns the permission to pass a role, only to the service that may assume it. */
const passing = (resource: DeclaredResource, where: Where): Right[] => {
  if (resource.type !== "aws:iam/role:Role") return [];
  const [{ Principal }] = JSON.parse(resource.inputs.assumeRolePolicy).Statement;
  const arns = [iamArn(where, `role/${namesOf(resource, where)}`)];
  const condition = { StringEquals: { "iam:PassedToService": Principal.Service } };
  return [{ action: "iam:PassRole", arns, condition }];
};

const asking = (token: string, where: Where): Right[] => {
  const rows = INVOKES[token];
  if (!rows)
    throw new UnknownCallsError(
      `the calls that ${token} needs are not listed; add them to cli/plan/deployer/calls.ts`,
    );
  return rows.flatMap(([on, actions]) => rightsOn([actions], on(where.program.resources[0], where)));
};

const keyed = <T>(items: T[], keyOf: (item: T) => string): T[][] => {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
};

/** Merges statements into one for each action and condition, on all of their resources. */
const gathered = (rights: Right[]): Right[] =>
  keyed(rights, ({ action, condition }) => JSON.stringify([action, condition])).map((same) => {
    const arns = [...new Set(same.flatMap((right) => right.arns))].sort();
    return { ...same[0], arns: arns.includes("*") ? ["*"] : arns };
  });

/** Removes statements that another one includes. */
const needed = (rights: Right[]): Right[] =>
  rights.filter(
    ({ action, arns, condition }) =>
      !condition ||
      !rights.some(
        (other) =>
          !other.condition && other.action === action && arns.every((arn) => other.arns.includes(arn)),
      ),
  );

/** Returns a list of one as that one, which is shorter and the same to IAM. */
const oneOrMore = (texts: string[]): string | string[] => (texts.length === 1 ? texts[0] : texts);

const statementsOf = (rights: Right[]): Statement[] =>
  keyed(rights, ({ arns, condition }) => JSON.stringify([arns, condition])).map((same) => ({
    Effect: "Allow",
    Action: oneOrMore(same.map(({ action }) => action).sort()),
    Resource: oneOrMore(same[0].arns),
    ...(same[0].condition && { Condition: same[0].condition }),
  }));

/** Returns the policy for deploying the program: create, read, update and delete all that it declares. */
export const deployerPolicy = (program: Program, account: string): PolicyDocument => {
  const where = { program, account };
  const { resources, region, invokes } = program;
  const suffix = partitionOf(region)?.dnsSuffix ?? "amazonaws.com";
  const through = resources.flatMap(rowsOf).flatMap((row) => row[5]?.through ?? []);
  const services = [...new Set(through)].sort().map((service) => `${service}.${region}.${suffix}`);
  const rights = [
    ...resources.flatMap((resource) => [
      ...rightsFor(resource, where, services),
      ...passing(resource, where),
    ]),
    ...invokes.flatMap((token) => asking(token, where)),
  ];
  return { Version: "2012-10-17", Statement: statementsOf(needed(gathered(rights))) };
};
