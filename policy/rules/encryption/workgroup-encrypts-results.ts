import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isExempt } from "../../options";
import { ENCRYPTION_SCHEMA, isTooWeak, type Strength, strengthOf } from "../../reading/keys";
import { type Fields, fields, properties, quote, UNKNOWN } from "../../reading/properties";

const REMEDY = 'set encryptionOption to "SSE_KMS" and the key to one of yours';

const HOW: Record<Strength, string> = {
  none: "does not encrypt results",
  "service-key": "encrypts results with a key of the service's",
  "aws-key": "encrypts results with AWS's key aws/s3",
  "customer-key": "encrypts results with a key of yours",
};

export const workgroupEncryptsResults: ResourceValidationPolicy = {
  name: "workgroup-encrypts-results",
  displayName: "Workgroup encrypts results",
  description:
    "An Athena workgroup encrypts results with a KMS key of the account, whatever a client asks for.",
  enforcementLevel: "mandatory",
  severity: "high",
  tags: ["encryption", "athena", "security-hub/Athena.1"],
  remediationSteps: `In configuration.resultConfiguration.encryptionConfiguration, ${REMEDY}; leave enforceWorkgroupConfiguration true.`,
  url: "https://docs.aws.amazon.com/athena/latest/ug/workgroups-minimum-encryption.html",
  configSchema: { properties: ENCRYPTION_SCHEMA },
  validateResource: (args, reportViolation) => {
    if (args.type !== "aws:athena/workgroup:Workgroup" || isExempt(args)) return;
    const { configuration } = properties(args);
    if (configuration === UNKNOWN) return;
    const workgroup = `workgroup ${quote(args.name)}`;
    if (fields(configuration).enforceWorkgroupConfiguration === false) {
      reportViolation(`${workgroup} lets clients choose; set enforceWorkgroupConfiguration to true.`);
    }
    const strength = strengthOfResults(fields(configuration));
    if (strength && isTooWeak(args, strength)) reportViolation(`${workgroup} ${HOW[strength]}; ${REMEDY}.`);
  },
};

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

/** Athena itself keeps results that it manages, with a key of its own unless it is given one. */
function strengthOfResults(configuration: Fields): Strength | undefined {
  const managed = configuration.managedQueryResultsConfiguration;
  const { enabled, encryptionConfiguration } = fields(managed);
  if ([managed, enabled].includes(UNKNOWN)) return undefined;
  if (enabled === true) {
    if (encryptionConfiguration === UNKNOWN) return undefined;
    return strengthOf(fields(encryptionConfiguration).kmsKey, "service-key");
  }
  const results = configuration.resultConfiguration;
  return results === UNKNOWN ? undefined : byOption(fields(results).encryptionConfiguration, "kmsKeyArn");
}

function byOption(encryption: unknown, key: string): Strength | undefined {
  const { encryptionOption, [key]: chosen } = fields(encryption);
  if (encryption === UNKNOWN || encryptionOption === UNKNOWN) return undefined;
  if (encryptionOption === "SSE_KMS" || encryptionOption === "CSE_KMS") return strengthOf(chosen, "aws-key");
  return encryptionOption === "SSE_S3" ? "service-key" : "none";
}
