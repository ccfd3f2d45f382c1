import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isExempt } from "../../options";
import { ENCRYPTION_SCHEMA, isTooWeak } from "../../reading/keys";
import { properties } from "../../reading/properties";
import { quote } from "../../reading/quoting";
import { byOption, HOW, REMEDY } from "../../reading/result-encryption";

export const athenaDatabaseEncryptsResults: ResourceValidationPolicy = {
  name: "athena-database-encrypts-results",
  displayName: "Athena database encrypts results",
  description:
    "An Athena database that is made outside a workgroup encrypts its results with a KMS key of the account.",
  enforcementLevel: "advisory",
  severity: "medium",
  tags: ["encryption", "athena"],
  remediationSteps: `In encryptionConfiguration, ${REMEDY}.`,
  url: "https://docs.aws.amazon.com/athena/latest/ug/encryption.html",
  configSchema: { properties: ENCRYPTION_SCHEMA },
  validateResource: (args, reportViolation) => {
    // In a workgroup the workgroup decides, and is judged by itself.
    if (args.type !== "aws:athena/database:Database" || isExempt(args) || properties(args).workgroup) return;
    const { encryptionConfiguration } = properties(args);
    const strength = byOption(encryptionConfiguration, "kmsKey");
    if (!strength || !isTooWeak(args, strength)) return;
    reportViolation(`Athena database ${quote(args.name)} ${HOW[strength]}; ${REMEDY}.`);
  },
};
