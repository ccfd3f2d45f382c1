import { POLICY, policiesOf, refusesPlainHttp } from "../../reading/bucket-policies";
import { type Bucket, mayHave } from "../../reading/buckets";
import { type Statement, statements } from "../../reading/documents";
import { fsbp, securityHub } from "../../reading/frameworks";
import { covers, entries } from "../../reading/principals";
import { bucketRule } from "../bucket-rule";

const REMEDY =
  'deny s3:* to principal "*" when aws:SecureTransport is "false", on the bucket and on its objects (/*)';

export const bucketTlsOnly = bucketRule({
  name: "bucket-tls-only",
  displayName: "Bucket over TLS only",
  description: "A bucket refuses requests that do not come over TLS.",
  enforcementLevel: "advisory",
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
