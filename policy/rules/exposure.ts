import type { Policies } from "@pulumi/policy";
import { bucketAclNotPublic } from "./exposure/bucket-acl-not-public";
import { bucketBlocksPublicAccess } from "./exposure/bucket-blocks-public-access";
import { bucketHasPublicAccessBlock } from "./exposure/bucket-has-public-access-block";
import { bucketPolicyNotPublic } from "./exposure/bucket-policy-not-public";
import { bucketTlsOnly } from "./exposure/bucket-tls-only";
import { configurationWithoutSecrets } from "./exposure/configuration-without-secrets";
import { copyNotPublic } from "./exposure/copy-not-public";
import { fixBucketPolicyTls } from "./exposure/fix-bucket-policy-tls";
import { fixPublicAccessBlock } from "./exposure/fix-public-access-block";
import { functionEnvironmentWithoutSecrets } from "./exposure/function-environment-without-secrets";
import { functionPermissionNamesItsSource } from "./exposure/function-permission-names-its-source";
import { functionUrlAuthenticates } from "./exposure/function-url-authenticates";
import { keyPolicyNotPublic } from "./exposure/key-policy-not-public";
import { logPolicyNotPublic } from "./exposure/log-policy-not-public";
import { messageTlsOnly } from "./exposure/message-tls-only";
import { portNotOpen } from "./exposure/port-not-open";
import { publicAccessBlockComplete } from "./exposure/public-access-block-complete";
import { queuePolicyNotPublic } from "./exposure/queue-policy-not-public";
import { resourcePolicyNoLockOut } from "./exposure/resource-policy-no-lock-out";
import { resourcePolicyNotPublic } from "./exposure/resource-policy-not-public";
import { storeNotOnInternet } from "./exposure/store-not-on-internet";
import { streamPolicyNotPublic } from "./exposure/stream-policy-not-public";
import { topicPolicyNotPublic } from "./exposure/topic-policy-not-public";

/** Rules against public access and plain-text transport. */
export const exposureRules: Policies = [
  bucketBlocksPublicAccess,
  bucketHasPublicAccessBlock,
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
