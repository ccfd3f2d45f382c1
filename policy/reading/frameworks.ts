import type { PolicyComplianceFramework } from "@pulumi/policy";

export const ACTIONS_REFERENCE =
  "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html";

// Sources of rules. Pulumi's policies have one framework each; controls of others are among the tags.

/** A control of AWS Foundational Security Best Practices, as Security Hub numbers it. */
export const fsbp = (reference: string, specification: string): PolicyComplianceFramework => ({
  name: "AWS Foundational Security Best Practices",
  version: "1.0.0",
  reference,
  specification,
});

/** A recommendation of the CIS AWS Foundations Benchmark. */
export const cis = (reference: string, specification: string): PolicyComplianceFramework => ({
  name: "CIS AWS Foundations Benchmark",
  version: "3.0.0",
  reference,
  specification,
});

/** A control of NIST SP 800-53, for rules without a control in AWS's two catalogues. */
export const nist = (reference: string, specification: string): PolicyComplianceFramework => ({
  name: "NIST SP 800-53",
  version: "Rev. 5",
  reference,
  specification,
});

export const AT_REST = nist("SC-28(1)", "Protection of information at rest: cryptographic protection");

/** Security Hub's page about the controls of a service. */
export const securityHub = (service: string): string =>
  `https://docs.aws.amazon.com/securityhub/latest/userguide/${service}-controls.html`;
