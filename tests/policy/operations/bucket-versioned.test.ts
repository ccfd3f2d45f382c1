import assert from "node:assert/strict";
import { bucketLogsAccess } from "../../../policy/rules/operations/bucket-logs-access";
import { bucketVersioned } from "../../../policy/rules/operations/bucket-versioned";
import { functionConcurrencyLimited } from "../../../policy/rules/operations/function-concurrency-limited";
import { judge } from "../access/judge";
import { stackViolations } from "../judging";
import { BUCKET, document, resource, UNKNOWN_ON_THE_WIRE } from "../stack";

const of = { bucket: "acme-lake" };
const newBucket = (props = {}) => resource(BUCKET, "lake", { ...of, ...props });
const inPreview = () => resource(BUCKET, "lake", { bucket: UNKNOWN_ON_THE_WIRE });
const beside = (type: string, props: object) => resource(`aws:s3/${type}`, "beside", { ...of, ...props });

describe("bucket-versioned", () => {
  const versioning = (status: string) =>
    beside("bucketVersioning:BucketVersioning", { versioningConfiguration: { status } });

  it("rejects a bucket without versions, in preview as well, and one whose versioning is suspended", () => {
    for (const bucket of [newBucket(), inPreview()])
      assert.match(
        stackViolations(bucketVersioned, { bucket })[0],
        /^bucket "lake" forgets what is overwritten/,
      );
    assert.equal(
      stackViolations(bucketVersioned, { bucket: newBucket(), v: versioning("Suspended") }).length,
      1,
    );
  });

  it("accepts one with versions, by a resource of its own, by itself, or because objects are locked", () => {
    assert.deepEqual(stackViolations(bucketVersioned, { bucket: newBucket(), v: versioning("Enabled") }), []);
    assert.deepEqual(
      stackViolations(bucketVersioned, { bucket: newBucket({ versioning: { enabled: true } }) }),
      [],
    );
    assert.deepEqual(
      stackViolations(bucketVersioned, { bucket: newBucket({ objectLockEnabled: true }) }),
      [],
    );
  });

  it("waits where preview knows neither the bucket nor the status", () => {
    const bucket = inPreview();
    const v = resource(
      "aws:s3/bucketVersioning:BucketVersioning",
      "v",
      { bucket: UNKNOWN_ON_THE_WIRE, versioningConfiguration: { status: UNKNOWN_ON_THE_WIRE } },
      { bucket: [bucket] },
    );
    assert.deepEqual(stackViolations(bucketVersioned, { bucket, v }), []);
  });
});

describe("bucket-logs-access", () => {
  const logging = (bucket: string) =>
    beside("bucketLogging:BucketLogging", { bucket, targetBucket: "acme-logs", targetPrefix: "lake/" });

  it("rejects a bucket without access logs, in preview as well, and accepts one with them", () => {
    for (const bucket of [newBucket(), inPreview()])
      assert.match(
        stackViolations(bucketLogsAccess, { bucket })[0],
        /^bucket "lake" has no access logs; add/,
      );
    assert.deepEqual(stackViolations(bucketLogsAccess, { bucket: newBucket(), l: logging("acme-lake") }), []);
    const own = newBucket({ loggings: [{ targetBucket: "acme-logs" }] });
    assert.deepEqual(stackViolations(bucketLogsAccess, { own }), []);
  });

  const service = (name: string) =>
    beside("bucketPolicy:BucketPolicy", {
      bucket: "acme-lake",
      policy: JSON.stringify(
        document({
          Effect: "Allow",
          Principal: { Service: name },
          Action: "s3:PutObject",
          Resource: "arn:aws:s3:::acme-lake/*",
        }),
      ),
    });

  it("rejects a trail's bucket, whose access an attacker would hide, and accepts other log buckets", () => {
    const trail = resource("aws:cloudtrail/trail:Trail", "trail", { s3BucketName: "acme-lake" });
    const balancer = resource("aws:lb/loadBalancer:LoadBalancer", "lb", {
      accessLogs: { bucket: "acme-lake", enabled: true },
    });
    const bucket = newBucket();
    assert.equal(stackViolations(bucketLogsAccess, { bucket, trail }).length, 1);
    assert.equal(
      stackViolations(bucketLogsAccess, { bucket, p: service("cloudtrail.amazonaws.com") }).length,
      1,
    );
    assert.deepEqual(stackViolations(bucketLogsAccess, { bucket, balancer, trail }), []);
    assert.deepEqual(stackViolations(bucketLogsAccess, { bucket, trail, balancer }), []);
    assert.deepEqual(stackViolations(bucketLogsAccess, { bucket, trail, l: logging("acme-lake") }), []);
  });

  it("accepts a bucket whose policy or ACL lets S3 deliver access logs", () => {
    assert.deepEqual(
      stackViolations(bucketLogsAccess, { b: newBucket(), p: service("logging.s3.amazonaws.com") }),
      [],
    );
    assert.deepEqual(stackViolations(bucketLogsAccess, { b: newBucket({ acl: "log-delivery-write" }) }), []);
  });

  it("accepts the bucket that logs are written to", () => {
    const target = resource(BUCKET, "logs", { bucket: "acme-logs" });
    assert.deepEqual(
      stackViolations(bucketLogsAccess, { bucket: newBucket(), target, l: logging("acme-lake") }),
      [],
    );
  });
});

describe("function-concurrency-limited", () => {
  const said = (props: object) =>
    judge(functionConcurrencyLimited, "aws:lambda/function:Function", props as Record<string, unknown>);

  it("rejects a function without reserved concurrency, and accepts one with any, also zero", () => {
    assert.deepEqual(said({}), [
      'function "main" may use up the account\'s concurrency; set reservedConcurrentExecutions.',
    ]);
    assert.equal(said({ reservedConcurrentExecutions: -1 }).length, 1);
    for (const reservedConcurrentExecutions of [0, 5, UNKNOWN_ON_THE_WIRE])
      assert.deepEqual(said({ reservedConcurrentExecutions }), []);
  });
});
