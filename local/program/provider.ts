import { createHash } from "node:crypto";
import type { MockCallArgs, MockResourceArgs, MockResourceResult } from "@pulumi/pulumi/runtime/mocks";
import { PARTITIONS, type Partition, partitionOf } from "../../components/partitions";
import { type Autonaming, proposedName } from "./autonaming";
import { ProgramError } from "./declared";
import { ec2Id } from "./ids";
import { availabilityZones, policyDocument } from "./invokes";
import { Limits } from "./limits";

/** Account of every local run; AWS's own documentation uses it. */
export const ACCOUNT_ID = "123456789012";

const suffix = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 7);

type Inputs = Record<string, unknown>;

/** Last parts of ARNs for services that do not write `<resource>/<name>`. */
const ARN_RESOURCES: Record<string, (physicalName: string, inputs: Inputs) => string> = {
  "aws:cloudwatch/logGroup:LogGroup": (name) => `logs:log-group:${name}`,
  "aws:cloudwatch/logStream:LogStream": (name, { logGroupName }) =>
    `logs:log-group:${logGroupName}:log-stream:${name}`,
  "aws:ec2/flowLog:FlowLog": (name) => `ec2:vpc-flow-log/${name}`,
  "aws:glue/catalogDatabase:CatalogDatabase": (name) => `glue:database/${name}`,
  "aws:glue/catalogTable:CatalogTable": (name, { databaseName }) => `glue:table/${databaseName}/${name}`,
  "aws:cloudwatch/logDestination:LogDestination": (name) => `logs:destination:${name}`,
  "aws:cloudwatch/metricAlarm:MetricAlarm": (name) => `cloudwatch:alarm:${name}`,
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": (name) => `firehose:deliverystream/${name}`,
  "aws:scheduler/scheduleGroup:ScheduleGroup": (name) => `scheduler:schedule-group/${name}`,
  "aws:sns/topic:Topic": (name) => `sns:${name}`,
  "aws:sfn/stateMachine:StateMachine": (name) => `states:stateMachine:${name}`,
  "aws:lambda/function:Function": (name) => `lambda:function:${name}`,
  "aws:sqs/queue:Queue": (name) => `sqs:${name}`,
};

/**
 * Stand-in for the AWS provider while the program runs offline. It answers with names, ids and ARNs such as AWS assigns, and
 * with the stack's region and account. An attribute without a value would silently remove a dependency.
 */
export class LocalProvider {
  /** Finds resources that exceed AWS's limits. */
  readonly limits = new Limits();
  private readonly place: Partition;

  /** `autonaming` is the stack's `pulumi:autonaming`; Pulumi's default, if absent. */
  constructor(
    readonly region: string,
    private readonly autonaming?: Autonaming,
    private readonly stack = { project: "project", stack: "stack" },
  ) {
    this.place = partitionOf(region) ?? PARTITIONS[0];
  }

  get partition(): string {
    return this.place.name;
  }

  call({ token, inputs }: MockCallArgs): Record<string, unknown> {
    switch (token) {
      case "aws:index/getPartition:getPartition":
        return { partition: this.partition, dnsSuffix: this.place.dnsSuffix };
      case "aws:index/getRegion:getRegion":
        return { region: this.region, name: this.region };
      case "aws:index/getCallerIdentity:getCallerIdentity":
        return { accountId: ACCOUNT_ID, arn: `arn:${this.partition}:iam::${ACCOUNT_ID}:user/local` };
      case "aws:ec2/getVpc:getVpc":
        // AWS creates default VPCs with this block.
        return { id: "vpc-0123456789abcdef0", cidrBlock: "172.31.0.0/16", ...inputs };
      case "aws:index/getAvailabilityZones:getAvailabilityZones":
        return availabilityZones(this.region);
      case "aws:iam/getPolicyDocument:getPolicyDocument":
        return policyDocument(inputs);
      default:
        throw new ProgramError(`the program asks ${token}, which only AWS can answer`);
    }
  }

  newResource({ type, name, inputs, id }: MockResourceArgs): MockResourceResult {
    const random = suffix(type + name);
    const given = inputs.name ?? inputs.bucket ?? (inputs.namePrefix && `${inputs.namePrefix}${random}`);
    const physicalName = String(given ?? proposedName(this.autonaming, { type, name, ...this.stack }));
    const ownName = type === "aws:s3/bucket:Bucket" ? { bucket: physicalName } : { name: physicalName };
    this.limits.note(type, name, { ...ownName, ...inputs }, ACCOUNT_ID);
    const { region, place } = this;
    const url = `https://sqs.${region}.${place.dnsSuffix}/${ACCOUNT_ID}/${physicalName}`;
    const ownUrl = type === "aws:sqs/queue:Queue" ? { url } : {};
    const state = { ...ownName, ...ownUrl, arn: this.arn(type, physicalName, inputs), ...inputs };
    return { id: id || (ec2Id(type, name) ?? physicalName), state };
  }

  private arn(type: string, physicalName: string, inputs: Inputs): string {
    const [, service, resource] = /^\w+:([\w-]+)\/\w+:(\w+)$/.exec(type) ?? [];
    const kind = resource?.toLowerCase();
    if (service === "s3") return `arn:${this.partition}:s3:::${physicalName}`;
    if (service === "iam") return `arn:${this.partition}:iam::${ACCOUNT_ID}:${kind}/${physicalName}`;
    const [owner, ...rest] = (
      ARN_RESOURCES[type]?.(physicalName, inputs) ?? `${service}:${kind}/${physicalName}`
    ).split(":");
    return `arn:${this.partition}:${owner}:${this.region}:${ACCOUNT_ID}:${rest.join(":")}`;
  }
}
