// The default lifecycle rules of the component's bucket.

export const rule = (id: string, prefix: string, actions: object) => ({
  id,
  status: "Enabled",
  filter: { prefix },
  ...actions,
});
export const DATA = rule("data", "flow-logs/", { transitions: [{ days: 90, storageClass: "STANDARD_IA" }] });
export const UNFINISHED = rule("unfinished-uploads", "", {
  abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
});
export const OTHERS = [
  rule("results", "results/", { expiration: { days: 30 } }),
  rule("errors", "errors/", { expiration: { days: 90 } }),
  rule("failed-events", "aws/lambda/async/", { expiration: { days: 90 } }),
  rule("findings", "findings/", { expiration: { days: 365 } }),
  UNFINISHED,
];
export const OLD_VERSIONS = rule("old-versions", "", {
  noncurrentVersionExpiration: { noncurrentDays: 30 },
  expiration: { expiredObjectDeleteMarker: true },
});
