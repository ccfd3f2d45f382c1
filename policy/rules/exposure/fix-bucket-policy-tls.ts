import type { ResourceValidationArgs } from "@pulumi/policy";
import { isExempt } from "../../options";
import { POLICY, refusesPlainHttp } from "../../reading/bucket-policies";
import { parsed, statements } from "../../reading/documents";
import { partitionOf } from "../../reading/partitions";
import { entries } from "../../reading/principals";
import { fields, list, properties } from "../../reading/properties";
import { remediation } from "../remediation-rule";

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
