import type { PolicyResource } from "@pulumi/policy";
import { logTargetsIn, TRAIL } from "./log-targets";
import { type Fields, hidesSomething, properties, strings, UNKNOWN } from "./properties";
import { ACCOUNT_BLOCK } from "./public-access-blocks";

// Most protection of a bucket is declared in other resources, so rules about buckets read the whole stack.

export const BUCKET_TYPES = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];

export interface Bucket {
  resource: PolicyResource;
  props: Fields;
  /** Names by which other resources can refer to it; empty in preview if AWS will choose one. */
  names: string[];
  /** Separate resources that name this bucket. */
  beside: PolicyResource[];
  /** Separate resources whose bucket is unknown in preview. */
  strays: PolicyResource[];
  /** The blocks of public access to the whole account, of stacks that set one. */
  accountBlocks: Fields[];
  /** The logs that a resource of the stack writes to this bucket, such as "a load balancer's logs". */
  logs?: string;
}

/** Returns the properties of all resources of these types that belong to the bucket. */
export const attached = (bucket: Bucket, ...types: string[]): Fields[] =>
  bucket.beside.filter((resource) => types.includes(resource.type)).map(properties);

/**
 * True if preview cannot tell that a resource of these types belongs to the bucket: none does for certain, and one is for
 * a bucket that is not known yet.
 */
export const mayHave = (bucket: Bucket, ...types: string[]): boolean =>
  attached(bucket, ...types).length === 0 && bucket.strays.some(({ type }) => types.includes(type));

/**
 * A property of the bucket itself. A stack policy sees outputs, and the provider reports what the program leaves out
 * as unknown in preview, because AWS fills it in. That is "not set"; only an unknown value that the program gave is
 * UNKNOWN. The engine lists every property that the program gave in propertyDependencies, be its list empty or not.
 */
export function inline(bucket: Bucket, property: string): unknown {
  const value = bucket.props[property];
  const given = property in bucket.resource.propertyDependencies;
  return hidesSomething(value) && !given ? undefined : value;
}

/** Returns all buckets with their separate resources. It walks the stack once, however many buckets it has. */
export function bucketsOf(stack: PolicyResource[]): Bucket[] {
  const byName = new Map<string, PolicyResource[]>();
  const byUrn = new Map<string, PolicyResource[]>();
  const strays: PolicyResource[] = [];
  const add = (index: Map<string, PolicyResource[]>, key: string, resource: PolicyResource) => {
    const found = index.get(key);
    if (found) found.push(resource);
    else index.set(key, [resource]);
  };
  for (const resource of stack.filter(isBeside)) {
    const named = properties(resource).bucket;
    if (typeof named === "string") add(byName, nameOf(named), resource);
    if (named !== UNKNOWN) continue;
    const sources = bucketsBehind(resource.propertyDependencies.bucket ?? resource.dependencies);
    for (const urn of sources) add(byUrn, urn, resource);
    if (sources.size === 0) strays.push(resource);
  }
  const logs = logsByBucket(stack);
  const accountBlocks = accountBlocksIn(stack);
  return stack
    .filter((resource) => BUCKET_TYPES.includes(resource.type))
    .map((resource) => {
      const props = properties(resource);
      const names = [...new Set(strings([props.id, props.bucket]))];
      const beside = [...names.flatMap((name) => byName.get(name) ?? []), ...(byUrn.get(resource.urn) ?? [])];
      const keys = [...names, resource.urn, ...(names.length === 0 ? [ANY_BUCKET] : [])];
      const logged = keys.map((key) => logs.get(key)).find(Boolean);
      return { resource, props, names, beside, strays, accountBlocks, logs: logged };
    });
}

/** Returns the buckets outside the stack that resources of the stack name. */
export function bucketsElsewhere(stack: PolicyResource[]): Bucket[] {
  const own = new Set(bucketsOf(stack).flatMap(({ names }) => names));
  const found = new Map<string, PolicyResource[]>();
  for (const resource of stack.filter(isBeside)) {
    const [named] = strings(properties(resource).bucket).map(nameOf);
    if (named === undefined || named === "" || own.has(named)) continue;
    found.set(named, [...(found.get(named) ?? []), resource]);
  }
  const logs = logsByBucket(stack);
  const accountBlocks = accountBlocksIn(stack);
  return Array.from(found, ([name, beside]) => ({
    resource: beside[0],
    props: {},
    names: [name],
    beside,
    strays: [],
    accountBlocks,
    logs: logs.get(name),
  }));
}

const accountBlocksIn = (stack: PolicyResource[]): Fields[] =>
  stack.filter(({ type }) => type === ACCOUNT_BLOCK).map(properties);

/** Key for an unknown bucket, which may be any bucket whose name is unknown in preview. */
const ANY_BUCKET = "*";

/** The logs that a bucket receives, by its name or, where preview does not know the name, by its URN. */
function logsByBucket(stack: PolicyResource[]): Map<string, string> {
  const found = new Map<string, string>();
  // If a bucket has several logs, keeps one that is not a trail's.
  const add = (key: string, logs: string) => {
    if (logs !== TRAIL || !found.has(key)) found.set(key, logs);
  };
  for (const { name, logs, sources } of logTargetsIn(stack)) {
    if (typeof name === "string") add(nameOf(name), logs);
    if (name !== UNKNOWN) continue;
    const buckets = bucketsBehind(sources);
    for (const key of buckets.size > 0 ? buckets : [ANY_BUCKET]) add(key, logs);
  }
  return found;
}

const isBeside = ({ type }: PolicyResource): boolean =>
  type.startsWith("aws:s3/bucket") && !BUCKET_TYPES.includes(type);

/** A bucket may be named by its ARN or, to CloudFront, by its host. */
const nameOf = (text: string): string =>
  text.replace(/^arn:[^:]*:s3:::/, "").replace(/\.s3[.-]([a-z0-9-]+\.)?amazonaws\.com(\.cn)?$/, "");

/**
 * The buckets that an unknown name was computed from. It may come by way of another resource that is beside the bucket:
 * an ACL that waits for the ownership controls takes the name from them.
 */
function bucketsBehind(sources: PolicyResource[]): Set<string> {
  const found = new Set<string>();
  const open = [...sources];
  const seen = new Set(open);
  for (let at = open.pop(); at; at = open.pop()) {
    if (BUCKET_TYPES.includes(at.type)) found.add(at.urn);
    if (!isBeside(at)) continue;
    for (const source of at.propertyDependencies.bucket ?? at.dependencies) {
      if (!seen.has(source)) open.push(source);
      seen.add(source);
    }
  }
  return found;
}
