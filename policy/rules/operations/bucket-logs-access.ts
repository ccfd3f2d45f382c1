import { attached, inline, mayHave } from "../../reading/buckets";
import { fsbp, securityHub } from "../../reading/frameworks";
import { logsTo } from "../../reading/log-buckets";
import { TRAIL } from "../../reading/log-targets";
import { list } from "../../reading/properties";
import { bucketRule } from "../bucket-rule";

const LOGGING = ["aws:s3/bucketLogging:BucketLogging", "aws:s3/bucketLoggingV2:BucketLoggingV2"];

export const bucketLogsAccess = bucketRule({
  name: "bucket-logs-access",
  displayName: "Bucket that logs who reads it",
  description:
    "A bucket has server access logs, unless AWS writes other logs than those of CloudTrail to it.",
  enforcementLevel: "advisory",
  severity: "low",
  framework: fsbp("S3.9", "S3 general purpose buckets should have server access logging enabled"),
  tags: ["operations", "s3", "cloudtrail", "fsbp/CloudTrail.7", "cis-aws-3.0.0/3.4"],
  remediationSteps:
    "Add a BucketLogging with another bucket as its target, or log the data events of the bucket in CloudTrail and exempt it.",
  url: securityHub("s3"),
  judge: (bucket) => {
    const logs = logsTo(bucket);
    if ((logs && logs !== TRAIL) || mayHave(bucket, ...LOGGING) || attached(bucket, ...LOGGING).length > 0)
      return undefined;
    return ["logging", "loggings"].some((property) => list(inline(bucket, property)).length > 0)
      ? undefined
      : "has no access logs; add a BucketLogging with another bucket as its target.";
  },
});
