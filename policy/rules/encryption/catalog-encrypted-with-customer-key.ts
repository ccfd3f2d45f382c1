import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isExempt } from "../../options";
import { ENCRYPTION_SCHEMA, isTooWeak, type Strength, strengthOf } from "../../reading/keys";
import { type Fields, fields, properties, quote, UNKNOWN } from "../../reading/properties";

const SETTINGS = "aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings";
const CONFIGURATION = "aws:glue/securityConfiguration:SecurityConfiguration";

/** A part of what Glue encrypts: what it is called, how strongly it is encrypted, what to set. */
interface Part {
  what: string;
  strength: Strength | undefined;
  remedy: string;
}

export const catalogEncryptedWithCustomerKey: ResourceValidationPolicy = glueRule(SETTINGS, partsOfCatalog, {
  name: "catalog-encrypted-with-customer-key",
  displayName: "Glue catalogue encrypted with a customer key",
  description:
    "The Glue catalogue encrypts its metadata and the passwords of its connections with a key of the account.",
  remediationSteps:
    "Set catalogEncryptionMode, sseAwsKmsKeyId, returnConnectionPasswordEncrypted and awsKmsKeyId.",
  url: "https://docs.aws.amazon.com/glue/latest/dg/encrypt-glue-data-catalog.html",
});

export const securityConfigurationEncrypts: ResourceValidationPolicy = glueRule(CONFIGURATION, partsOfJobs, {
  name: "security-configuration-encrypts",
  displayName: "Glue security configuration encrypts everything",
  description:
    "A Glue security configuration encrypts objects, logs and bookmarks of jobs with a key of the account.",
  remediationSteps:
    "Set the mode and the kmsKeyArn of s3Encryption, cloudwatchEncryption and jobBookmarksEncryption.",
  url: "https://docs.aws.amazon.com/glue/latest/dg/encryption-security-configuration.html",
});

function glueRule(
  type: string,
  partsOf: (props: Fields) => Part[],
  about: Pick<ResourceValidationPolicy, "name" | "displayName" | "description" | "remediationSteps" | "url">,
): ResourceValidationPolicy {
  return {
    ...about,
    enforcementLevel: "advisory",
    severity: "medium",
    tags: ["encryption", "glue"],
    configSchema: { properties: ENCRYPTION_SCHEMA },
    validateResource: (args, reportViolation) => {
      if (args.type !== type || isExempt(args)) return;
      for (const { what, strength, remedy } of partsOf(properties(args))) {
        if (!isTooWeak(args, strength)) continue;
        const how =
          strength === "none"
            ? "not encrypted"
            : strength === "aws-key"
              ? "encrypted with AWS's key"
              : "encrypted with a key of the service's";
        reportViolation(`${quote(args.name)}: ${what} ${how}; ${remedy}.`);
      }
    },
  };
}

function partsOfCatalog(props: Fields): Part[] {
  const settings = props.dataCatalogEncryptionSettings;
  if (settings === UNKNOWN) return [];
  const { encryptionAtRest, connectionPasswordEncryption } = fields(settings);
  const { catalogEncryptionMode, sseAwsKmsKeyId } = fields(encryptionAtRest);
  const { returnConnectionPasswordEncrypted: encrypted, awsKmsKeyId } = fields(connectionPasswordEncryption);
  return [
    {
      what: "the catalogue's metadata is",
      strength: encryptionAtRest === UNKNOWN ? undefined : byMode(catalogEncryptionMode, sseAwsKmsKeyId),
      remedy: 'set catalogEncryptionMode to "SSE-KMS" and sseAwsKmsKeyId to a key of yours',
    },
    {
      what: "the passwords of connections are",
      strength:
        connectionPasswordEncryption === UNKNOWN || encrypted === UNKNOWN
          ? undefined
          : encrypted === true
            ? strengthOf(awsKmsKeyId, "aws-key")
            : "none",
      remedy: "set returnConnectionPasswordEncrypted to true and awsKmsKeyId to a key of yours",
    },
  ];
}

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
      remedy: `set ${part}.${mode} to "${kms}" and kmsKeyArn to a key of yours`,
    };
  });
}

function byMode(mode: unknown, key: unknown): Strength | undefined {
  if (mode === UNKNOWN) return undefined;
  if (/KMS/.test(String(mode))) return strengthOf(key, "aws-key");
  return mode === "SSE-S3" ? "service-key" : "none";
}
