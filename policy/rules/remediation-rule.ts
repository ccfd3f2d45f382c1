import type { ResourceRemediation, ResourceValidationPolicy } from "@pulumi/policy";
import { EXEMPT_SCHEMA } from "../options";

export function remediation(
  rule: Pick<ResourceValidationPolicy, "name" | "displayName" | "description" | "tags"> & {
    remediateResource: ResourceRemediation;
  },
): ResourceValidationPolicy {
  return {
    ...rule,
    enforcementLevel: "disabled",
    severity: "low",
    url: "https://www.pulumi.com/docs/iac/crossguard/core-concepts/#remediation-policies",
    configSchema: { properties: EXEMPT_SCHEMA },
  };
}
