import type { ResourceValidationPolicy } from "@pulumi/policy";
import { fsbp } from "../../reading/frameworks";
import type { Fields } from "../../reading/properties";
import { type Setting, settingRule, store } from "../setting-rule";

/** A copy is encrypted like its source. */
const RESTORED = ["snapshotIdentifier", "restoreToPointInTime", "s3Import", "globalClusterIdentifier"];

const REPLICA = ["replicateSourceDb", "replicationSourceIdentifier"];

const inherits = [...RESTORED, ...REPLICA];

/** Stores that keep data unencrypted where nothing is set. DynamoDB, FSx, MemoryDB, MSK and others always encrypt. */
export const STORES: Setting[] = [
  store("rds/instance:Instance", "database", "storageEncrypted", { inherits }),
  store("rds/cluster:Cluster", "database cluster", "storageEncrypted", {
    inherits,
    unset: ({ engineMode }: Fields) => engineMode === "serverless",
  }),
  store("rds/globalCluster:GlobalCluster", "global database cluster", "storageEncrypted", {
    inherits: ["sourceDbClusterIdentifier"],
  }),
  store("docdb/cluster:Cluster", "document database cluster", "storageEncrypted", { inherits }),
  store("docdb/globalCluster:GlobalCluster", "global document database cluster", "storageEncrypted", {
    inherits: ["sourceDbClusterIdentifier"],
  }),
  store("neptune/cluster:Cluster", "graph database cluster", "storageEncrypted", { inherits }),
  store("neptune/globalCluster:GlobalCluster", "global graph database cluster", "storageEncrypted", {
    inherits: ["sourceDbClusterIdentifier"],
  }),
  store("redshift/cluster:Cluster", "data warehouse", "encrypted", { inherits, unset: true }),
  store("efs/fileSystem:FileSystem", "file system", "encrypted"),
  store("opensearch/domain:Domain", "search domain", "encryptAtRest.enabled"),
  store("elasticsearch/domain:Domain", "search domain", "encryptAtRest.enabled"),
];

export const storeEncrypted: ResourceValidationPolicy = settingRule({
  name: "store-encrypted",
  displayName: "Databases, file systems and search domains encrypted",
  description: "A database, a data warehouse, a file system or a search domain encrypts what it stores.",
  enforcementLevel: "mandatory",
  severity: "high",
  framework: fsbp("RDS.3", "RDS DB instances should have encryption at-rest enabled"),
  tags: [
    "encryption",
    "rds",
    "docdb",
    "neptune",
    "redshift",
    "efs",
    "opensearch",
    "fsbp/RDS.27",
    "fsbp/DocumentDB.1",
    "fsbp/EFS.1",
    "fsbp/OpenSearch.1",
    "cis-aws-3.0.0/2.3.1",
    "cis-aws-3.0.0/2.4.1",
  ],
  remediationSteps:
    "Turn encryption on before there is data: what exists is encrypted by restoring it from an encrypted copy of a snapshot.",
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html",
  settings: STORES,
  wanted: true,
  fault: "stores its data unencrypted",
});
