import { attached, type Bucket, bucketRule, inline } from "./buckets";
import { type Statement, statements } from "./documents";

const TYPE = "aws:s3/bucketPolicy:BucketPolicy";

const REMEDY =
  'deny s3:* to principal "*" when aws:SecureTransport is "false", on the bucket and on its objects (/*)';

export const bucketTlsOnly = bucketRule({
  name: "bucket-tls-only",
  description: "A bucket refuses requests that do not come over TLS.",
  judge: (bucket) => {
    const documents = policiesOf(bucket);
    if (documents.length === 0)
      return `has no bucket policy, so it answers plain HTTP; add one to ${REMEDY}.`;
    const readings = documents.map(statements);
    const [problem] = readings.flatMap((reading) => reading.problems);
    if (problem) return `cannot be checked for TLS: ${problem}; correct its bucket policy.`;
    // A policy that names a new bucket's ARN is unknown as a whole in preview, and so is the name of a bucket that
    // AWS has yet to choose. Neither shows a fault; the update asks again with the real values.
    if (bucket.names.length === 0 || readings.some((reading) => !reading.complete)) return undefined;
    return gap(
      bucket,
      readings.flatMap((reading) => reading.statements),
    );
  },
});

/** A separate policy decides where there is one: the bucket then reports what S3 last said, maybe an older policy. */
function policiesOf(bucket: Bucket): unknown[] {
  const separate = attached(bucket, TYPE).map((props) => props.policy);
  return (separate.length > 0 ? separate : [inline(bucket, "policy")]).filter(Boolean);
}

function gap(bucket: Bucket, found: Statement[]): string | undefined {
  const patterns = found.filter(refusesPlainHttp).flatMap((statement) => statement.resources);
  const refuses = (suffix: string) =>
    bucket.names.some((name) => patterns.some((pattern) => covers(pattern, `${name}${suffix}`)));
  const [itself, objects] = [refuses(""), refuses("/*")];
  if (itself && objects) return undefined;
  if (itself)
    return "refuses plain HTTP on the bucket but not on its objects; add the ARN with /* to the Resource.";
  if (objects)
    return "refuses plain HTTP on its objects but not on the bucket; add its own ARN to the Resource.";
  return `has a bucket policy that lets plain HTTP through; ${REMEDY}.`;
}

/** Any second condition would narrow the refusal, so SecureTransport has to stand alone. */
function refusesPlainHttp(statement: Statement): boolean {
  const [condition, ...others] = statement.conditions;
  return (
    statement.effect === "Deny" &&
    statement.principals.includes("*") &&
    statement.actions.some((action) => action === "*" || action.toLowerCase() === "s3:*") &&
    others.length === 0 &&
    /^Bool(IfExists)?$/i.test(condition?.operator) &&
    condition.key === "aws:securetransport" &&
    condition.values.join() === "false"
  );
}

/** Whether an ARN pattern, in any partition, covers `bucket` or everything under `bucket/*`. */
function covers(pattern: string, target: string): boolean {
  const parts = pattern.replace(/^arn:[^:]*:s3:::/, "").split("*");
  const escaped = parts.map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${escaped.join(".*")}$`).test(target);
}
