import type * as pulumi from "@pulumi/pulumi";
import type { FlowLogField, SavedQueryName, TransitGatewayField } from "./vocabulary";

/** The way that flow logs take to the delivery stream. */
export const Ingestion = {
  /** CloudWatch Logs, a Lambda function that parses, the stream. Logs stay searchable in CloudWatch Logs. */
  LAMBDA: "LAMBDA",
  /** CloudWatch Logs, the stream, which has the function parse what it received. */
  SUBSCRIPTION: "SUBSCRIPTION",
  /** Straight to the stream, which has the function parse. Other producers may write lines to it too. */
  DIRECT: "DIRECT",
} as const;
export type Ingestion = (typeof Ingestion)[keyof typeof Ingestion];

/** Traffic that a flow log has. */
export const TrafficType = {
  /** All. */
  ALL: "ALL",
  /** Traffic that security groups and network ACLs let through. */
  ACCEPT: "ACCEPT",
  /** Traffic that they reject, and packets that come after their connection was closed. */
  REJECT: "REJECT",
} as const;
export type TrafficType = (typeof TrafficType)[keyof typeof TrafficType];

/** Action of a security group or network ACL on a flow. */
export const Action = {
  /** Let through. */
  ACCEPT: "ACCEPT",
  /** Not let through. */
  REJECT: "REJECT",
} as const;
export type Action = (typeof Action)[keyof typeof Action];

/** Retention mode of S3 Object Lock: it decides who may end a lock. */
export const ObjectLockMode = {
  /** Whoever has the permission to override it. */
  GOVERNANCE: "GOVERNANCE",
  /** Nobody. */
  COMPLIANCE: "COMPLIANCE",
} as const;
export type ObjectLockMode = (typeof ObjectLockMode)[keyof typeof ObjectLockMode];

/** Kinds of resources whose tags the tag fields carry. */
export const TaggedResourceType = {
  /** Instances: the fields `instance-tag` and `instance-tag-2`. */
  INSTANCE: "instance",
  /** Network interfaces: the fields `interface-tag` and `interface-tag-2`. */
  NETWORK_INTERFACE: "network-interface",
  /** Auto Scaling groups: the fields `asg-tag` and `asg-tag-2`. */
  AUTO_SCALING_GROUP: "auto-scaling-group",
} as const;
export type TaggedResourceType = (typeof TaggedResourceType)[keyof typeof TaggedResourceType];

/** Tags of a kind of resource whose values the tag fields of a flow carry. */
export interface TagFieldArgs {
  /** `network-interface`, `instance` or `auto-scaling-group`. */
  resourceType: TaggedResourceType;
  /** One or two tag keys, each of up to 128 characters, for the kind's first and second tag field. */
  tagKeys: string[];
}

/** How long the bucket keeps what, in days, up to 36,500. */
export interface RetentionArgs {
  /**
   * Days until flow logs move to S3 Standard-IA, at least 30, or 0 for never. 90, if absent, or never if they are deleted
   * before they have been there for the 30 days that are billed in any case.
   */
  dataTransitionInDays?: number;
  /** Days until flow logs are deleted, more than until their transition. They stay, if absent. */
  dataExpirationInDays?: number;
  /** Days until results of queries are deleted. 30, if absent. */
  resultsExpirationInDays?: number;
  /** Days until what Firehose could not convert or deliver is deleted. 90, if absent. */
  errorsExpirationInDays?: number;
  /** Days until events that the function failed on are deleted. 90, if absent. */
  failedEventsExpirationInDays?: number;
  /** Days until what detections found is deleted. 365, if absent. */
  findingsExpirationInDays?: number;
}

/**
 * Keeps every object of the bucket from being deleted or overwritten (S3 Object Lock): flow logs, errors, results of
 * queries and failed events. What expires earlier is hidden, and deleted when its lock ends.
 */
export interface ObjectLockArgs {
  /** `GOVERNANCE`, which a permission overrides, or `COMPLIANCE`, which nothing does. */
  mode: ObjectLockMode;
  /** Days for which an object is locked, from its arrival. */
  days: number;
}

/**
 * Saved queries that run by themselves, a quarter past the hour. Each run looks at what was stored since the run before, also
 * at what arrived late; what it finds goes to the prefix `findings/`, which the table `flow_logs_findings` reads.
 */
export interface DetectionsArgs {
  /** Names of saved queries, such as `horizontal-scan`; their parameters keep their defaults. */
  queries: SavedQueryName[];
  /**
   * Hours from one run to the next, counted from hour 0 (UTC): 1 to 24. If absent, 24 for queries that compare with the
   * days before, which every run reads, and 1 for all others.
   */
  everyHours?: number;
  /** ARN of a standard SNS topic in the stack's region that hears of what is found, and of a run that failed. Nobody is told, if absent. */
  topic?: pulumi.Input<string>;
}

/**
 * Arguments of FlowLogAnalytics. What is logged is named twice: its id by AWS, and by a short name of yours, which stays
 * with its flow log.
 */
export interface FlowLogAnalyticsArgs {
  /** VPCs whose traffic is logged, by a name of yours. For example `{ main: vpc.id }`. */
  vpcs?: Record<string, pulumi.Input<string>>;
  /**
   * Subnets whose traffic is logged, by a name of yours. One in a VPC of `vpcs` is logged twice, and each of its flows makes
   * two rows: that is refused where the id comes from a resource that says its VPC, and else only warned of. For example
   * `{ web: subnet.id }`.
   */
  subnets?: Record<string, pulumi.Input<string>>;
  /** Network interfaces whose traffic is logged, by a name of yours, outside of `vpcs` and `subnets`. For example `{ proxy: "eni-0123456789abcdef0" }`. */
  networkInterfaces?: Record<string, pulumi.Input<string>>;
  /** Regional NAT gateways whose traffic is logged, by a name of yours. For example `{ out: "nat-0123456789abcdef0" }`. */
  natGateways?: Record<string, pulumi.Input<string>>;
  /** Transit gateways whose traffic is logged, by a name of yours, in fields of their own: `transitGatewayFields`. For example `{ hub: "tgw-0123456789abcdef0" }`. */
  transitGateways?: Record<string, pulumi.Input<string>>;
  /**
   * Log groups that flow logs of yours write to already, in the format of `fields`: their names, by a name of yours. They
   * are read by a subscription and otherwise left alone. Not a group twice, none of the component's own, and not with DIRECT. For example `{ old: "/vpc/flow-logs" }`.
   */
  existingLogGroups?: Record<string, pulumi.Input<string>>;
  /**
   * Accounts that may subscribe log groups of theirs, in the format of `fields`, to this stack's stream through a
   * CloudWatch Logs destination, some 110 of them. Only with SUBSCRIPTION, because a destination leads to a stream. None, if
   * absent. For example `["111122223333"]`.
   */
  producerAccounts?: string[];
  /** Regions of the log groups of `producerAccounts`, in the stack's partition, each of which gets a destination. The stack's own, if absent. For example `["eu-west-1"]`. */
  producerRegions?: string[];
  /** Traffic to log: `ALL`, `ACCEPT` or `REJECT`. All, if absent. For example `"REJECT"`. */
  trafficType?: TrafficType;
  /**
   * The fields of a flow, in order: AWS's names, or a preset's name for its fields (`default`, `recommended`, `all`).
   * AWS's default format, if absent. For example `["recommended", "reject-reason"]`.
   */
  fields?: FlowLogField[];
  /** The same for flows of transit gateways. AWS's default format for them, which is all of their fields, if absent. For example `["tgw-id", "srcaddr", "dstaddr", "bytes"]`. */
  transitGatewayFields?: TransitGatewayField[];
  /**
   * Formats that flow logs of this stack wrote before `fields` or `transitGatewayFields` was changed, each a list as
   * those are: lines that are still under way are read by them, and the table keeps their columns. None, if absent. For example
   * `[["default"]]`.
   */
  previousFields?: string[][];
  /**
   * Tag keys for the fields `instance-tag`, `interface-tag` and `asg-tag`: an entry for each kind of them in `fields` (`all` has
   * all three), with two keys if its second field is there too, and no other. None, if absent. For example
   * `[{ resourceType: "instance", tagKeys: ["team"] }]`.
   */
  tagFields?: TagFieldArgs[];
  /** Longest time that one line sums up, in seconds: 60 or 600. A minute, if absent. For example `600`. */
  maxAggregationInterval?: number;
  /** The way to the stream. LAMBDA, if absent. For example `"DIRECT"`. */
  ingestion?: Ingestion;
  /**
   * CloudWatch Logs filter pattern for the lines that are read, up to 1,024 characters. All are, if absent. A pattern
   * that names fields multiplies what CloudWatch Logs sends; `keepAction` and `dropNoData` do not. Not with DIRECT. For example
   * `"REJECT"`.
   */
  filterPattern?: string;
  /**
   * Names for networks: the CIDR blocks of each, IPv4 and IPv6, thousands if need be. The table gets the columns
   * `src_network` and `dst_network`, filled by longest prefix. None, if absent. For example
   * `{ office: ["203.0.113.0/24"], prod: ["10.0.0.0/16", "2001:db8::/32"] }`.
   */
  networks?: Record<string, string[]>;
  /** True to drop lines that only say that there was no traffic (NODATA). They are kept, if absent. For example `true`. */
  dropNoData?: boolean;
  /** ACCEPT or REJECT: the ETL leaves out lines with the other action. It keeps both, if absent. For example `"REJECT"`. */
  keepAction?: Action;
  /**
   * Seconds that Firehose gathers before it writes, 0 to 900: how old the newest row is; up to a minute more with
   * SUBSCRIPTION and DIRECT, where it gathers for the function first. 300, if absent. For example `60`.
   */
  bufferingInterval?: number;
  /** Days that the log groups keep what the lake has already: one of the values CloudWatch Logs knows. 7, if absent. For example `30`. */
  logRetentionInDays?: number;
  /**
   * Name of a bucket of yours, in the stack's account and region, to store everything in; its encryption, policy and
   * lifecycle stay yours. If it encrypts with a KMS key, that must be `existingKey`. A bucket is created, if absent.
   * For example `"my-flow-logs"`.
   */
  existingBucket?: pulumi.Input<string>;
  /**
   * ARN of a KMS key of yours, in the stack's region, that encrypts everything; its policy must let IAM decide, and
   * CloudWatch Logs use it for log groups. A key that is rotated every year is created, if absent. For
   * example `key.arn`.
   */
  existingKey?: pulumi.Input<string>;
  /**
   * ARNs of keys that encrypted what is in the bucket before `existingKey` was set or changed: readers may decrypt with
   * them still. None, if absent. For example `["arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"]`.
   */
  previousKeys?: pulumi.Input<string>[];
  /** How long the bucket keeps what; not with `existingBucket`. Flow logs stay and all else expires, if absent. For example `{ dataExpirationInDays: 365 }`. */
  retention?: RetentionArgs;
  /**
   * True to keep overwritten and deleted objects, expired ones too, for 30 days; not with `existingBucket`.
   * It does not, if absent, unless there is an `objectLock`. For example `true`.
   */
  versioning?: boolean;
  /**
   * Locks objects that are stored from then on against deletion; not with `existingBucket`. A bucket that has locked
   * cannot do without versions again: set `versioning` when you take this away. Nothing is locked, if absent. For
   * example `{ mode: "GOVERNANCE", days: 30 }`.
   */
  objectLock?: ObjectLockArgs;
  /** Bytes that one Athena query may scan before it is stopped, at least 10,000,000. 100 GiB, if absent. For example `10 ** 12`. */
  bytesScannedCutoffPerQuery?: number;
  /** Saved queries that run on a schedule. None, if absent. For example `{ queries: ["horizontal-scan", "brute-force"] }`. */
  detections?: DetectionsArgs;
  /** ARN of a standard SNS topic in the stack's region that alarms are sent to. They reach nobody and only show in CloudWatch, if absent. For example `topic.arn`. */
  alarmTopic?: pulumi.Input<string>;
  /**
   * Minutes without a line after which there is an alarm, at each step of the way: 30 to 1,440 in steps of 5, up to 10,080
   * in steps of 60, or 0 for no such alarm. More than your traffic ever rests. 60, if absent, since flow logs also write
   * that there was no traffic; 0, if absent, where the stack has no flow log of its own, or where that is left out
   * (`trafficType`, `filterPattern`, `dropNoData`, `keepAction`). For example `240`.
   */
  alarmSilenceInMinutes?: number;
  /** Tags of every resource that can have them. None, if absent. For example `{ team: "network" }`. */
  tags?: Record<string, pulumi.Input<string>>;
  /**
   * True to delete resources with their data when they leave the stack, by `pulumi destroy` or by a change of arguments:
   * bucket, key, log groups of flow logs, workgroup with its history of queries. They stay in AWS, if absent, and are
   * deleted by hand. What is in `existingBucket` stays in any case, and so does the key that encrypted it. Not with an
   * `objectLock` in COMPLIANCE. For example `true`.
   */
  forceDestroy?: boolean;
}
