import type { Policies } from "@pulumi/policy";
import { logPolicyNotPublic } from "./capture-policies";
import { configurationWithoutSecrets } from "./configuration-secrets";
import { functionPermissionNamesItsSource } from "./etl-permissions";
import { functionEnvironmentWithoutSecrets } from "./etl-secrets";
import { functionUrlAuthenticates } from "./etl-urls";
import { streamPolicyNotPublic } from "./firehose-policies";
import { bucketAclNotPublic } from "./lake-acl";
import { resourcePolicyNoLockOut } from "./lake-lock-out";
import { bucketPolicyNotPublic, keyPolicyNotPublic, resourcePolicyNotPublic } from "./lake-policies";
import { bucketBlocksPublicAccess, publicAccessBlockComplete } from "./lake-public-access";
import { fixBucketPolicyTls, fixPublicAccessBlock } from "./lake-remediations";
import { bucketTlsOnly } from "./lake-transport";
import { queuePolicyNotPublic, topicPolicyNotPublic } from "./monitor-policies";
import { messageTlsOnly } from "./monitor-transport";
import { portNotOpen } from "./network-ports";
import { copyNotPublic } from "./store-copies";
import { storeNotOnInternet } from "./store-reach";

/** Nobody gets at data who is not named, and nobody on the way sees it. */
export const exposureRules: Policies = [
  bucketBlocksPublicAccess,
  publicAccessBlockComplete,
  bucketAclNotPublic,
  bucketPolicyNotPublic,
  bucketTlsOnly,
  keyPolicyNotPublic,
  resourcePolicyNotPublic,
  resourcePolicyNoLockOut,
  streamPolicyNotPublic,
  functionPermissionNamesItsSource,
  functionUrlAuthenticates,
  functionEnvironmentWithoutSecrets,
  logPolicyNotPublic,
  topicPolicyNotPublic,
  queuePolicyNotPublic,
  messageTlsOnly,
  portNotOpen,
  storeNotOnInternet,
  copyNotPublic,
  configurationWithoutSecrets,
  fixPublicAccessBlock,
  fixBucketPolicyTls,
];
