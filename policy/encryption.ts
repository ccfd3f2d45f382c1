import type { Policies } from "@pulumi/policy";
import { logGroupEncryptedWithCustomerKey } from "./capture-encryption";
import { functionEnvironmentEncryptedWithCustomerKey } from "./etl-encryption";
import { deliveryStreamEncryptedWithCustomerKey } from "./firehose-encryption";
import { dataStreamEncryptedWithCustomerKey } from "./firehose-source-encryption";
import { catalogEncryptedWithCustomerKey, securityConfigurationEncrypts } from "./lake-catalog-encryption";
import { bucketEncryptedWithCustomerKey, bucketUsesBucketKey } from "./lake-encryption";
import { keyRotates } from "./lake-key-rotation";
import { fixBucketKey } from "./lake-remediations";
import { queueEncryptedWithCustomerKey, topicEncryptedWithCustomerKey } from "./monitor-encryption";
import { athenaDatabaseEncryptsResults, workgroupEncryptsResults } from "./query-encryption";
import { cacheEncrypted, diskEncrypted, storeEncrypted } from "./store-encryption";
import { storeEncryptedWithCustomerKey } from "./store-keys";

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
