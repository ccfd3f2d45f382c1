import { attached, type Bucket, inline, mayHave } from "../../reading/buckets";
import { fsbp, securityHub } from "../../reading/frameworks";
import { type Fields, fields, hidesSomething, isTrue, list } from "../../reading/properties";
import { bucketRule } from "../bucket-rule";

const LIFECYCLE = [
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
];

export const bucketHasLifecycle = bucketRule({
  name: "bucket-has-lifecycle",
  displayName: "Bucket with a lifecycle",
  description: "A bucket says what becomes of its objects in time.",
  enforcementLevel: "advisory",
  severity: "low",
  framework: fsbp("S3.13", "S3 general purpose buckets should have Lifecycle configurations"),
  tags: ["operations", "s3", "cost"],
  remediationSteps:
    "Add a BucketLifecycleConfiguration with an enabled rule; one that only ends unfinished uploads is a start.",
  url: securityHub("s3"),
  judgesElsewhere: LIFECYCLE,
  judge: (bucket) => {
    if (mayHave(bucket, ...LIFECYCLE)) return undefined;
    const rules = rulesOf(bucket);
    if (rules.length === 0)
      return "keeps its objects for ever; add a BucketLifecycleConfiguration with a rule.";
    return rules.some(isOn) ? undefined : "has only lifecycle rules that are switched off; enable one.";
  },
});

const rulesOf = (bucket: Bucket): unknown[] => [
  ...attached(bucket, ...LIFECYCLE).flatMap(({ rules }) => list(rules)),
  ...list(inline(bucket, "lifecycleRules")),
];

/** A separate resource says status, the bucket's own property says enabled. What preview hides may be on. */
const isOn = (rule: unknown): boolean => {
  if (typeof rule === "symbol") return true;
  const { status, enabled }: Fields = fields(rule);
  return hidesSomething([status, enabled]) || status === "Enabled" || isTrue(enabled);
};
