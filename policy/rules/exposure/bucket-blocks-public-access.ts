import type { ResourceValidationPolicy } from "@pulumi/policy";
import { EXEMPT_SCHEMA, isExempt } from "../../options";
import { attached, bucketRule, mayHave } from "../../reading/buckets";
import { fsbp, securityHub } from "../../reading/frameworks";
import { type Fields, fields, properties, UNKNOWN } from "../../reading/properties";

export const BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const ACCOUNT = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock";
const ACCESS_POINT = "aws:s3/accessPoint:AccessPoint";

export const FLAGS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

export const bucketBlocksPublicAccess = bucketRule({
  name: "bucket-blocks-public-access",
  displayName: "Bucket blocks public access",
  description: "A bucket blocks public access in all four ways, whatever its policy and ACLs say.",
  severity: "critical",
  framework: fsbp("S3.8", "S3 general purpose buckets should block public access"),
  tags: ["exposure", "s3", "cis-aws-3.0.0/2.1.4"],
  remediationSteps: `Add a BucketPublicAccessBlock for the bucket and set ${FLAGS.join(", ")} to true.`,
  url: securityHub("s3"),
  judgesElsewhere: [BLOCK],
  judge: (bucket) => {
    if (mayHave(bucket, BLOCK)) return undefined;
    const blocks = attached(bucket, BLOCK).map(missing);
    if (blocks.length === 0) {
      return `has no BucketPublicAccessBlock; add one and set ${FLAGS.join(", ")} to true.`;
    }
    if (blocks.some((flags) => flags.length === 0)) return undefined;
    return `has a BucketPublicAccessBlock that leaves ways open; set ${blocks[0].join(", ")} to true.`;
  },
});

export const publicAccessBlockComplete: ResourceValidationPolicy = {
  name: "public-access-block-complete",
  displayName: "Complete public access block",
  description: "A public access block of an account or an access point blocks all four ways.",
  enforcementLevel: "mandatory",
  severity: "high",
  framework: fsbp("S3.1", "S3 general purpose buckets should have block public access settings enabled"),
  tags: ["exposure", "s3", "cis-aws-3.0.0/2.1.4", "fsbp/S3.19"],
  remediationSteps: `Set ${FLAGS.join(", ")} to true.`,
  url: securityHub("s3"),
  configSchema: { properties: EXEMPT_SCHEMA },
  validateResource: (args, reportViolation) => {
    if (isExempt(args)) return;
    const open = opened(args.type, properties(args));
    if (open.length === 0) return;
    const what = args.type === ACCOUNT ? "account public access block" : "access point";
    reportViolation(`${what} "${args.name}" leaves ways open; set ${open.join(", ")} to true.`);
  },
};

/** A flag that an account's block leaves out is false; one that an access point leaves out is true. */
function opened(type: string, props: Fields): string[] {
  if (type === ACCOUNT) return missing(props);
  if (type !== ACCESS_POINT) return [];
  const block = fields(props.publicAccessBlockConfiguration);
  return FLAGS.filter((flag) => block[flag] === false);
}

/** A flag left out is false. One that preview does not know yet may well be true, so it waits for the update. */
const missing = (block: Fields): string[] =>
  FLAGS.filter((flag) => block[flag] !== true && block[flag] !== UNKNOWN);
