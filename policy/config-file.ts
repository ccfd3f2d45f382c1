import type { EnforcementLevel, Policies } from "@pulumi/policy";
import { ConfigError, configProblems } from "./config";
import { nearest } from "./nearest";
import { optionSchemas } from "./options";
import { hasRepeatedKeys } from "./reading/json-keys";
import { isFields } from "./reading/properties";
import { quote } from "./reading/quoting";

// The file that `--policy-pack-config` takes: a rule's name, or "all", and its enforcement level or an object with that
// and its options. Pulumi ignores an unknown rule; here it is a mistake.

export type PolicyConfig = Record<string, RuleConfig>;

export interface RuleConfig {
  enforcementLevel?: EnforcementLevel;
  [option: string]: unknown;
}

const LEVELS = ["advisory", "mandatory", "remediate", "disabled"];

/** Reads a configuration for these rules. One error reports all mistakes. */
export function parseConfig(text: string, rules: Policies): PolicyConfig {
  const config = parseObject(text);
  const problems = [
    ...(hasRepeatedKeys(text, config) ? ["an object has the same key twice, of which one is lost"] : []),
    ...Object.entries(config).flatMap(([name, value]) =>
      problemsOf(name, value, rules).map((problem) => `${name}: ${problem}`),
    ),
  ];
  if (problems.length > 0) {
    const many = problems.length === 1 ? "1 mistake" : `${problems.length} mistakes`;
    throw new ConfigError(`the policy configuration has ${many}\n  ${problems.join("\n  ")}`);
  }
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => [
      name,
      (typeof value === "string" ? { enforcementLevel: value } : value) as RuleConfig,
    ]),
  );
}

function parseObject(text: string): Record<string, unknown> {
  let config: unknown;
  try {
    // Pulumi accepts an empty file too.
    config = text.trim() === "" ? {} : JSON.parse(text);
  } catch (error) {
    throw new ConfigError(`the policy configuration is not JSON: ${(error as Error).message}`);
  }
  if (!isFields(config)) throw new ConfigError("the policy configuration is not a JSON object");
  return config;
}

function problemsOf(name: string, value: unknown, rules: Policies): string[] {
  const rule = rules.find((candidate) => candidate.name === name);
  if (!rule && name !== "all") return [`there is no such rule${meant(name, rules)}`];
  const given = typeof value === "string" ? { enforcementLevel: value } : value;
  if (!isFields(given)) return ["must be an enforcement level or an object with options"];
  const { enforcementLevel, ...options } = given;
  const level =
    enforcementLevel === undefined || LEVELS.includes(String(enforcementLevel))
      ? []
      : [`enforcementLevel must be one of ${LEVELS.join(", ")}, not ${quote(enforcementLevel)}`];
  return [...level, ...configProblems(rule ? optionSchemas(rule) : {}, options)];
}

const meant = (name: string, rules: Policies): string => {
  const found = nearest(
    name,
    rules.map((rule) => rule.name),
  );
  return found ? `; did you mean ${found}?` : "; the README lists those that there are";
};
