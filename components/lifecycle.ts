import type { Storage } from "./settings/storage";

/** The bucket's prefixes. */
export const PREFIX = {
  /** Rows as Parquet, `year=…/month=…/day=…/hour=…/` by arrival. */
  data: "flow-logs/",
  /** Records that Firehose could not convert or deliver. */
  errors: "errors/",
  /** Results of Athena queries. */
  results: "results/",
  /** Findings of scheduled detections, `detection=…/run=…/`, a folder for each try. */
  findings: "findings/",
  /** Events that the ETL failed on; the key is Lambda's own. */
  failedEvents: "aws/lambda/async/",
};

const rule = <Actions extends object>(id: string, prefix: string, actions: Actions) => ({
  id,
  status: "Enabled",
  filter: { prefix },
  ...actions,
});

/**
 * Returns the rule for the rows, or none without an action, which S3 would refuse. S3 moves no object below 128 KB to
 * Standard-IA, unless a rule has a filter by size: objects of a quiet stack stay where they are.
 */
const dataRules = (transition: number, expiration: number | undefined) => {
  const actions = {
    ...(transition > 0 && { transitions: [{ days: transition, storageClass: "STANDARD_IA" }] }),
    ...(expiration !== undefined && { expiration: { days: expiration } }),
  };
  return Object.keys(actions).length > 0 ? [rule("data", PREFIX.data, actions)] : [];
};

/**
 * Returns the rule that deletes a version 30 days after it was replaced or deleted, or when its lock ends, and then the
 * delete marker.
 */
const OLD_VERSIONS = rule("old-versions", "", {
  noncurrentVersionExpiration: { noncurrentDays: 30 },
  expiration: { expiredObjectDeleteMarker: true },
});

/** Returns the bucket's lifecycle: a rule for each prefix, and one or two for all objects. */
export const lifecycleRules = ({ retention, versioning }: Storage) => [
  ...dataRules(retention.dataTransitionInDays, retention.dataExpirationInDays),
  rule("results", PREFIX.results, { expiration: { days: retention.resultsExpirationInDays } }),
  rule("errors", PREFIX.errors, { expiration: { days: retention.errorsExpirationInDays } }),
  rule("failed-events", PREFIX.failedEvents, {
    expiration: { days: retention.failedEventsExpirationInDays },
  }),
  rule("findings", PREFIX.findings, { expiration: { days: retention.findingsExpirationInDays } }),
  rule("unfinished-uploads", "", { abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } }),
  ...(versioning ? [OLD_VERSIONS] : []),
];
