import assert from "node:assert/strict";
import type { PolicyResource } from "@pulumi/policy";
import { asset } from "@pulumi/pulumi";
import tagTypesFile from "../../../policy/reading/tag-types.json";
import { tagTypes } from "../../../policy/reading/tag-types-generate";
import { functionKeepsFailedEvents } from "../../../policy/rules/operations/function-keeps-failed-events";
import { resourceTagged } from "../../../policy/rules/operations/resource-tagged";
import { BUCKET, resource, UNKNOWN_ON_THE_WIRE as UNKNOWN } from "../stack";
import { argsOf, type Config, judge } from "./judge";

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

  it("accepts a function that nobody invokes, or that is invoked synchronously", () => {
    assert.deepEqual(of(fn()), []);
    for (const principal of ["apigateway.amazonaws.com", "cognito-idp.amazonaws.com", "arn:aws:iam::1:root"])
      assert.deepEqual(of(fn(), allowed(principal)), [], principal);
  });

  it("accepts a function with an event source mapping", () => {
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

  it("rejects it in preview, where only the property dependencies show the invoker's target", () => {
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

  it("rejects a destination of another function, of another version, or for successes only", () => {
    const logs = allowed("logs.amazonaws.com");
    lost(fn(), logs, kept({ functionName: "other" }));
    lost(fn(), logs, kept({ qualifier: "live" }));
    lost(fn(), allowed("s3.amazonaws.com", { qualifier: "live" }), kept());
    lost(fn(), logs, kept({ destinationConfig: { onSuccess: { destination: "arn:aws:sqs:x:1:q" } } }));
    lost(fn(), logs, kept({ destinationConfig: undefined, maximumRetryAttempts: 2 }));
  });

  it("recognizes a version by its ARN or by a qualifier, and $LATEST as no version", () => {
    const live = kept({ functionName: `${ARN}:live` });
    assert.deepEqual(of(fn(), allowed("s3.amazonaws.com", { qualifier: "live" }), live), []);
    assert.deepEqual(of(fn(), allowed("s3.amazonaws.com"), kept({ qualifier: "$LATEST" })), []);
  });

  it("reports a function with many invokers once, and an exempt one never", () => {
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

  it("requires no tag unless configured", () => assert.deepEqual(of({}, BUCKET, {}), []));

  it("rejects a resource that lacks tags or has them empty", () => {
    assert.deepEqual(of({}), ['resource "lake" lacks the tags "owner", "stage"; add them.']);
    assert.deepEqual(of({ tags: { owner: "", stage: "dev" } }), [
      'resource "lake" lacks the tag "owner"; add it.',
    ]);
  });

  it("accepts one that has them, and waits for unknown ones in preview", () => {
    assert.deepEqual(of({ tags: { owner: "a", stage: UNKNOWN } }), []);
    assert.deepEqual(of({ tags: UNKNOWN }), []);
  });

  it("accepts a type without tags", () => assert.deepEqual(of({}, "aws:s3/bucketPolicy:BucketPolicy"), []));

  it("adds tags with configured values, and leaves unknown ones in preview", () => {
    const props = { bucket: UNKNOWN, tags: { stage: UNKNOWN } };
    assert.ok(remedied(props));
    assert.deepEqual(props, { bucket: UNKNOWN, tags: { stage: UNKNOWN, owner: "platform" } });
    const none = {};
    assert.ok(remedied(none));
    assert.deepEqual(none, { tags: { owner: "platform" } });
  });

  it("changes no resource that has its tags, is exempt or has an archive", () => {
    assert.equal(remedied({ tags: { owner: "a" } }), undefined);
    assert.equal(remedied({ tags: UNKNOWN }), undefined);
    const code = new asset.AssetArchive({ "index.js": new asset.StringAsset("") });
    assert.equal(remedied({ code }, "aws:lambda/function:Function"), undefined);
  });
});

describe("a stack of thousands", () => {
  it("is judged within seconds", () => {
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
