import type { Policies, ResourceValidation } from "@pulumi/policy";
import { nearest } from "./nearest";
import { type Options, optionSchemas } from "./options";
import { isFields } from "./reading/properties";
import { quote } from "./reading/quoting";
import { schemaProblems } from "./schema";

type Rule = Policies[number];

/** A rule's configuration is invalid. The message says which, so no stack trace is shown. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.stack = message;
  }
}

/**
 * Returns the problems in a rule's options. Pulumi's engine validates a file that it is given, too, but accepts options
 * that there are not: a misspelt one would leave the rule at its default.
 */
export function configProblems(options: Options, config: Record<string, unknown>): string[] {
  return Object.entries(config).flatMap(([name, value]) => {
    if (value === undefined) return [];
    if (Object.hasOwn(options, name)) return schemaProblems(options[name], value, name);
    const known = Object.keys(options);
    const meant = nearest(name, known);
    const has = known.length > 0 ? `it has ${known.join(", ")}` : "it has none";
    return [`there is no option ${quote(name)}; ${meant ? `did you mean ${meant}? ` : ""}${has}`];
  });
}

type Configured = { getConfig<T extends object>(): T };

/** Returns the rule with a check of its configuration before it reads a resource. */
export function checked(rule: Rule): Rule {
  const check = checkOf(rule);
  if ("validateStack" in rule)
    return { ...rule, validateStack: (args, report) => rule.validateStack(check(args), report) };
  const { validateResource, remediateResource } = rule;
  const before =
    (validate: ResourceValidation): ResourceValidation =>
    (args, report) =>
      validate(check(args), report);
  return {
    ...rule,
    ...(validateResource && { validateResource: [validateResource].flat().map(before) }),
    ...(remediateResource && { remediateResource: (args) => remediateResource(check(args)) }),
  };
}

/** Checks a configuration once, since it is the same for all resources. */
function checkOf(rule: Rule) {
  const options = optionSchemas(rule);
  let accepted: Record<string, unknown> = {};
  return <T extends Configured>(args: T): T => {
    const config = args.getConfig<Record<string, unknown>>();
    if (isSame(config, accepted)) return args;
    const problems = isFields(config)
      ? configProblems(options, config)
      : ["the configuration is not an object"];
    if (problems.length > 0)
      throw new ConfigError(`the configuration of ${rule.name} is invalid: ${problems.join("; ")}`);
    accepted = config;
    return args;
  };
}

/** Each call gets an object of its own with the same values. */
const isSame = (one: Record<string, unknown>, other: Record<string, unknown>): boolean => {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
};
