import { readFileSync } from "node:fs";

/** A resource type by the SDK of the AWS provider. */
interface SdkType {
  /**
   * The property with the physical name, if there is one. Pulumi's provider generates it if the program does not set it.
   */
  naming?: string;
  /** Properties that AWS returns and no program sets. */
  outputs: string[];
  /** Properties that a program may give, and those that it must. */
  inputs: string[];
  required: string[];
  /** Properties of a resource that are texts or booleans, and those that it always has. */
  simple: Record<string, { type: string }>;
  present: string[];
}

/** Reads the properties of a resource in the declaration of its class. */
const propertiesOf = (path: string): Pick<SdkType, "simple" | "present"> => {
  const source = readFileSync(require.resolve(`@pulumi/aws/${path}.d.ts`), "utf8");
  const [, declared = ""] =
    /^export declare class [\s\S]*?^}/m.exec(source)?.[0].split("static isInstance") ?? [];
  const found = [
    ...declared.matchAll(/readonly (\w+): pulumi\.Output<(?:(string|boolean)\b( \| undefined)?>)?/g),
  ];
  const simple = found.filter(([, , type]) => type);
  return {
    simple: Object.fromEntries(simple.map(([, name, type]) => [name, { type }])),
    present: simple.filter(([, , , optional]) => !optional).map(([, name]) => name),
  };
};

/** Reads a type from the SDK's generated constructor, so that a type that is new in the program is known, too. */
const sdkType = (type: string): SdkType => {
  const [, path] = /^aws:([\w-]+\/\w+):\w+$/.exec(type) ?? [];
  if (!path) throw new Error(`no resource of the AWS provider: ${type}`);
  const source = readFileSync(require.resolve(`@pulumi/aws/${path}.js`), "utf8");
  const properties = (after: string) =>
    [...source.matchAll(new RegExp(`resourceInputs\\["(\\w+)"\\] = ${after}`, "g"))].map(([, name]) => name);
  const inputs = properties("\\(?args\\?\\.");
  const isOptional = (name: string) =>
    inputs.includes(name) && !source.includes(`Missing required property '${name}'`);
  const name = type === "aws:s3/bucket:Bucket" ? "bucket" : "name";
  return {
    naming: inputs.includes(name) ? name : undefined,
    // A delivery stream's ARN may be given, which nobody does.
    outputs: [...properties("undefined /\\*out\\*/"), ...(isOptional("arn") ? ["arn"] : [])],
    inputs,
    required: inputs.filter((input) => source.includes(`Missing required property '${input}'`)),
    ...propertiesOf(path),
  };
};

const known = new Map<string, SdkType>();
export const describeType = (type: string): SdkType => {
  const found = known.get(type) ?? sdkType(type);
  known.set(type, found);
  return found;
};

/**
 * Properties that no type can change: the resource's own name, and the resource to which it belongs.
 */
const IDENTIFYING = [
  "alarmName",
  "bucketPrefix",
  "catalogId",
  "dashboardName",
  "databaseName",
  "expectedBucketOwner",
  "functionName",
  "logGroup",
  "logGroupName",
  "name",
  "namePrefix",
  "path",
  "region",
];

/** Further properties that cannot be changed, by type (the AWS provider's schema). For some types, that is all but the tags. */
const FIXED: Record<string, string[] | "everything"> = {
  "aws:athena/namedQuery:NamedQuery": "everything",
  "aws:cloudwatch/logStream:LogStream": "everything",
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": ["destinationArn"],
  "aws:ec2/flowLog:FlowLog": "everything",
  "aws:iam/rolePolicy:RolePolicy": ["role"],
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": ["destination", "kinesisSourceConfiguration"],
  "aws:kms/key:Key": ["customerMasterKeySpec", "keyUsage", "multiRegion"],
  "aws:lambda/function:Function": ["packageType"],
  "aws:lambda/permission:Permission": "everything",
  "aws:s3/bucket:Bucket": ["objectLockEnabled"],
  "aws:sns/topic:Topic": ["fifoTopic"],
  "aws:sns/topicPolicy:TopicPolicy": ["arn"],
  "aws:sns/topicSubscription:TopicSubscription": ["endpoint", "protocol", "topic"],
};

/** Returns true if a change of the property replaces the resource. */
export const forcesReplacement = (type: string, property: string): boolean => {
  if (property === "tags" || property.startsWith("__")) return false;
  // Resources that configure a bucket belong to it.
  if (property === "bucket") return type.startsWith("aws:s3/");
  const fixed = FIXED[type] ?? [];
  return fixed === "everything" || fixed.includes(property) || IDENTIFYING.includes(property);
};

/** Types of which two equal resources may exist. */
const REPEATABLE = [
  "aws:athena/namedQuery:NamedQuery",
  "aws:lambda/permission:Permission",
  "aws:kms/key:Key",
];

/** Returns the text that is unique in an account; undefined if two resources may be equal. */
export const identity = (type: string, properties: Record<string, unknown>): string | undefined => {
  // A bucket's configuration overwrites an earlier one.
  if (REPEATABLE.includes(type) || /^aws:s3\/bucket\w/.test(type)) return undefined;
  const { outputs } = describeType(type);
  const fixed = Object.entries(properties).filter(
    ([property]) => forcesReplacement(type, property) && !outputs.includes(property),
  );
  return JSON.stringify([type, ...fixed.sort(([a], [b]) => (a < b ? -1 : 1))]);
};

/** How long a physical name may be (API reference of each service). */
export const NAME_LIMITS: Record<string, number> = {
  "aws:athena/workgroup:Workgroup": 128,
  "aws:iam/role:Role": 64,
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": 64,
  "aws:lambda/function:Function": 64,
  "aws:s3/bucket:Bucket": 63,
};
