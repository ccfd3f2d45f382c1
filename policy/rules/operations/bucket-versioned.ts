import { attached, inline, mayHave } from "../../reading/buckets";
import { fsbp, securityHub } from "../../reading/frameworks";
import { fields, hidesSomething, isTrue, list, UNKNOWN } from "../../reading/properties";
import { bucketRule } from "../bucket-rule";

const VERSIONING = [
  "aws:s3/bucketVersioning:BucketVersioning",
  "aws:s3/bucketVersioningV2:BucketVersioningV2",
];

export const bucketVersioned = bucketRule({
  name: "bucket-versioned",
  displayName: "Bucket with versions",
  description: "A bucket keeps what is overwritten and deleted.",
  enforcementLevel: "advisory",
  severity: "low",
  framework: fsbp("S3.14", "S3 general purpose buckets should have versioning enabled"),
  tags: ["operations", "s3"],
  remediationSteps:
    "Add a BucketVersioning with the status Enabled, and a lifecycle rule that ends old versions, which are billed.",
  url: securityHub("s3"),
  judgesElsewhere: VERSIONING,
  judge: (bucket) => {
    if (mayHave(bucket, ...VERSIONING)) return undefined;
    const separate = attached(bucket, ...VERSIONING).map((props) => props.versioningConfiguration);
    const own = ["versioning", "versionings"].flatMap((property) => list(inline(bucket, property)));
    const all = separate.length > 0 ? separate : own;
    return all.some(isOn) || isTrue(bucket.props.objectLockEnabled)
      ? undefined
      : "forgets what is overwritten and deleted; add a BucketVersioning with the status Enabled.";
  },
});

const isOn = (configuration: unknown): boolean => {
  if (configuration === UNKNOWN || hidesSomething(configuration)) return true;
  const { status, enabled } = fields(configuration);
  return status === "Enabled" || isTrue(enabled);
};
