import { attached, type Bucket, inline } from "./buckets";
import { isAllOf } from "./iam-actions";
import { type Entry, isAll } from "./principals";

export const POLICY = "aws:s3/bucketPolicy:BucketPolicy";

/**
 * Returns the policies of a bucket. A separate policy resource takes precedence: the bucket's own property may be an
 * older state.
 */
export function policiesOf(bucket: Bucket): unknown[] {
  const separate = attached(bucket, POLICY).map((props) => props.policy);
  return (separate.length > 0 ? separate : [inline(bucket, "policy")]).filter(Boolean);
}

/**
 * True if a statement denies plain HTTP to everybody. Its Principal must be "*", since a principal under NotPrincipal may
 * still use plain HTTP. aws:SecureTransport must be the only condition, since a second one narrows the denial.
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
