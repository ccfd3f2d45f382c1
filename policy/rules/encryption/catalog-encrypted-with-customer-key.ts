import type { ResourceValidationPolicy } from "@pulumi/policy";
import { strengthOf } from "../../reading/keys";
import { type Fields, fields, isTrue, UNKNOWN } from "../../reading/properties";
import { byMode, glueRule, type Part } from "../glue-rule";

const SETTINGS = "aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings";

export const catalogEncryptedWithCustomerKey: ResourceValidationPolicy = glueRule(SETTINGS, partsOfCatalog, {
  name: "catalog-encrypted-with-customer-key",
  displayName: "Glue catalogue encrypted with a customer key",
  description:
    "The Glue catalogue encrypts its metadata and the passwords of its connections with a key of the account.",
  remediationSteps:
    "Set catalogEncryptionMode, sseAwsKmsKeyId, returnConnectionPasswordEncrypted and awsKmsKeyId.",
  url: "https://docs.aws.amazon.com/glue/latest/dg/encrypt-glue-data-catalog.html",
});

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
      remedy: 'set catalogEncryptionMode to "SSE-KMS" and sseAwsKmsKeyId to a customer-managed key',
    },
    {
      what: "the passwords of connections are",
      strength:
        connectionPasswordEncryption === UNKNOWN || encrypted === UNKNOWN
          ? undefined
          : isTrue(encrypted)
            ? strengthOf(awsKmsKeyId, "aws-key")
            : "none",
      remedy: "set returnConnectionPasswordEncrypted to true and awsKmsKeyId to a customer-managed key",
    },
  ];
}
