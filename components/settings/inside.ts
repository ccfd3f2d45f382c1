import * as pulumi from "@pulumi/pulumi";
import { readBlock } from "../../schema/networks";
import type { FlowLogAnalyticsArgs } from "../arguments";
import { isLater, refuse } from "./later";
import { resourceOf } from "./overlaps";
import { isObject } from "./parts";
import { type Problem, show } from "./problems";

const ARGUMENT = "insideCidrBlocks";

/** Each block is several times in a query's SQL, and EventBridge Scheduler takes 256 KB of SQL. */
const MOST = 50;

const COUNT = `must be at most ${MOST} blocks, since the SQL of every query has them`;

/** Types of resources with the CIDR blocks of a VPC. */
const VPC_TYPES = ["aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc"];

/** Returns blocks in their shortest form, each once. A VPC without IPv6 has an empty text, and mocks leave blocks out. */
const inForm = (texts: unknown[], wrong: (n: number, reason: string) => void): string[] => {
  const blocks = texts.flatMap((text, n) => {
    if (text === undefined || text === null || text === "") return [];
    const read = readBlock(text);
    if (typeof read === "object") return read.block;
    wrong(n, read);
    return [];
  });
  return [...new Set(blocks)];
};

/**
 * Returns the blocks of a logged VPC whose id comes from a resource of the program. Blocks that other resources attach
 * are not known.
 */
const blocksOfVpc = (id: pulumi.Output<string>): pulumi.Output<unknown[]> => {
  const blocks = resourceOf(id, VPC_TYPES).then((vpc) =>
    vpc === undefined
      ? []
      : [Reflect.get(vpc, "cidrBlock") as unknown, Reflect.get(vpc, "ipv6CidrBlock") as unknown],
  );
  return pulumi.output(blocks) as pulumi.Output<unknown[]>;
};

/** Checks the items of the list that are known now. */
const checkNow = (given: unknown, problems: Problem[]): void => {
  if (given === undefined || isLater(given)) return;
  const add = (propertyPath: string, reason: string) => problems.push({ propertyPath, reason });
  if (!Array.isArray(given)) {
    add(ARGUMENT, `must be a list of CIDR blocks, such as ["2001:db8::/56"]; got ${show(given)}`);
    return;
  }
  if (given.length > MOST) add(ARGUMENT, `${COUNT}; got ${given.length}`);
  const known = given.map((text) => (isLater(text) ? undefined : text));
  inForm(known, (n, reason) => add(`${ARGUMENT}[${n}]`, reason));
};

/**
 * Returns the CIDR blocks that queries take for inside: those of the argument, and those of VPCs that the program makes;
 * undefined if there is neither.
 */
export const insideOf = (
  given: Partial<FlowLogAnalyticsArgs>,
  problems: Problem[],
): pulumi.Output<string[]> | undefined => {
  const listed: unknown = given.insideCidrBlocks;
  checkNow(listed, problems);
  // Uses the ids as given: a checked id is an output of all ids, so it does not lead to its own resource only.
  const ids: unknown[] = isObject(given.vpcs) ? Object.values(given.vpcs) : [];
  const vpcs = ids
    .filter((id) => pulumi.Output.isInstance(id))
    .map((id) => blocksOfVpc(id as pulumi.Output<string>));
  if (listed === undefined && vpcs.length === 0) return undefined;
  return pulumi.all([pulumi.output(listed ?? []), ...vpcs]).apply(([own, ...others]) => {
    if (!Array.isArray(own)) return refuse(ARGUMENT, `must be a list of CIDR blocks; got ${show(own)}`);
    const checked = inForm(own, (n, reason) => refuse(`${ARGUMENT}[${n}]`, reason));
    // Only the argument's blocks are reported: the blocks of a VPC are not a mistake in the arguments.
    const all = [...new Set([...checked, ...inForm(others.flat(), () => {})])];
    return all.length <= MOST ? all : refuse(ARGUMENT, `${COUNT}; got ${all.length}`);
  });
};
