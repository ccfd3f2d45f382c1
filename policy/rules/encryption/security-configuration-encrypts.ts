import type { ResourceValidationPolicy } from "@pulumi/policy";
import { type Fields, fields, UNKNOWN } from "../../reading/properties";
import { byMode, glueRule, type Part } from "../glue-rule";

const CONFIGURATION = "aws:glue/securityConfiguration:SecurityConfiguration";

export const securityConfigurationEncrypts: ResourceValidationPolicy = glueRule(CONFIGURATION, partsOfJobs, {
  name: "security-configuration-encrypts",
  displayName: "Glue security configuration encrypts everything",
  description:
    "A Glue security configuration encrypts objects, logs and bookmarks of jobs with a key of the account.",
  remediationSteps:
    "Set the mode and the kmsKeyArn of s3Encryption, cloudwatchEncryption and jobBookmarksEncryption.",
  url: "https://docs.aws.amazon.com/glue/latest/dg/encryption-security-configuration.html",
});

const JOBS = [
  ["objects in S3 are", "s3Encryption", "s3EncryptionMode", "SSE-KMS"],
  ["logs are", "cloudwatchEncryption", "cloudwatchEncryptionMode", "SSE-KMS"],
  ["job bookmarks are", "jobBookmarksEncryption", "jobBookmarksEncryptionMode", "CSE-KMS"],
];

function partsOfJobs({ encryptionConfiguration }: Fields): Part[] {
  if (encryptionConfiguration === UNKNOWN) return [];
  return JOBS.map(([what, part, mode, kms]) => {
    const encryption = fields(encryptionConfiguration)[part];
    const { [mode]: chosen, kmsKeyArn } = fields(encryption);
    return {
      what,
      strength: encryption === UNKNOWN ? undefined : byMode(chosen, kmsKeyArn),
      remedy: `set ${part}.${mode} to "${kms}" and kmsKeyArn to a customer-managed key`,
    };
  });
}
