import type { Policies } from "@pulumi/policy";
import { athenaDatabaseEncryptsResults } from "./encryption/athena-database-encrypts-results";
import { bucketEncrypted } from "./encryption/bucket-encrypted";
import { bucketEncryptedWithCustomerKey } from "./encryption/bucket-encrypted-with-customer-key";
import { bucketUsesBucketKey } from "./encryption/bucket-uses-bucket-key";
import { cacheEncrypted } from "./encryption/cache-encrypted";
import { catalogEncryptedWithCustomerKey } from "./encryption/catalog-encrypted-with-customer-key";
import { dataStreamEncryptedWithCustomerKey } from "./encryption/data-stream-encrypted-with-customer-key";
import { deliveryStreamEncryptedWithCustomerKey } from "./encryption/delivery-stream-encrypted-with-customer-key";
import { diskEncrypted } from "./encryption/disk-encrypted";
import { fixBucketKey } from "./encryption/fix-bucket-key";
import { functionEnvironmentEncryptedWithCustomerKey } from "./encryption/function-environment-encrypted-with-customer-key";
import { keyRotates } from "./encryption/key-rotates";
import { logGroupEncryptedWithCustomerKey } from "./encryption/log-group-encrypted-with-customer-key";
import { queueEncryptedWithCustomerKey } from "./encryption/queue-encrypted-with-customer-key";
import { securityConfigurationEncrypts } from "./encryption/security-configuration-encrypts";
import { storeEncrypted } from "./encryption/store-encrypted";
import { storeEncryptedWithCustomerKey } from "./encryption/store-encrypted-with-customer-key";
import { streamEncrypted } from "./encryption/stream-encrypted";
import { topicEncryptedWithCustomerKey } from "./encryption/topic-encrypted-with-customer-key";
import { workgroupEncryptsResults } from "./encryption/workgroup-encrypts-results";

/** Rules about encryption at rest, and about keys that the account can audit and withdraw. */
export const encryptionRules: Policies = [
  bucketEncrypted,
  bucketEncryptedWithCustomerKey,
  bucketUsesBucketKey,
  keyRotates,
  catalogEncryptedWithCustomerKey,
  securityConfigurationEncrypts,
  streamEncrypted,
  deliveryStreamEncryptedWithCustomerKey,
  dataStreamEncryptedWithCustomerKey,
  functionEnvironmentEncryptedWithCustomerKey,
  logGroupEncryptedWithCustomerKey,
  workgroupEncryptsResults,
  athenaDatabaseEncryptsResults,
  topicEncryptedWithCustomerKey,
  queueEncryptedWithCustomerKey,
  storeEncrypted,
  cacheEncrypted,
  diskEncrypted,
  storeEncryptedWithCustomerKey,
  fixBucketKey,
];
