import type * as pulumi from "@pulumi/pulumi";
import type { FlowLogField, SavedQueryName, TransitGatewayField } from "./vocabulary";

/** Way that flow logs take to the delivery stream. */
export const Ingestion = {
  /** By CloudWatch Logs and a Lambda function, which puts rows into the stream. Lines stay searchable in CloudWatch Logs. */
  LAMBDA: "LAMBDA",
  /** By CloudWatch Logs to the stream, which calls the function to make rows. Lines stay searchable in CloudWatch Logs. */
  SUBSCRIPTION: "SUBSCRIPTION",
  /** Straight to the stream, which calls the function to make rows. Other producers may write lines to it too. */
  DIRECT: "DIRECT",
} as const;
export type Ingestion = (typeof Ingestion)[keyof typeof Ingestion];

/** Traffic that a flow log records. */
export const TrafficType = {
  /** All traffic. */
  ALL: "ALL",
  /** Traffic that security groups and network ACLs accepted. */
  ACCEPT: "ACCEPT",
  /** Traffic that they rejected, and packets that came after their connection was closed. */
  REJECT: "REJECT",
} as const;
export type TrafficType = (typeof TrafficType)[keyof typeof TrafficType];

/** Action of a security group or network ACL on a flow. */
export const Action = {
  /** The flow was accepted. */
  ACCEPT: "ACCEPT",
  /** The flow was rejected. */
  REJECT: "REJECT",
} as const;
export type Action = (typeof Action)[keyof typeof Action];

/** Retention mode of S3 Object Lock, which decides who may end a lock early. */
export const ObjectLockMode = {
  /** A principal with `s3:BypassGovernanceRetention` may end the lock. */
  GOVERNANCE: "GOVERNANCE",
  /** No principal may end the lock before its time. */
  COMPLIANCE: "COMPLIANCE",
} as const;
export type ObjectLockMode = (typeof ObjectLockMode)[keyof typeof ObjectLockMode];

/** Kind of resources whose tags the tag fields carry. */
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
  /**
   * Kind of the resources: `network-interface`, `instance` or `auto-scaling-group`.
   * @example "instance"
   */
  resourceType: TaggedResourceType;
  /**
   * One or two tag keys, each of up to 128 characters. They are for the kind's first and second tag field.
   * @example ["team", "service"]
   */
  tagKeys: string[];
}

/** Days after which S3 moves or deletes objects of the bucket, up to 36,500 each. */
export interface RetentionArgs {
  /**
   * Days until flow logs move to S3 Standard-IA: 30 or more, or 0 for never. S3 moves no object below 128 KB, so nothing
   * moves below about 2,000,000 lines a day with the default `bufferingInterval`.
   * @default 90; 0 if `dataExpirationInDays` is less than 120, because Standard-IA bills 30 days at least
   * @example 180
   */
  dataTransitionInDays?: number;
  /**
   * Days until flow logs are deleted. It must be more than `dataTransitionInDays`.
   * @default flow logs do not expire
   * @example 365
   */
  dataExpirationInDays?: number;
  /**
   * Days until results of Athena queries are deleted.
   * @default 30
   * @example 7
   */
  resultsExpirationInDays?: number;
  /**
   * Days until records that Firehose could not convert or deliver are deleted.
   * @default 90
   * @example 180
   */
  errorsExpirationInDays?: number;
  /**
   * Days until events that the function failed on are deleted.
   * @default 90
   * @example 180
   */
  failedEventsExpirationInDays?: number;
  /**
   * Days until findings of detections are deleted.
   * @default 365
   * @example 730
   */
  findingsExpirationInDays?: number;
}

/**
 * S3 Object Lock: no object of the bucket can be deleted or overwritten until its lock ends. That holds for flow logs,
 * errors, query results, findings and failed events. An object that expires earlier is hidden, and deleted when its lock ends.
 */
export interface ObjectLockArgs {
  /**
   * `GOVERNANCE`, which a permission overrides, or `COMPLIANCE`, which no permission overrides.
   * @example "GOVERNANCE"
   */
  mode: ObjectLockMode;
  /**
   * Days for which an object is locked, from its arrival: 1 to 36,500.
   * @example 30
   */
  days: number;
}

/**
 * Saved queries that run on a schedule, between 15 and 30 minutes past the hour. A run reads the objects that were stored
 * since the run before. Its findings go to the prefix `findings/`, which the table `flow_logs_findings` reads.
 */
export interface DetectionsArgs {
  /**
   * Names of saved queries. Their parameters keep their defaults.
   * @example ["horizontal-scan", "brute-force"]
   */
  queries: SavedQueryName[];
  /**
   * Hours from one run to the next, counted from hour 0 in UTC: 1 to 24.
   * @default 24 for queries that compare with earlier days, because each run reads those days; 1 for all others
   * @example 6
   */
  everyHours?: number;
  /**
   * ARN of a standard SNS topic in the stack's region. It gets a message of each run with findings and of each failed run.
   * @default no message is sent; findings are in the table only
   * @example topic.arn
   */
  topic?: pulumi.Input<string>;
}

/**
 * Arguments of FlowLogAnalytics. Each source has a key, which you choose and which becomes part of its flow log's name, and
 * the id that AWS gave it.
 */
export interface FlowLogAnalyticsArgs {
  /**
   * VPCs to log, keyed by a name you choose.
   * @default no VPC; the component needs at least one source, unless other producers or accounts write to it
   * @example { main: vpc.id }
   */
  vpcs?: Record<string, pulumi.Input<string>>;
  /**
   * Subnets to log, keyed by a name you choose. A subnet in a VPC of `vpcs` would be logged twice, and each of its flows
   * would make two rows: the component refuses it if it knows the subnet's VPC, and warns of it if not.
   * @default none
   * @example { web: subnet.id }
   */
  subnets?: Record<string, pulumi.Input<string>>;
  /**
   * Network interfaces to log, keyed by a name you choose. They must be outside of `vpcs` and `subnets`.
   * @default none
   * @example { proxy: "eni-0123456789abcdef0" }
   */
  networkInterfaces?: Record<string, pulumi.Input<string>>;
  /**
   * Regional NAT gateways to log, keyed by a name you choose.
   * @default none
   * @example { out: "nat-0123456789abcdef0" }
   */
  natGateways?: Record<string, pulumi.Input<string>>;
  /**
   * Transit gateways to log, keyed by a name you choose. They have fields of their own: `transitGatewayFields`.
   * @default none
   * @example { hub: "tgw-0123456789abcdef0" }
   */
  transitGateways?: Record<string, pulumi.Input<string>>;
  /**
   * Names of log groups that already have flow logs in the format of `fields`, keyed by a name you choose. The component
   * subscribes to them and changes nothing else of them. A group may be named once, must not be one of the component's own,
   * and cannot be used with DIRECT. A format that only looks like `fields` puts values into wrong columns without an error.
   * @default none
   * @example { old: "/vpc/flow-logs" }
   */
  existingLogGroups?: Record<string, pulumi.Input<string>>;
  /**
   * Accounts that may subscribe their log groups to this stack, at most about 110. Their lines must have the format of
   * `fields`. Only with SUBSCRIPTION: a CloudWatch Logs destination can only target a stream.
   * @default none
   * @example ["111122223333"]
   */
  producerAccounts?: string[];
  /**
   * Regions of the log groups of `producerAccounts`. Each region gets a destination, and must be in the stack's partition.
   * @default the stack's region
   * @example ["eu-west-1"]
   */
  producerRegions?: string[];
  /**
   * Traffic to log: `ALL`, `ACCEPT` or `REJECT`.
   * @default ALL
   * @example "REJECT"
   */
  trafficType?: TrafficType;
  /**
   * Fields of a flow, in order. Each is AWS's name of a field or the name of a preset: `default`, `recommended` or `all`.
   * @default AWS's default format
   * @example ["recommended", "reject-reason"]
   */
  fields?: FlowLogField[];
  /**
   * Fields of a transit gateway's flow, in order.
   * @default AWS's default format for transit gateways, which has all of their fields
   * @example ["tgw-id", "srcaddr", "dstaddr", "bytes"]
   */
  transitGatewayFields?: TransitGatewayField[];
  /**
   * Earlier values of `fields` or `transitGatewayFields`. Lines of those formats that are still under way are read, and the
   * table keeps their columns.
   * @default none
   * @example [["default"]]
   */
  previousFields?: string[][];
  /**
   * Tag keys for the fields `instance-tag`, `interface-tag` and `asg-tag`. Each kind whose field is in `fields` needs an
   * entry, with two keys if its second field is there too; `all` has all three kinds.
   * @default none
   * @example [{ resourceType: "instance", tagKeys: ["team"] }]
   */
  tagFields?: TagFieldArgs[];
  /**
   * Longest time that one line sums up, in seconds: 60 or 600. 600 has no effect on interfaces of Nitro instances, nor on
   * transit gateways: AWS sums up at most a minute there.
   * @default 60
   * @example 600
   */
  maxAggregationInterval?: number;
  /**
   * Way that flow logs take to the delivery stream: `LAMBDA`, `SUBSCRIPTION` or `DIRECT`.
   * @default LAMBDA
   * @example "DIRECT"
   */
  ingestion?: Ingestion;
  /**
   * CloudWatch Logs filter pattern for the lines to read, up to 1,024 characters. A pattern that names fields makes CloudWatch
   * Logs send several times the bytes, which `keepAction` and `dropNoData` do not. Not with DIRECT.
   * @default all lines are read
   * @example "REJECT"
   */
  filterPattern?: string;
  /**
   * CIDR blocks of networks, IPv4 and IPv6, keyed by the network's name. The table gets the columns `src_network` and
   * `dst_network`, with the name of the longest matching block. Thousands of blocks fit.
   * @default none; the table has no such columns
   * @example { office: ["203.0.113.0/24"], prod: ["10.0.0.0/16", "2001:db8::/32"] }
   */
  networks?: Record<string, string[]>;
  /**
   * CIDR blocks whose addresses queries take for inside, beside private ones, 50 at most: public IPv4 and IPv6 blocks of the
   * VPCs that are logged. Blocks of a VPC that the program makes are known, except those attached to it by resources of their
   * own. An empty text counts for nothing.
   * @default private addresses and those of logged interfaces
   * @example ["2600:1f18:12:3400::/56", "54.10.0.0/16"]
   */
  insideCidrBlocks?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * True to drop lines that only say that there was no traffic (NODATA).
   * @default false
   * @example true
   */
  dropNoData?: boolean;
  /**
   * Action whose lines the function keeps: `ACCEPT` or `REJECT`. It drops lines with the other action.
   * @default both are kept
   * @example "REJECT"
   */
  keepAction?: Action;
  /**
   * Seconds that Firehose gathers rows before it writes an object, 0 to 900. With SUBSCRIPTION and DIRECT it gathers up to
   * a minute more, for the function.
   * @default 300
   * @example 60
   */
  bufferingInterval?: number;
  /**
   * Days that the log groups keep their lines: one of the values that CloudWatch Logs has, such as 1, 7, 30 or 365.
   * @default 7
   * @example 30
   */
  logRetentionInDays?: number;
  /**
   * Name of your own bucket for flow logs, errors and results, in the stack's account and region. Its encryption, policy and
   * lifecycle stay as they are. If it encrypts with a KMS key, `existingKey` must be that key.
   * @default a bucket is created
   * @example "my-flow-logs"
   */
  existingBucket?: pulumi.Input<string>;
  /**
   * ARN of your own KMS key, in the stack's region. The key policy must delegate to IAM and allow
   * logs.REGION.amazonaws.com for log groups.
   * @default a key is created, and rotated every year
   * @example key.arn
   */
  existingKey?: pulumi.Input<string>;
  /**
   * ARNs of the keys that encrypted objects before `existingKey` was set or changed. Readers may still decrypt with them.
   * @default none
   * @example ["arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
   */
  previousKeys?: pulumi.Input<string>[];
  /**
   * Days after which objects of the bucket move or are deleted. Not with `existingBucket`.
   * @default flow logs do not expire; results, errors, failed events and findings do
   * @example { dataExpirationInDays: 365 }
   */
  retention?: RetentionArgs;
  /**
   * True to keep overwritten, deleted and expired objects for 30 more days. Not with `existingBucket`.
   * @default false; true with `objectLock`
   * @example true
   */
  versioning?: boolean;
  /**
   * Locks new objects against deletion. Not with `existingBucket`. A bucket that had a lock keeps versions from then on: set
   * `versioning` when you remove the lock.
   * @default no lock
   * @example { mode: "GOVERNANCE", days: 30 }
   */
  objectLock?: ObjectLockArgs;
  /**
   * Bytes that one Athena query may scan before Athena stops it, 10,000,000 at least.
   * @default 107374182400, which is 100 GiB
   * @example 10 ** 12
   */
  bytesScannedCutoffPerQuery?: number;
  /**
   * Saved queries to run on a schedule.
   * @default none
   * @example { queries: ["horizontal-scan", "brute-force"] }
   */
  detections?: DetectionsArgs;
  /**
   * ARN of a standard SNS topic in the stack's region, to which alarms are sent.
   * @default alarms show in CloudWatch only
   * @example topic.arn
   */
  alarmTopic?: pulumi.Input<string>;
  /**
   * Minutes without a line after which an alarm goes off, at each step of the way. It takes 30 to 1,440 in steps of 5, up to
   * 10,080 in steps of 60, and 0 for no such alarm. Choose more than the longest pause of your traffic.
   * @default 60, since flow logs also write that there was no traffic; 0 if the stack has no flow log of its own, or with
   * `trafficType`, `filterPattern`, `dropNoData` or `keepAction`, which leave lines out
   * @example 240
   */
  alarmSilenceInMinutes?: number;
  /**
   * Tags for every resource of the component that can have tags, at most 50, or 49 with DIRECT.
   * @default none
   * @example { team: "network" }
   */
  tags?: Record<string, pulumi.Input<string>>;
  /**
   * True to delete resources together with their data when they leave the stack, by `pulumi destroy` or by a change of
   * arguments. That is the bucket, the key, the log groups of flow logs, and the workgroup with its history. Objects in
   * `existingBucket` stay in any case, and so does the key that encrypted them. Not with `objectLock` in mode COMPLIANCE.
   * @default false: they stay in AWS, and are deleted by hand
   * @example true
   */
  forceDestroy?: boolean;
}
