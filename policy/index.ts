import { PolicyPack } from "@pulumi/policy";
import { roleNoBroadManagedPolicy } from "./access-managed-policies";
import { roleNoWildcardAction, roleNoWildcardResource } from "./access-statements";
import { bucketEncryptedWithCustomerKey } from "./lake-encryption";
import { bucketBlocksPublicAccess } from "./lake-public-access";
import { bucketTlsOnly } from "./lake-transport";

// The only place that makes a PolicyPack: making one starts a server, and rules stay values that a test can call.
new PolicyPack("flow-log-analytics", {
  policies: [
    bucketEncryptedWithCustomerKey,
    bucketBlocksPublicAccess,
    bucketTlsOnly,
    roleNoWildcardAction,
    roleNoWildcardResource,
    roleNoBroadManagedPolicy,
  ],
});
