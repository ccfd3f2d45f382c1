import type { Policy, PolicyConfigSchema, StackValidationArgs, StackValidationPolicy } from "@pulumi/policy";
import { EXEMPT_SCHEMA, isExempt } from "../options";
import { type Bucket, bucketsElsewhere, bucketsOf } from "../reading/buckets";
import { quote } from "../reading/quoting";

type Options = Pick<StackValidationArgs, "getConfig">;

interface BucketRule extends Omit<Policy, "configSchema"> {
  /** The rule's options beside `exempt`. */
  options?: PolicyConfigSchema["properties"];
  judge: (bucket: Bucket, options: Options) => string | undefined;
  /** Types by which a rule judges a bucket of another stack: only if this stack has one for it. */
  judgesElsewhere?: string[];
}

/** A stack policy that asks `judge` about each bucket; the answer continues the sentence `bucket "lake" …`. */
export function bucketRule({
  judge,
  judgesElsewhere = [],
  options,
  ...about
}: BucketRule): StackValidationPolicy {
  return {
    enforcementLevel: "mandatory",
    ...about,
    configSchema: { properties: { ...EXEMPT_SCHEMA, ...options } },
    validateStack: ({ resources, getConfig }, reportViolation) => {
      for (const bucket of bucketsOf(resources)) {
        const { name, urn } = bucket.resource;
        if (isExempt({ name, urn, getConfig })) continue;
        const violation = judge(bucket, { getConfig });
        if (violation) reportViolation(`bucket ${quote(name)} ${violation}`, urn);
      }
      for (const bucket of judgesElsewhere.length > 0 ? bucketsElsewhere(resources) : []) {
        const [about] = bucket.beside.filter(({ type }) => judgesElsewhere.includes(type));
        if (!about || isExempt({ name: about.name, urn: about.urn, getConfig })) continue;
        const violation = judge(bucket, { getConfig });
        if (violation) reportViolation(`bucket ${quote(bucket.names[0])} ${violation}`, about.urn);
      }
    },
  };
}
