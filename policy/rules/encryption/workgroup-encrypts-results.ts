import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isExempt } from "../../options";
import { encryptionSchema, isTooWeak, type Strength, strengthOf } from "../../reading/keys";
import { type Fields, fields, isFalse, isTrue, properties, UNKNOWN } from "../../reading/properties";
import { quote } from "../../reading/quoting";
import { byOption, HOW, REMEDY } from "../../reading/result-encryption";

/** S3's own key encrypts, too; a team that needs its own key sets `accept`. */
const WEAKEST: Strength = "service-key";

export const workgroupEncryptsResults: ResourceValidationPolicy = {
  name: "workgroup-encrypts-results",
  displayName: "Workgroup encrypts results",
  description:
    "An Athena workgroup encrypts results, whatever a client asks for; accept asks for a KMS key of the account.",
  enforcementLevel: "mandatory",
  severity: "high",
  tags: ["encryption", "athena", "security-hub/Athena.1"],
  remediationSteps: `In configuration.resultConfiguration.encryptionConfiguration, ${REMEDY}; leave enforceWorkgroupConfiguration true.`,
  url: "https://docs.aws.amazon.com/athena/latest/ug/workgroups-minimum-encryption.html",
  configSchema: { properties: encryptionSchema(WEAKEST) },
  validateResource: (args, reportViolation) => {
    if (args.type !== "aws:athena/workgroup:Workgroup" || isExempt(args)) return;
    const { configuration } = properties(args);
    if (configuration === UNKNOWN) return;
    const workgroup = `workgroup ${quote(args.name)}`;
    if (isFalse(fields(configuration).enforceWorkgroupConfiguration)) {
      reportViolation(`${workgroup} lets clients choose; set enforceWorkgroupConfiguration to true.`);
    }
    const strength = strengthOfResults(fields(configuration));
    if (strength && isTooWeak(args, strength, WEAKEST))
      reportViolation(`${workgroup} ${HOW[strength]}; ${REMEDY}.`);
  },
};

/** Athena stores managed results itself, with its own key unless the configuration names one. */
function strengthOfResults(configuration: Fields): Strength | undefined {
  const managed = configuration.managedQueryResultsConfiguration;
  const { enabled, encryptionConfiguration } = fields(managed);
  if ([managed, enabled].includes(UNKNOWN)) return undefined;
  if (isTrue(enabled)) {
    if (encryptionConfiguration === UNKNOWN) return undefined;
    return strengthOf(fields(encryptionConfiguration).kmsKey, "service-key");
  }
  const results = configuration.resultConfiguration;
  return results === UNKNOWN ? undefined : byOption(fields(results).encryptionConfiguration, "kmsKeyArn");
}
