import type { ResourceValidationPolicy } from "@pulumi/policy";
import { EXEMPT_SCHEMA, isExempt } from "../../options";
import { fsbp, securityHub } from "../../reading/frameworks";
import { type Fields, fields, isFalse, properties } from "../../reading/properties";
import { ACCOUNT_BLOCK, FLAGS, missing } from "../../reading/public-access-blocks";

const ACCESS_POINT = "aws:s3/accessPoint:AccessPoint";

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
    const what = args.type === ACCOUNT_BLOCK ? "account public access block" : "access point";
    reportViolation(`${what} "${args.name}" leaves ways open; set ${open.join(", ")} to true.`);
  },
};

/** A flag that an account's block leaves out is false; one that an access point leaves out is true. */
function opened(type: string, props: Fields): string[] {
  if (type === ACCOUNT_BLOCK) return missing(props);
  if (type !== ACCESS_POINT) return [];
  const block = fields(props.publicAccessBlockConfiguration);
  return FLAGS.filter((flag) => isFalse(block[flag]));
}
