import type { Policies, ReportViolation, ResourceValidation } from "@pulumi/policy";

type Rule = Policies[number];

/**
 * The same rule with its remediation and its URL at the end of each message: Pulumi's CLI prints a rule's description and
 * message, and nothing else of it.
 */
export function withRemedy(rule: Rule): Rule {
  const { remediationSteps, url } = rule;
  const remedy = [remediationSteps && `How to mend it: ${remediationSteps}`, url && `See ${url}`];
  const telling =
    (report: ReportViolation): ReportViolation =>
    (message, urn) =>
      report([message, ...remedy].filter(Boolean).join("\n"), urn);
  if ("validateStack" in rule)
    return { ...rule, validateStack: (args, report) => rule.validateStack(args, telling(report)) };
  if (!rule.validateResource) return rule;
  const wrapped =
    (validate: ResourceValidation): ResourceValidation =>
    (args, report) =>
      validate(args, telling(report));
  return { ...rule, validateResource: [rule.validateResource].flat().map(wrapped) };
}
