import { execFile } from "node:child_process";
import { join } from "node:path";
import { isDeepStrictEqual, promisify } from "node:util";
import { PROJECT_DIR } from "../../local/program";
import { forcesReplacement } from "./types";

/** A resource as `flowlogs plan --json` prints it. */
interface Planned {
  urn: string;
  type: string;
  inputs: Record<string, unknown>;
}

export type Plan = Map<string, Planned>;

const run = promisify(execFile);

const planned = async (args: string[]): Promise<Plan> => {
  const command = [join(PROJECT_DIR, "cli/flowlogs.js"), "plan", "--json", ...args];
  const { stdout } = await run(process.execPath, command, { maxBuffer: 1 << 28 });
  return new Map((JSON.parse(stdout) as Planned[]).map((each) => [each.urn, each]));
};

const plans = new Map<string, Promise<Plan>>();

/** Resources of a stack by `flowlogs plan`, by URN: the program without Pulumi's engine. */
export const planOf = (stack: string, overrides: Record<string, string> = {}): Promise<Plan> => {
  const config = Object.entries(overrides).flatMap(([key, value]) => ["--config", `${key}=${value}`]);
  const args = ["--stack", stack, ...config];
  const plan = plans.get(args.join(" ")) ?? planned(args);
  plans.set(args.join(" "), plan);
  return plan;
};

/** Each as a line, in an order that does not depend on time. */
export const operations = (steps: { op: string; urn: string }[]): string[] =>
  [...new Set(steps.map(({ op, urn }) => `${op} ${urn.split("::").slice(2).join(" ")}`))].sort();

const changedInputs = (before: Planned, after: Planned) =>
  Object.keys({ ...before.inputs, ...after.inputs }).filter(
    (property) => !isDeepStrictEqual(before.inputs[property], after.inputs[property]),
  );

/** Returns exactly the operations that lead from one plan to another. */
export const difference = (before: Plan, after: Plan): string[] => {
  const steps: { op: string; urn: string }[] = [];
  for (const [urn, planned] of after) {
    const old = before.get(urn);
    const changed = old ? changedInputs(old, planned) : [];
    if (!old) steps.push({ op: "create", urn });
    else if (changed.some((property) => forcesReplacement(planned.type, property))) {
      steps.push(...["create-replacement", "replace", "delete-replaced"].map((op) => ({ op, urn })));
    } else if (changed.length > 0) steps.push({ op: "update", urn });
  }
  for (const urn of before.keys()) if (!after.has(urn)) steps.push({ op: "delete", urn });
  return operations(steps);
};
