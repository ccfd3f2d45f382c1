import { policiesOf } from "./bucket-policies";
import { attached, type Bucket } from "./buckets";
import { logsGranted, logsLetIn } from "./log-targets";
import { entries } from "./principals";

const ACLS = ["aws:s3/bucketAcl:BucketAcl", "aws:s3/bucketAclV2:BucketAclV2"];

/** Names the logs that an AWS service writes to the bucket, by the resource that logs, the bucket's policy or its ACL. */
export const logsTo = (bucket: Bucket): string | undefined =>
  bucket.logs ??
  [bucket.props, ...attached(bucket, ...ACLS)].map(logsGranted).find(Boolean) ??
  policiesOf(bucket).flatMap(entries).map(logsLetIn).find(Boolean);
