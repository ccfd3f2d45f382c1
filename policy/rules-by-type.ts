import type { Policies, ResourceValidation, ResourceValidationPolicy } from "@pulumi/policy";

// @pulumi/policy asks every rule about every resource, and prepares the resource for each. With 60 rules and 500 resources
// that takes longer than all rules together. Rules that say what they are about are left out for all other types.

/** A rule that may say which types of resources it is about. */
export type TypedRule = ResourceValidationPolicy & { isAbout?: (type: string) => boolean };

type Rule = Policies[number];

/** The message with a resource to judge, whose type @pulumi/policy reads just before it goes through the rules. */
interface Request {
  prototype: { getType(): string };
}

/**
 * The same rules in a list that, gone through after a type was read, leaves out those that are not about the type. Each is
 * in it until it was asked once, because a rule then looks at its configuration.
 */
export function rulesByType(
  rules: Policies,
  request: Request = require("@pulumi/pulumi/proto/analyzer_pb").AnalyzeRequest,
): Policies {
  const asked = new Set<string>();
  const all = rules.map((rule) => noting(rule, asked));
  const typeOf = lastType(request);
  const chosen = (type: string | undefined): Policies =>
    type === undefined
      ? all
      : all.filter((rule) => !asked.has(rule.name) || ((rule as TypedRule).isAbout?.(type) ?? true));
  return Object.defineProperty([...all], Symbol.iterator, {
    value: () => Array.prototype.values.call(chosen(typeOf())),
  });
}

function noting(rule: Rule, asked: Set<string>): Rule {
  if ("validateStack" in rule || !rule.validateResource) return rule;
  const before =
    (validate: ResourceValidation): ResourceValidation =>
    (args, report) => {
      asked.add(rule.name);
      return validate(args, report);
    };
  return { ...rule, validateResource: [rule.validateResource].flat().map(before) };
}

/** Returns a function that answers the type that was read last, once. */
function lastType({ prototype }: Request): () => string | undefined {
  let last: string | undefined;
  const { getType } = prototype;
  prototype.getType = function (this: Request["prototype"]) {
    last = getType.call(this);
    return last;
  };
  return () => {
    const type = last;
    last = undefined;
    return type;
  };
}
