import type { ResourceRemediation, ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { EXEMPT_SCHEMA, isExempt } from "../../options";
import { parsed, statements } from "../../reading/documents";
import { partitionOf } from "../../reading/partitions";
import { entries } from "../../reading/principals";
import { fields, list, properties, UNKNOWN } from "../../reading/properties";
import { BLOCK, FLAGS } from "./bucket-blocks-public-access";
import { POLICY, refusesPlainHttp } from "./bucket-tls-only";

// Rules that mend what can be mended without asking. Each is off until its configuration says "remediate": what then is
// deployed differs from what the program says. They write to the properties that they are given, since a copy would read
// values that preview does not know.

export const fixPublicAccessBlock = remediation({
  name: "fix-public-access-block",
  displayName: "Mend a public access block",
  description: "Sets all four flags of a BucketPublicAccessBlock.",
  tags: ["exposure", "s3", "remediation"],
  remediateResource: (args) => {
    if (args.type !== BLOCK || isExempt(args)) return undefined;
    const before = properties(args);
    const open = FLAGS.filter((flag) => before[flag] !== true);
    for (const flag of open) args.props[flag] = true;
    return open.length > 0 ? args.props : undefined;
  },
});

export const fixBucketKey = remediation({
  name: "fix-bucket-key",
  displayName: "Mend a bucket without a bucket key",
  description: "Sets bucketKeyEnabled where a bucket's default encryption has a KMS key.",
  tags: ["encryption", "cost", "s3", "remediation"],
  remediateResource: (args) => {
    if (!args.type.startsWith("aws:s3/bucketServerSideEncryptionConfiguration") || isExempt(args))
      return undefined;
    const { rules } = properties(args);
    const without = list(rules === UNKNOWN ? [] : rules).flatMap((rule, index) => {
      const { applyServerSideEncryptionByDefault, bucketKeyEnabled } = fields(rule);
      const { sseAlgorithm } = fields(applyServerSideEncryptionByDefault);
      return sseAlgorithm === "aws:kms" && !bucketKeyEnabled ? [index] : [];
    });
    for (const index of without) args.props.rules[index].bucketKeyEnabled = true;
    return without.length > 0 ? args.props : undefined;
  },
});

export const fixBucketPolicyTls = remediation({
  name: "fix-bucket-policy-tls",
  displayName: "Mend a bucket policy that lets plain HTTP through",
  description: "Adds a statement to a BucketPolicy that refuses plain HTTP.",
  tags: ["exposure", "s3", "remediation"],
  remediateResource: (args) => {
    if (args.type !== POLICY || isExempt(args)) return undefined;
    const { bucket, policy } = properties(args);
    // Known in the update at the latest: it is asked before the policy is made.
    if (typeof bucket !== "string") return undefined;
    const reading = statements(policy);
    if (!reading.complete || reading.problems.length > 0) return undefined;
    if (entries(policy).some(refusesPlainHttp)) return undefined;
    const root = fields(parsed(policy));
    const mended = { ...root, Statement: [...list(root.Statement), tlsOnly(bucket, partitionFor(args))] };
    args.props.policy = JSON.stringify(mended);
    return args.props;
  },
});

function remediation(
  rule: Pick<ResourceValidationPolicy, "name" | "displayName" | "description" | "tags"> & {
    remediateResource: ResourceRemediation;
  },
): ResourceValidationPolicy {
  return {
    ...rule,
    enforcementLevel: "disabled",
    severity: "low",
    url: "https://www.pulumi.com/docs/iac/crossguard/core-concepts/#remediation-policies",
    configSchema: { properties: EXEMPT_SCHEMA },
  };
}

const tlsOnly = (bucket: string, partition: string) => ({
  Sid: "TlsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [`arn:${partition}:s3:::${bucket}`, `arn:${partition}:s3:::${bucket}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

function partitionFor(args: ResourceValidationArgs): string {
  return partitionOf(String(properties(args).region ?? (args.provider && properties(args.provider).region)));
}
