import { readFileSync } from "node:fs";
import { runProgram } from "../../local/program";
import { judgeProgram } from "../../local/program/policy";
import { parseConfig } from "../../policy/config-file";
import type { Violation } from "../../policy/judge";
import { rules } from "../../policy/rules";
import { printWarnings } from "../output/warnings";
import type { Chosen } from "../program";
import { count } from "../run/summary";

/** The stack violates a mandatory rule. */
export class PolicyError extends Error {}

/** The configuration to judge with, and the format. */
interface Judging {
  policyConfig?: string;
  json?: boolean;
}

const isMandatory = ({ enforcementLevel }: Violation) => enforcementLevel === "mandatory";

/** Sorts violations: mandatory ones first, and those of a resource together. */
const inOrder = (violations: Violation[]) =>
  [true, false].flatMap((mandatory) => violations.filter((each) => isMandatory(each) === mandatory));

const lines = ({ enforcementLevel, severity, rule, message, url }: Violation) =>
  [
    `${[enforcementLevel, severity].filter(Boolean).join(", ")}: ${rule}`,
    `  ${message.replaceAll("\n", "\n  ")}`,
    ...(url ? [`  ${url}`] : []),
    "",
  ].join("\n");

/** `flowlogs plan --policy`: prints the policy pack's violations in the plan, and fails if one would stop an update. */
export const printViolations = async ({ stack, config, folder }: Chosen, { policyConfig, json }: Judging) => {
  const chosen = parseConfig(policyConfig === undefined ? "" : readFileSync(policyConfig, "utf8"), rules);
  const program = await runProgram(stack, config, folder);
  printWarnings(program.warnings);
  const { resources, violations } = await judgeProgram(program, chosen);
  const found = inOrder(violations);
  const report = { stack, rules: rules.length, resources, violations: found };
  process.stdout.write(
    json ? `${JSON.stringify(report, null, 2)}\n` : found.map((each) => `${lines(each)}\n`).join(""),
  );
  const mandatory = found.filter(isMandatory).length;
  const advisory = found.length - mandatory;
  process.stderr.write(
    `${count(rules.length, "rule")}, ${count(resources, "resource")} in stack ${stack}: ${count(mandatory, "mandatory violation")}, ${advisory} advisory\n`,
  );
  if (mandatory > 0) throw new PolicyError(`the policy pack does not let stack ${stack} through`);
};
