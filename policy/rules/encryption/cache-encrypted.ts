import type { ResourceValidationPolicy } from "@pulumi/policy";
import { securityHub } from "../../reading/frameworks";
import type { Fields } from "../../reading/properties";
import { type Setting, settingRule, store } from "../setting-rule";

/** Caches and accelerators that keep data unencrypted where nothing is set. */
export const CACHES: Setting[] = [
  store("elasticache/replicationGroup:ReplicationGroup", "cache", "atRestEncryptionEnabled", {
    inherits: ["globalReplicationGroupId"],
    unset: ({ engine }: Fields) => engine === "valkey",
  }),
  store("dax/cluster:Cluster", "DynamoDB accelerator", "serverSideEncryption.enabled"),
];

export const cacheEncrypted: ResourceValidationPolicy = settingRule({
  name: "cache-encrypted",
  displayName: "Caches encrypted",
  description: "A cache encrypts what it writes to disk.",
  enforcementLevel: "advisory",
  severity: "medium",
  tags: ["encryption", "elasticache", "dax", "fsbp/DynamoDB.3"],
  remediationSteps: "Turn encryption at rest on; a cache that exists has to be replaced.",
  url: securityHub("elasticache"),
  settings: CACHES,
  wanted: true,
  fault: "writes to disk unencrypted",
});
