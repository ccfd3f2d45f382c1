import type { PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import { type Fields, hidesSomething, properties, strings, UNKNOWN } from "./properties";

// What protects a bucket is mostly declared in resources beside it, so rules about buckets look at the whole stack.

const BUCKET_TYPES = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];

export interface Bucket {
  resource: PolicyResource;
  props: Fields;
  /** The names that other resources can refer to it by; empty in preview when AWS has yet to choose one. */
  names: string[];
  stack: PolicyResource[];
}

/** A stack policy that asks `judge` about each bucket; the answer continues the sentence `bucket "lake" …`. */
export function bucketRule(rule: {
  name: string;
  description: string;
  judge: (bucket: Bucket) => string | undefined;
}): StackValidationPolicy {
  return {
    name: rule.name,
    description: rule.description,
    enforcementLevel: "mandatory",
    validateStack: ({ resources }, reportViolation) => {
      for (const bucket of bucketsOf(resources)) {
        const violation = rule.judge(bucket);
        if (violation) reportViolation(`bucket "${bucket.resource.name}" ${violation}`, bucket.resource.urn);
      }
    },
  };
}

/** The properties of every resource of these types that belongs to the bucket. */
export const attached = (bucket: Bucket, ...types: string[]): Fields[] =>
  bucket.stack
    .filter((resource) => types.includes(resource.type))
    .filter((resource) => belongsTo(resource, bucket))
    .map(properties);

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

function bucketsOf(stack: PolicyResource[]): Bucket[] {
  return stack
    .filter((resource) => BUCKET_TYPES.includes(resource.type))
    .map((resource) => {
      const props = properties(resource);
      return { resource, props, names: strings([props.id, props.bucket]), stack };
    });
}

function belongsTo(resource: PolicyResource, bucket: Bucket): boolean {
  const named = properties(resource).bucket;
  if (named !== UNKNOWN) return bucket.names.some((name) => name === named);
  // The name is an output of a bucket that does not exist yet: what it was computed from tells which bucket.
  const sources = resource.propertyDependencies.bucket ?? resource.dependencies;
  return sources.some((source) => source.urn === bucket.resource.urn);
}
