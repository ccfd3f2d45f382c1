import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import type { FlowLogAnalyticsArgs } from "../../components";
import { componentGraph } from "./component";
import { listOf, statementsOf } from "./documents";
import { child } from "./graph";
import { DATA, OLD_VERSIONS, OTHERS, rule, UNFINISHED } from "./lifecycle";
import { VPCS } from "./settings";

describe("the lake, with arguments", () => {
  const LAKE = /^flows-lake/;
  const rulesOf = async (args: Omit<FlowLogAnalyticsArgs, "vpcs">) =>
    child(await componentGraph({ vpcs: VPCS, ...args }), "flows-lake-lifecycle").inputs.rules;

  it("keeps everything for the configured days", async () => {
    const rules = await rulesOf({
      retention: {
        dataTransitionInDays: 60,
        dataExpirationInDays: 400,
        resultsExpirationInDays: 1,
        errorsExpirationInDays: 2,
        failedEventsExpirationInDays: 3,
        findingsExpirationInDays: 4,
      },
    });
    assert.deepEqual(rules, [
      rule("data", "flow-logs/", {
        transitions: [{ days: 60, storageClass: "STANDARD_IA" }],
        expiration: { days: 400 },
      }),
      rule("results", "results/", { expiration: { days: 1 } }),
      rule("errors", "errors/", { expiration: { days: 2 } }),
      rule("failed-events", "aws/lambda/async/", { expiration: { days: 3 } }),
      rule("findings", "findings/", { expiration: { days: 4 } }),
      UNFINISHED,
    ]);
  });

  it("has no transition for flow logs that expire too soon after it", async () => {
    assert.deepEqual(await rulesOf({ retention: { dataExpirationInDays: 14 } }), [
      rule("data", "flow-logs/", { expiration: { days: 14 } }),
      ...OTHERS,
    ]);
  });

  it("has no rule for flow logs without transition and expiration", async () => {
    assert.deepEqual(await rulesOf({ retention: { dataTransitionInDays: 0 } }), OTHERS);
  });

  it("keeps noncurrent versions for 30 days, with a rule that depends on the versioning", async () => {
    const component = await componentGraph({ vpcs: VPCS, versioning: true });
    const { bucket } = child(component, "flows-lake").state;
    const lifecycle = child(component, "flows-lake-lifecycle");
    assert.deepEqual(child(component, "flows-lake-versioning").inputs, {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    assert.deepEqual(lifecycle.inputs, { bucket, rules: [DATA, ...OTHERS, OLD_VERSIONS] });
    assert.ok(lifecycle.waitsFor.includes("flows-lake-versioning"));
    assert.deepEqual(child(component, "flows-lake").inputs, { forceDestroy: false });
  });

  describe("with a lock", () => {
    let locked: Awaited<ReturnType<typeof componentGraph>>;

    before(async () => {
      locked = await componentGraph({ vpcs: VPCS, objectLock: { mode: "COMPLIANCE", days: 365 } });
    });

    it("locks each object when it is written, after versioning is on", () => {
      const { inputs, waitsFor } = child(locked, "flows-lake-object-lock");
      assert.deepEqual(inputs, {
        bucket: child(locked, "flows-lake").state.bucket,
        rule: { defaultRetention: { mode: "COMPLIANCE", days: 365 } },
      });
      assert.ok(waitsFor.includes("flows-lake-versioning"));
    });

    it("keeps versions, and deletes them after the lock", () => {
      assert.deepEqual(child(locked, "flows-lake-lifecycle").inputs.rules, [DATA, ...OTHERS, OLD_VERSIONS]);
    });

    it("is created with the lock, and an existing bucket gets the lock without being replaced", () => {
      const { inputs, ignoresChanges } = child(locked, "flows-lake");
      assert.deepEqual(inputs, { forceDestroy: false, objectLockEnabled: true });
      assert.deepEqual(ignoresChanges, ["objectLockEnabled"]);
    });
  });

  describe("with a bucket that exists", () => {
    let component: Awaited<ReturnType<typeof componentGraph>>;
    const inputs = (name: string) => child(component, name).inputs;

    before(async () => {
      component = await componentGraph({ vpcs: VPCS, existingBucket: output("acme-logs") });
    });

    it("declares no bucket and no configuration of one", () => {
      assert.deepEqual(
        component.resources.filter(({ type, name }) => type.startsWith("aws:s3/") || LAKE.test(name)),
        [],
      );
    });

    it("stores data and query results there", () => {
      const { bucketArn, kmsKeyArn } = inputs("flows-stream").extendedS3Configuration;
      assert.deepEqual(
        [bucketArn, kmsKeyArn],
        ["arn:aws:s3:::acme-logs", child(component, "flows-key").state.arn],
      );
      assert.equal(inputs("flows-table").storageDescriptor.location, "s3://acme-logs/flow-logs/");
      assert.equal(
        inputs("flows-workgroup").configuration.resultConfiguration.outputLocation,
        "s3://acme-logs/results/",
      );
      assert.equal(
        inputs("flows-etl-failures").destinationConfig.onFailure.destination,
        "arn:aws:s3:::acme-logs",
      );
    });

    it("gives the roles the same permissions as in a bucket of the component", () => {
      const resources = ["flows-stream-policy", "flows-etl-policy"].flatMap((name) =>
        statementsOf(inputs(name).policy).flatMap(({ Resource }) => listOf(Resource)),
      );
      assert.deepEqual(
        resources.filter((arn) => arn.includes(":s3:")),
        ["", "/flow-logs/*", "/errors/*", "/aws/lambda/async/*", ""].map(
          (path) => `arn:aws:s3:::acme-logs${path}`,
        ),
      );
    });
  });
});
