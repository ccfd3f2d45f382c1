import assert from "node:assert/strict";
import type { Policies, PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { unknownCheckingProxy } from "@pulumi/policy";
import { asset } from "@pulumi/pulumi";
import { logGroupRetentionBounded } from "../../policy/capture-retention";
import { functionKeepsFailedEvents } from "../../policy/etl-failures";
import { faultOf, functionRuntimeSupported } from "../../policy/etl-runtime";
import { DEPRECATIONS } from "../../policy/etl-runtimes";
import { functionTraced } from "../../policy/etl-tracing";
import { streamLogsErrors } from "../../policy/firehose-error-logging";
import { bucketHasLifecycle } from "../../policy/lake-lifecycle";
import { operationsRules } from "../../policy/operations";
import { workgroupScanLimited } from "../../policy/query-scan-limit";
import { resourceTagged } from "../../policy/stack-tags";
import { tagTypes } from "../../policy/stack-tags-generate";
import tagTypesFile from "../../policy/tag-types.json";
import { BUCKET, resource, UNKNOWN_ON_THE_WIRE as UNKNOWN } from "./stack";

type Config = Record<string, unknown>;
type Rule = Policies[number];

const notApplicable = () => assert.fail();
const getConfig =
  (config: Config) =>
  <T>() =>
    ({ ...config }) as T;
const argsOf = (of: PolicyResource, config: Config): ResourceValidationArgs => ({
  ...of,
  props: unknownCheckingProxy(of.props),
  stackTags: new Map(),
  asType: () => undefined,
  getConfig: getConfig(config),
  notApplicable,
});

/** What a rule says about these resources. */
const judge = (rule: Rule, resources: PolicyResource[], config: Config = {}): string[] => {
  const found: string[] = [];
  const report = (message: string) => found.push(message);
  if ("validateStack" in rule) {
    for (const each of resources) each.props = unknownCheckingProxy(each.props);
    void rule.validateStack(
      { resources, stackTags: new Map(), getConfig: getConfig(config), notApplicable },
      report,
    );
    return found;
  }
  for (const each of resources)
    for (const validate of [rule.validateResource ?? []].flat()) void validate(argsOf(each, config), report);
  return found;
};

type Case = [what: string, props: Record<string, unknown>, config?: Config];

const describeRule = (rule: Rule, type: string, good: Case[], bad: [...Case, expected: RegExp][]) =>
  describe(rule.name, () => {
    for (const [what, props, config] of good)
      it(`accepts ${what}`, () => assert.deepEqual(judge(rule, [resource(type, "main", props)], config), []));
    for (const [what, props, config, expected] of bad) {
      it(`rejects ${what}`, () => {
        const found = judge(rule, [resource(type, "main", props)], config as Config);
        assert.equal(found.length, 1, found.join("\n"));
        assert.match(found[0], expected as RegExp);
        assert.match(found[0], /^[a-z ]+ "main" .+; .+\.$/);
      });
      it(`leaves alone if it is exempt: ${what}`, () => {
        const exempt = { ...(config as Config), exempt: ["ma*"] };
        assert.deepEqual(judge(rule, [resource(type, "main", props)], exempt), []);
      });
    }
    it("has nothing to say about other resources", () =>
      assert.deepEqual(judge(rule, [resource("aws:sqs/queue:Queue", "main", {})]), []));
  });

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

describe("function-keeps-failed-events", () => {
  const ARN = "arn:aws:lambda:eu-west-1:111122223333:function:etl";
  const fn = (props = {}) =>
    resource("aws:lambda/function:Function", "etl", { name: "etl", arn: ARN, ...props });
  const allowed = (principal: string, props = {}) =>
    resource("aws:lambda/permission:Permission", "permission", {
      action: "lambda:InvokeFunction",
      principal,
      function: "etl",
      ...props,
    });
  const kept = (props = {}) =>
    resource("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "failures", {
      functionName: "etl",
      destinationConfig: { onFailure: { destination: "arn:aws:sqs:eu-west-1:111122223333:failed" } },
      ...props,
    });
  const of = (...resources: PolicyResource[]) => judge(functionKeepsFailedEvents, resources);
  const lost = (...resources: PolicyResource[]) =>
    assert.match(of(...resources)[0] ?? "", /an event that it fails on is lost/);

  it("asks nothing of a function that nobody invokes, or that somebody waits for", () => {
    assert.deepEqual(of(fn()), []);
    for (const principal of ["apigateway.amazonaws.com", "cognito-idp.amazonaws.com", "arn:aws:iam::1:root"])
      assert.deepEqual(of(fn(), allowed(principal)), [], principal);
  });

  it("asks nothing of a function that Lambda reads a queue or a stream for", () => {
    const mapping = { functionName: "etl", eventSourceArn: "arn:aws:sqs:eu-west-1:111122223333:q" };
    assert.deepEqual(
      of(fn(), resource("aws:lambda/eventSourceMapping:EventSourceMapping", "m", mapping)),
      [],
    );
  });

  for (const principal of [
    "logs.amazonaws.com",
    "logs.eu-west-1.amazonaws.com",
    "s3.amazonaws.com",
    "sns.amazonaws.com",
    "events.amazonaws.com",
  ])
    it(`rejects one that ${principal} may invoke`, () => lost(fn(), allowed(principal)));

  const invokers: [string, Record<string, unknown>][] = [
    ["aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter", { destinationArn: ARN }],
    ["aws:sns/topicSubscription:TopicSubscription", { protocol: "lambda", endpoint: ARN }],
    ["aws:s3/bucketNotification:BucketNotification", { lambdaFunctions: [{ lambdaFunctionArn: ARN }] }],
    ["aws:cloudwatch/eventTarget:EventTarget", { arn: ARN }],
    ["aws:scheduler/schedule:Schedule", { target: { arn: ARN } }],
  ];
  for (const [type, props] of invokers)
    it(`rejects one that is the target of a ${type}`, () => {
      lost(fn(), resource(type, "source", props));
      assert.deepEqual(of(fn(), kept(), resource(type, "source", props)), []);
    });

  it("rejects it in preview, where the invoker's target is only known by what it was computed from", () => {
    const unnamed = fn({ name: UNKNOWN, arn: UNKNOWN });
    const filter = (sources: PolicyResource[]) =>
      resource(
        "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
        "filter",
        { destinationArn: UNKNOWN },
        { destinationArn: sources },
      );
    lost(unnamed, filter([unnamed]));
    assert.deepEqual(of(unnamed, filter([])), []);
    const alias = resource("aws:lambda/alias:Alias", "live", {}, { functionName: [unnamed] });
    lost(unnamed, alias, filter([alias]));
  });

  it("accepts a place for failed events: a destination, dead letters, one that preview does not know", () => {
    const logs = "logs.amazonaws.com";
    assert.deepEqual(of(fn(), allowed(logs), kept()), []);
    assert.deepEqual(of(fn(), allowed(logs), kept({ functionName: ARN })), []);
    assert.deepEqual(of(fn(), allowed(logs), kept({ functionName: UNKNOWN })), []);
    assert.deepEqual(of(fn(), allowed(logs), kept({ destinationConfig: UNKNOWN })), []);
    assert.deepEqual(of(fn({ deadLetterConfig: { targetArn: "arn:aws:sqs:x:1:q" } }), allowed(logs)), []);
    assert.deepEqual(of(fn({ deadLetterConfig: { targetArn: UNKNOWN } }), allowed(logs)), []);
  });

  it("rejects a place that is another function's, another version's, or only for successes", () => {
    const logs = allowed("logs.amazonaws.com");
    lost(fn(), logs, kept({ functionName: "other" }));
    lost(fn(), logs, kept({ qualifier: "live" }));
    lost(fn(), allowed("s3.amazonaws.com", { qualifier: "live" }), kept());
    lost(fn(), logs, kept({ destinationConfig: { onSuccess: { destination: "arn:aws:sqs:x:1:q" } } }));
    lost(fn(), logs, kept({ destinationConfig: undefined, maximumRetryAttempts: 2 }));
  });

  it("knows a version by its ARN or by a qualifier, and $LATEST as none", () => {
    const live = kept({ functionName: `${ARN}:live` });
    assert.deepEqual(of(fn(), allowed("s3.amazonaws.com", { qualifier: "live" }), live), []);
    assert.deepEqual(of(fn(), allowed("s3.amazonaws.com"), kept({ qualifier: "$LATEST" })), []);
  });

  it("says it once for a function that many invoke, and not at all if it is exempt", () => {
    const stack = [fn(), allowed("s3.amazonaws.com"), allowed("sns.amazonaws.com")];
    assert.equal(judge(functionKeepsFailedEvents, stack).length, 1);
    assert.deepEqual(judge(functionKeepsFailedEvents, stack, { exempt: ["etl"] }), []);
  });
});

describe("resource-tagged", () => {
  const config = { required: ["owner", "stage"], values: { owner: "platform" } };
  const of = (props: Record<string, unknown>, type = BUCKET, more: Config = config) =>
    judge(resourceTagged, [resource(type, "lake", props)], more);
  const remedied = (props: Record<string, unknown>, type = BUCKET) =>
    resourceTagged.remediateResource?.(argsOf(resource(type, "lake", props), config));

  it("knows every type of the installed provider that has tags", () =>
    assert.equal(`${JSON.stringify(tagTypesFile, null, 2)}\n`, tagTypes()));

  it("asks for nothing unless it is configured", () => assert.deepEqual(of({}, BUCKET, {}), []));

  it("rejects a resource that lacks tags or has them empty", () => {
    assert.deepEqual(of({}), ['resource "lake" lacks the tags "owner", "stage"; add them.']);
    assert.deepEqual(of({ tags: { owner: "", stage: "dev" } }), [
      'resource "lake" lacks the tag "owner"; add it.',
    ]);
  });

  it("accepts one that has them, and waits for those that preview does not know", () => {
    assert.deepEqual(of({ tags: { owner: "a", stage: UNKNOWN } }), []);
    assert.deepEqual(of({ tags: UNKNOWN }), []);
  });

  it("asks nothing of what has no tags", () =>
    assert.deepEqual(of({}, "aws:s3/bucketPolicy:BucketPolicy"), []));

  it("mends what it has a value for, and leaves what preview does not know", () => {
    const props = { bucket: UNKNOWN, tags: { stage: UNKNOWN } };
    assert.ok(remedied(props));
    assert.deepEqual(props, { bucket: UNKNOWN, tags: { stage: UNKNOWN, owner: "platform" } });
    const none = {};
    assert.ok(remedied(none));
    assert.deepEqual(none, { tags: { owner: "platform" } });
  });

  it("mends nothing that needs no mending, is exempt or has an archive", () => {
    assert.equal(remedied({ tags: { owner: "a" } }), undefined);
    assert.equal(remedied({ tags: UNKNOWN }), undefined);
    const code = new asset.AssetArchive({ "index.js": new asset.StringAsset("") });
    assert.equal(remedied({ code }, "aws:lambda/function:Function"), undefined);
  });
});

describe("a stack of thousands", () => {
  it("is judged in the time of a breath", () => {
    const many = (make: (n: number) => PolicyResource) => Array.from({ length: 1000 }, (_, n) => make(n));
    const functions = many((n) => resource("aws:lambda/function:Function", `f${n}`, { name: `f${n}` }));
    const stack = [
      ...functions,
      ...many((n) =>
        resource("aws:lambda/permission:Permission", `p${n}`, {
          action: "lambda:InvokeFunction",
          principal: "s3.amazonaws.com",
          function: `f${n}`,
        }),
      ),
      ...many((n) =>
        resource("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", `c${n}`, {
          functionName: `f${n}`,
          destinationConfig: { onFailure: { destination: "arn:aws:sqs:eu-west-1:111122223333:q" } },
        }),
      ),
    ];
    const began = Date.now();
    assert.deepEqual(judge(functionKeepsFailedEvents, stack), []);
    assert.ok(Date.now() - began < 5000, `${Date.now() - began} ms`);
  });
});
