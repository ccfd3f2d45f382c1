import type { ResourceValidationPolicy } from "@pulumi/policy";
import { fsbp, securityHub } from "../../reading/frameworks";
import { type Setting, settingRule } from "../setting-rule";

const reached = (type: string, noun: string, path = "publiclyAccessible", unset = false): Setting => ({
  type: `aws:${type}`,
  noun,
  path,
  unset,
});

/** Stores that can have an address on the internet, by the setting that says so. */
export const REACHABLE: Setting[] = [
  reached("rds/instance:Instance", "database"),
  reached("rds/clusterInstance:ClusterInstance", "database"),
  reached("neptune/clusterInstance:ClusterInstance", "graph database"),
  reached("redshift/cluster:Cluster", "data warehouse"),
  reached("redshiftserverless/workgroup:Workgroup", "data warehouse"),
  reached("dms/replicationInstance:ReplicationInstance", "replication instance"),
  reached("dms/instanceProfile:InstanceProfile", "instance profile of DMS", "publiclyAccessible", true),
  reached("mq/broker:Broker", "message broker"),
  reached("timestreaminfluxdb/dbInstance:DbInstance", "time series database"),
  reached("timestreaminfluxdb/dbCluster:DbCluster", "time series database"),
  reached("rds/shardGroup:ShardGroup", "database"),
  reached("neptunegraph/graph:Graph", "graph database", "publicConnectivity"),
  {
    ...reached(
      "msk/cluster:Cluster",
      "Kafka cluster",
      "brokerNodeGroupInfo.connectivityInfo.publicAccess.type",
    ),
    unset: "DISABLED",
    wanted: "DISABLED",
  },
  reached("lightsail/database:Database", "database"),
];

export const storeNotOnInternet: ResourceValidationPolicy = settingRule({
  name: "store-not-on-internet",
  displayName: "No database on the internet",
  description:
    "A database, a data warehouse, a broker or a replication instance has no address on the internet.",
  enforcementLevel: "mandatory",
  severity: "critical",
  framework: fsbp("RDS.2", "RDS DB Instances should prohibit public access"),
  tags: ["exposure", "rds", "redshift", "dms", "mq", "fsbp/Redshift.1", "cis-aws-3.0.0/2.3.3"],
  remediationSteps:
    "Take the address away, and reach it from its own network, by way of a bastion, a VPN or Session Manager.",
  url: securityHub("rds"),
  settings: REACHABLE,
  wanted: false,
  fault: "has an address on the internet",
});
