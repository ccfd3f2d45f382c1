import type { ResourceValidationPolicy } from "@pulumi/policy";
import { fsbp, securityHub } from "../../reading/frameworks";
import type { Fields } from "../../reading/properties";
import { type Setting, settingRule } from "../setting-rule";

/** A copy is encrypted as what it was made of. */
const RESTORED = ["snapshotIdentifier", "restoreToPointInTime", "s3Import", "globalClusterIdentifier"];
const REPLICA = ["replicateSourceDb", "replicationSourceIdentifier"];

const store = (type: string, noun: string, path: string, more: Partial<Setting> = {}): Setting => ({
  type: `aws:${type}`,
  noun,
  path,
  unset: false,
  ...more,
});

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

const disk = (type: string, noun: string, path: string): Setting =>
  store(type, noun, path, { optional: true, inherits: ["snapshotId"] });

/** Whatever disks have that no snapshot decides about. The account's default may encrypt them, which no program says. */
export const DISKS: Setting[] = [
  store("ebs/volume:Volume", "volume", "encrypted", { inherits: ["snapshotId"] }),
  store("ebs/snapshotCopy:SnapshotCopy", "snapshot copy", "encrypted"),
  store("ec2/amiCopy:AmiCopy", "image copy", "encrypted"),
  store("ebs/encryptionByDefault:EncryptionByDefault", "the default for volumes", "enabled", { unset: true }),
  ...["rootBlockDevice", "ebsBlockDevices"].flatMap((part) => [
    disk("ec2/instance:Instance", "instance", `${part}.encrypted`),
    disk("ec2/launchConfiguration:LaunchConfiguration", "launch configuration", `${part}.encrypted`),
  ]),
  disk("ec2/launchTemplate:LaunchTemplate", "launch template", "blockDeviceMappings.ebs.encrypted"),
];

export const diskEncrypted: ResourceValidationPolicy = settingRule({
  name: "disk-encrypted",
  displayName: "Disks encrypted",
  description: "An EBS volume, a copy of one and what an instance starts with are encrypted.",
  enforcementLevel: "advisory",
  severity: "medium",
  framework: fsbp("EC2.3", "Attached Amazon EBS volumes should be encrypted at-rest"),
  tags: ["encryption", "ec2", "ebs", "fsbp/EC2.7", "cis-aws-3.0.0/2.2.1"],
  remediationSteps:
    "Set encrypted to true, or make it the account's default with an EncryptionByDefault and exempt what that covers.",
  url: securityHub("ec2"),
  settings: DISKS,
  wanted: true,
  fault: "is not encrypted",
});
