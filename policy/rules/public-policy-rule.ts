import type { Policy, ResourceValidationArgs } from "@pulumi/policy";
import { EXEMPT_SCHEMA, isExempt } from "../options";
import { statements } from "../reading/documents";
import { opensToEverybody } from "../reading/principals";
import { properties } from "../reading/properties";
import { quote } from "../reading/quoting";
import type { Documents } from "../reading/resource-policies";
import type { TypedRule } from "../rules-by-type";

/** The policy document of a resource, or undefined when it has none. An empty text is none. */
export function documentOf(documents: Documents, args: ResourceValidationArgs): unknown {
  const property = Object.hasOwn(documents, args.type) ? documents[args.type] : undefined;
  return (property && properties(args)[property]) || undefined;
}

export const REMEDY =
  "name the principals that need it, or add a condition such as StringEquals aws:PrincipalOrgID";

/** A rule that no statement of these policies lets everybody in. */
export function publicPolicyRule({ documents, ...about }: Policy & { documents: Documents }): TypedRule {
  return {
    enforcementLevel: "mandatory",
    severity: "critical",
    remediationSteps: `In the statement that the violation names, ${REMEDY}.`,
    configSchema: { properties: EXEMPT_SCHEMA },
    ...about,
    isAbout: (type) => Object.hasOwn(documents, type),
    validateResource: (args, reportViolation) => {
      const document = documentOf(documents, args);
      if (document === undefined || isExempt(args)) return;
      const policy = `the policy of ${quote(args.name)}`;
      for (const problem of statements(document).problems) {
        reportViolation(`${policy} cannot be checked: ${problem}; correct the document.`);
      }
      for (const { entry, how } of opensToEverybody(document)) {
        const { label, actions, notActions } = entry.statement;
        const what = notActions ? `all but ${notActions.map(quote)}` : actions.map(quote).join(", ");
        reportViolation(
          `${policy}: ${label} allows ${what} to everybody (${how}) and no condition limits who that is; ${REMEDY}.`,
        );
      }
    },
  };
}
