import type { Policies } from "@pulumi/policy";
import {
  bucketEncryptedWithCustomerKey,
  bucketUsesBucketKey,
} from "./encryption/bucket-encrypted-with-customer-key";
import {
  catalogEncryptedWithCustomerKey,
  securityConfigurationEncrypts,
} from "./encryption/catalog-encrypted-with-customer-key";
import { dataStreamEncryptedWithCustomerKey } from "./encryption/data-stream-encrypted-with-customer-key";
import { deliveryStreamEncryptedWithCustomerKey } from "./encryption/delivery-stream-encrypted-with-customer-key";
import { functionEnvironmentEncryptedWithCustomerKey } from "./encryption/function-environment-encrypted-with-customer-key";
import { keyRotates } from "./encryption/key-rotates";
import { logGroupEncryptedWithCustomerKey } from "./encryption/log-group-encrypted-with-customer-key";
import { cacheEncrypted, diskEncrypted, storeEncrypted } from "./encryption/store-encrypted";
import { storeEncryptedWithCustomerKey } from "./encryption/store-encrypted-with-customer-key";
import {
  queueEncryptedWithCustomerKey,
  topicEncryptedWithCustomerKey,
} from "./encryption/topic-encrypted-with-customer-key";
import {
  athenaDatabaseEncryptsResults,
  workgroupEncryptsResults,
} from "./encryption/workgroup-encrypts-results";
import { fixBucketKey } from "./exposure/fix-bucket-policy-tls";

/** What is stored is encrypted, with a key that the account can audit and withdraw. */
export const encryptionRules: Policies = [
  bucketEncryptedWithCustomerKey,
  bucketUsesBucketKey,
  keyRotates,
  catalogEncryptedWithCustomerKey,
  securityConfigurationEncrypts,
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
