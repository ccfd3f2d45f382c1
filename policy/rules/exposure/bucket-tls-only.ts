import { attached, type Bucket, bucketRule, inline, mayHave } from "../../reading/buckets";
import { type Statement, statements } from "../../reading/documents";
import { fsbp, securityHub } from "../../reading/frameworks";
import { isAllOf } from "../../reading/iam-actions";
import { covers, type Entry, entries, isAll } from "../../reading/principals";

export const POLICY = "aws:s3/bucketPolicy:BucketPolicy";

const REMEDY =
  'deny s3:* to principal "*" when aws:SecureTransport is "false", on the bucket and on its objects (/*)';

export const bucketTlsOnly = bucketRule({
  name: "bucket-tls-only",
  displayName: "Bucket over TLS only",
  description: "A bucket refuses requests that do not come over TLS.",
  severity: "high",
  framework: fsbp("S3.5", "S3 general purpose buckets should require requests to use SSL"),
  tags: ["exposure", "s3", "cis-aws-3.0.0/2.1.1", "nist-800-53-r5/SC-8"],
  remediationSteps: `Add a BucketPolicy to ${REMEDY}.`,
  url: securityHub("s3"),
  judgesElsewhere: [POLICY],
  judge: (bucket) => {
    if (mayHave(bucket, POLICY)) return undefined;
    const documents = policiesOf(bucket);
    if (documents.length === 0)
      return `has no bucket policy, so it answers plain HTTP; add one to ${REMEDY}.`;
    const readings = documents.map(statements);
    const [problem] = readings.flatMap((reading) => reading.problems);
    if (problem) return `cannot be checked for TLS: ${problem}; correct its bucket policy.`;
    // A policy that names a new bucket's ARN is unknown as a whole in preview; the update asks again.
    if (readings.some((reading) => !reading.complete)) return undefined;
    return gap(
      bucket,
      documents
        .flatMap(entries)
        .filter(refusesPlainHttp)
        .map(({ statement }) => statement),
    );
  },
});

/** A separate policy decides where there is one: the bucket then reports what S3 last said, maybe an older policy. */
export function policiesOf(bucket: Bucket): unknown[] {
  const separate = attached(bucket, POLICY).map((props) => props.policy);
  return (separate.length > 0 ? separate : [inline(bucket, "policy")]).filter(Boolean);
}

function gap(bucket: Bucket, refusals: Statement[]): string | undefined {
  const none = `has a bucket policy that lets plain HTTP through; ${REMEDY}.`;
  if (refusals.length === 0) return none;
  // The name of a new bucket is AWS's to choose: whether the refusal is about this bucket shows in the update.
  if (bucket.names.length === 0) return undefined;
  const patterns = refusals.flatMap((statement) => statement.resources.map(withoutPartition));
  const refuses = (suffix: string) =>
    bucket.names.some((name) => patterns.some((pattern) => covers(pattern, `${name}${suffix}`)));
  const [itself, objects] = [refuses(""), refuses("/*")];
  if (itself && objects) return undefined;
  if (itself)
    return "refuses plain HTTP on the bucket but not on its objects; add the ARN with /* to the Resource.";
  if (objects)
    return "refuses plain HTTP on its objects but not on the bucket; add its own ARN to the Resource.";
  return none;
}

const withoutPartition = (arn: string): string => arn.replace(/^arn:[^:]*:s3:::/, "");

/**
 * Whom NotPrincipal excepts may still use plain HTTP, and any second condition would narrow the refusal: everybody has
 * to be named, and SecureTransport has to stand alone.
 */
export function refusesPlainHttp({ statement, raw }: Entry): boolean {
  const [condition, ...others] = statement.conditions;
  return (
    statement.effect === "Deny" &&
    isAll(raw) &&
    statement.actions.some((action) => isAllOf("s3", action)) &&
    others.length === 0 &&
    /^Bool(IfExists)?$/i.test(condition?.operator) &&
    condition.key === "aws:securetransport" &&
    condition.values.length > 0 &&
    condition.values.every((value) => /^false$/i.test(value))
  );
}
