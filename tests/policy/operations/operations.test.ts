import assert from "node:assert/strict";
import type { PolicyResource } from "@pulumi/policy";
import { DEPRECATIONS } from "../../../policy/reading/runtimes";
import { operationsRules } from "../../../policy/rules/operations";
import { bucketHasLifecycle } from "../../../policy/rules/operations/bucket-has-lifecycle";
import {
  faultOf,
  functionRuntimeSupported,
} from "../../../policy/rules/operations/function-runtime-supported";
import { functionTraced } from "../../../policy/rules/operations/function-traced";
import { logGroupRetentionBounded } from "../../../policy/rules/operations/log-group-retention-bounded";
import { resourceTagged } from "../../../policy/rules/operations/resource-tagged";
import { streamLogsErrors } from "../../../policy/rules/operations/stream-logs-errors";
import { workgroupScanLimited } from "../../../policy/rules/operations/workgroup-scan-limited";
import { BUCKET, resource, UNKNOWN_ON_THE_WIRE as UNKNOWN } from "../stack";
import { describeRule, judge } from "./judge";

const hostile = [null, 7, "text", [], [null], { a: null }, UNKNOWN, true];

describe("the rules about operations", () => {
  for (const rule of operationsRules)
    it(`stand whatever a program puts where something else belongs: ${rule.name}`, () => {
      const properties = [
        "retentionInDays",
        "runtime",
        "tracingConfig",
        "extendedS3Configuration",
        "configuration",
      ];
      const more = [
        "deadLetterConfig",
        "destinationConfig",
        "functionName",
        "function",
        "lambdaFunctions",
        "rules",
      ];
      const types = ["logGroup:LogGroup", "x"].map((type) => `aws:cloudwatch/${type}`);
      const lambda = ["function:Function", "permission:Permission"].map((type) => `aws:lambda/${type}`);
      const others = [
        "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
        "aws:athena/workgroup:Workgroup",
      ];
      const beside = ["aws:s3/bucketNotification:BucketNotification", BUCKET];
      for (const value of hostile)
        for (const type of [...types, ...lambda, ...others, ...beside]) {
          const props = Object.fromEntries([...properties, ...more, "tags"].map((name) => [name, value]));
          judge(
            rule,
            [resource(type, "main", props)],
            rule === resourceTagged ? { required: ["owner"] } : {},
          );
        }
    });
});

describeRule(
  logGroupRetentionBounded,
  "aws:cloudwatch/logGroup:LogGroup",
  [
    ["a group kept for a day", { retentionInDays: 1 }],
    ["a group kept for ten years", { retentionInDays: 3653 }],
    ["a number that was given as text", { retentionInDays: "30" }],
    ["a retention that preview does not know", { retentionInDays: UNKNOWN }],
    ["a group that AWS empties after two days", { logGroupClass: "DELIVERY" }],
    ["the bounds themselves", { retentionInDays: 90 }, { minimumDays: 90, maximumDays: 90 }],
  ],
  [
    ["a group without a retention", {}, {}, /keeps its logs for ever/],
    ["retention 0, which is for ever", { retentionInDays: 0 }, {}, /for ever/],
    [
      "a group kept too short",
      { retentionInDays: 7 },
      { minimumDays: 30 },
      /for 7 days only; .* 30 at least/,
    ],
    ["a group kept too long", { retentionInDays: 365 }, { maximumDays: 90 }, /for 365 days; .* 90 at most/],
  ],
);

it("log-group-retention-bounded refuses bounds that leave nothing between", () => {
  const group = resource("aws:cloudwatch/logGroup:LogGroup", "main", {});
  assert.throws(
    () => judge(logGroupRetentionBounded, [group], { minimumDays: 90, maximumDays: 30 }),
    /minimumDays is 90 and maximumDays only 30/,
  );
});

describeRule(
  functionRuntimeSupported,
  "aws:lambda/function:Function",
  [
    ["a container image, which has no runtime", { packageType: "Image" }],
    ["a runtime that is newer than the table", { runtime: "nodejs99.x" }],
    ["a runtime that preview does not know", { runtime: UNKNOWN }],
    ["a word that every object knows", { runtime: "constructor" }],
  ],
  [
    ["a runtime long deprecated", { runtime: "nodejs12.x" }, {}, /not patched since 2023-03-31/],
    ["one that the configuration rules out", { runtime: "java99" }, { deprecated: ["java99"] }, /rules out/],
  ],
);

describe("a runtime", () => {
  const on = (day: string, noticeDays = 0) =>
    faultOf("nodejs22.x", { noticeDays, deprecated: [] }, new Date(`${day}T12:00:00Z`));
  it("is fine on the last day before its deprecation", () => assert.equal(on("2027-04-29"), undefined));
  it("is deprecated from its date on", () =>
    assert.match(on("2027-04-30") ?? "", /not patched since 2027-04-30/));
  it("is reported ahead of time if asked", () => {
    assert.match(on("2027-04-01", 30) ?? "", /stops patching on 2027-04-30/);
    assert.equal(on("2027-03-01", 30), undefined);
  });
  it("has a date in the table that is one", () => {
    for (const [runtime, date] of Object.entries(DEPRECATIONS))
      assert.equal(new Date(date).toISOString().slice(0, 10), date, runtime);
  });
});

describeRule(
  functionTraced,
  "aws:lambda/function:Function",
  [
    ["a function with active tracing", { tracingConfig: { mode: "Active" } }],
    ["tracing that preview does not know", { tracingConfig: UNKNOWN }],
  ],
  [
    ["a function without tracing", {}, {}, /is not traced/],
    [
      "a function that only passes traces on",
      { tracingConfig: { mode: "PassThrough" } },
      {},
      /is not traced/,
    ],
  ],
);

const logging = { enabled: true, logGroupName: "g", logStreamName: "s" };
const s3 = (cloudwatchLoggingOptions: unknown) => ({ extendedS3Configuration: { cloudwatchLoggingOptions } });

describeRule(
  streamLogsErrors,
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  [
    ["a stream that logs", s3(logging)],
    ["names that preview does not know", s3({ ...logging, logGroupName: UNKNOWN, logStreamName: UNKNOWN })],
    ["logging that preview does not know", s3(UNKNOWN)],
  ],
  [
    ["a stream without logging", s3(undefined), {}, /does not log errors/],
    ["logging that is off", s3({ ...logging, enabled: false }), {}, /does not log errors/],
    ["logging to nowhere", s3({ enabled: true, logGroupName: "g" }), {}, /set logStreamName of/],
    ["another destination", { splunkConfiguration: {} }, {}, /splunkConfiguration\.cloudwatchLoggingOptions/],
  ],
);

const limit = (configuration: unknown) => ({ configuration });

describeRule(
  workgroupScanLimited,
  "aws:athena/workgroup:Workgroup",
  [
    ["a limit", limit({ bytesScannedCutoffPerQuery: 10_000_000 })],
    ["a limit that preview does not know", limit({ bytesScannedCutoffPerQuery: UNKNOWN })],
    [
      "Spark, which has none",
      limit({ engineVersion: { selectedEngineVersion: "PySpark engine version 3" } }),
    ],
    ["a workgroup that is switched off", { state: "DISABLED" }],
    ["the most allowed", limit({ bytesScannedCutoffPerQuery: 2e9 }), { maximumBytes: 2e9 }],
  ],
  [
    ["a workgroup without a configuration", {}, {}, /any amount of data/],
    ["a workgroup without a limit", limit({ enforceWorkgroupConfiguration: true }), {}, /any amount of data/],
    [
      "too high a limit",
      limit({ bytesScannedCutoffPerQuery: 3e9 }),
      { maximumBytes: 2e9 },
      /3000000000 bytes/,
    ],
    [
      "a limit that clients can get around",
      limit({ bytesScannedCutoffPerQuery: 2e9, enforceWorkgroupConfiguration: false }),
      {},
      /settings of their own/,
    ],
  ],
);

describe("bucket-has-lifecycle", () => {
  const bucket = (props = {}) => resource(BUCKET, "lake", { id: "acme", bucket: "acme", ...props });
  const lifecycle = (rules: unknown, name: unknown = "acme", sources: PolicyResource[] = []) =>
    resource(
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "lake-lifecycle",
      { bucket: name, rules },
      { bucket: sources },
    );
  const on = [{ id: "a", status: "Enabled" }];

  it("accepts a rule beside the bucket, and one of its own", () => {
    assert.deepEqual(judge(bucketHasLifecycle, [bucket(), lifecycle(on)]), []);
    assert.deepEqual(judge(bucketHasLifecycle, [bucket({ lifecycleRules: [{ enabled: true }] })]), []);
  });

  it("accepts a rule in preview that was made for the bucket", () => {
    const made = resource(BUCKET, "lake", { id: UNKNOWN, bucket: UNKNOWN, lifecycleRules: UNKNOWN });
    assert.deepEqual(judge(bucketHasLifecycle, [made, lifecycle(on, UNKNOWN, [made])]), []);
  });

  it("rejects a bucket without a rule, also if another has one", () => {
    const found = judge(bucketHasLifecycle, [bucket(), lifecycle(on, "other")]);
    assert.deepEqual(found, [
      'bucket "lake" keeps its objects for ever; add a BucketLifecycleConfiguration with a rule.',
    ]);
  });

  it("rejects a bucket with rules that are all switched off", () => {
    assert.match(
      judge(bucketHasLifecycle, [bucket(), lifecycle([{ status: "Disabled" }])])[0],
      /switched off/,
    );
  });
});
