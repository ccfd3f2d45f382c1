import assert from "node:assert/strict";
import { join } from "node:path";
import type { PolicyResource } from "@pulumi/policy";
import { EnforcementLevel, PolicySeverity } from "@pulumi/pulumi/proto/analyzer_pb";
import { runProgram } from "../../local/program";
import { rules } from "../../policy/rules";
import { type Analyzer, namesIn, startAnalyzer } from "./analyzer";
import { observe } from "./observe";
import { document, lake, lakeInPreview, resource } from "./stack";

const PACK = join(__dirname, "../../policy");

type Stack = Record<string, PolicyResource>;

/** Rules about features that cost extra, which this project's stacks do without. */
const OF_BUCKETS = ["bucket-logs-access", "bucket-versioned"];
const OF_FUNCTIONS = ["function-concurrency-limited", "function-traced"];

/** Returns what Pulumi's engine sends for a stack: each resource's inputs, then all outputs, through JSON as over the wire. */
const declared = async (stack: string): Promise<{ inputs: Stack; outputs: Stack }> => {
  const { planned } = await observe(() => runProgram(stack));
  const plain = (props: unknown) => JSON.parse(JSON.stringify(props));
  const entries = planned.map(
    ({ inputs, resource: each }) => [each.urn, { each, inputs: plain(inputs) }] as const,
  );
  for (const { resource: each } of planned) each.props = plain(each.props);
  return {
    inputs: Object.fromEntries(entries.map(([urn, { each, inputs }]) => [urn, { ...each, props: inputs }])),
    outputs: Object.fromEntries(entries.map(([urn, { each }]) => [urn, each])),
  };
};

describe("the policy pack as the engine runs it", () => {
  let pack: Analyzer;

  before(async () => {
    pack = await startAnalyzer(PACK);
  });

  after(() => pack?.stop());
  afterEach(() => pack.configure({}));

  it("lists every rule under the name flow-log-analytics, with all its metadata", async () => {
    const info = await pack.info();
    assert.equal(info.getName(), "flow-log-analytics");
    const offered = info.getPoliciesList();
    assert.deepEqual(
      offered.map((policy) => policy.getName()),
      rules.map(({ name }) => name),
    );
    for (const [index, policy] of offered.entries()) {
      const name = policy.getName();
      assert.match(name, /^[a-z]+(-[a-z]+)+$/);
      assert.match(policy.getDescription(), /^[A-Z].+\.$/s, name);
      assert.notEqual(policy.getSeverity(), PolicySeverity.POLICY_SEVERITY_UNSPECIFIED, name);
      assert.match(policy.getUrl(), /^https:/, name);
      assert.notEqual(policy.getTagsList().length, 0, name);
      assert.ok(policy.getConfigschema()?.getProperties()?.toJavaScript().exempt, name);
      // A remediation alone has only its description.
      const rule = rules[index];
      if ("validateStack" in rule || rule.validateResource) {
        assert.match(policy.getRemediationSteps(), /\.$/, name);
        assert.notEqual(policy.getEnforcementlevel(), EnforcementLevel.DISABLED, name);
      } else assert.equal(policy.getEnforcementlevel(), EnforcementLevel.DISABLED, name);
    }
    assert.equal(new Set(offered.map((policy) => policy.getName())).size, offered.length);
  });

  it("rejects a RolePolicy that allows every action on a service", async () => {
    const policy = JSON.stringify(
      document({ Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::acme-lake" }),
    );
    const response = await pack.analyze(resource("aws:iam/rolePolicy:RolePolicy", "etl", { policy }));
    assert.deepEqual(namesIn(response), ["role-no-wildcard-action"]);
    const [found] = response.getDiagnosticsList();
    assert.equal(found.getEnforcementlevel(), EnforcementLevel.MANDATORY);
    assert.match(found.getMessage(), /statement 1 allows action "s3:\*"; name the actions that are needed/);
  });

  it("has the remedy and a link in the message, since the CLI prints nothing else of a rule", async () => {
    const { bucket } = lakeInPreview();
    const policy = resource("aws:iam/rolePolicy:RolePolicy", "etl", { policy: "{}" });
    const answers = [await pack.analyzeStack({ bucket }), await pack.analyze(policy)];
    const found = answers.flatMap((answer) => answer.getDiagnosticsList());
    assert.ok(found.length > 3);
    for (const each of found) {
      const { remediationSteps, url } =
        rules.find(({ name }) => name === each.getPolicyname()) ?? assert.fail();
      assert.deepEqual(each.getMessage().split("\n").slice(-2), [
        `How to mend it: ${remediationSteps}`,
        `See ${url}`,
      ]);
    }
  });

  it("accepts a protected bucket, and its preview with unknown values", async () => {
    const mandatory = async (stack: Stack) =>
      (await pack.analyzeStack(stack))
        .getDiagnosticsList()
        .filter((each) => each.getEnforcementlevel() === EnforcementLevel.MANDATORY);
    assert.deepEqual(await mandatory(lake()), []);
    assert.deepEqual(await mandatory(lakeInPreview()), []);
  });

  it("rejects a bare bucket in preview and points at it", async () => {
    const { bucket } = lakeInPreview();
    const response = await pack.analyzeStack({ bucket });
    const found = namesIn(response);
    for (const rule of [
      "encrypted-with-customer-key",
      "has-public-access-block",
      "tls-only",
      "has-lifecycle",
    ])
      assert.ok(found.includes(`bucket-${rule}`), rule);
    assert.deepEqual([...new Set(response.getDiagnosticsList().map((each) => each.getUrn()))], [bucket.urn]);
  });

  for (const stack of ["dev", "prod"])
    it(`accepts ${stack} with every rule mandatory, except those about features that cost extra`, async () => {
      const { inputs, outputs } = await declared(stack);
      await pack.configure(Object.fromEntries(rules.map(({ name }) => [name, { level: "MANDATORY" }])));
      const answers = [await pack.analyzeStack(outputs)];
      for (const each of Object.values(inputs)) answers.push(await pack.analyze(each));
      assert.deepEqual(namesIn(...answers).sort(), [...OF_BUCKETS, ...OF_FUNCTIONS]);
    });

  it("finds properties that are removed from dev", async () => {
    const { outputs } = await declared("dev");
    const without = (type: string) =>
      Object.fromEntries(Object.entries(outputs).filter(([, each]) => each.type !== type));
    for (const [type, rule] of [
      ["aws:s3/bucketPolicy:BucketPolicy", "bucket-tls-only"],
      ["aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "function-keeps-failed-events"],
      ["aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "bucket-has-lifecycle"],
    ])
      assert.deepEqual(namesIn(await pack.analyzeStack(without(type))).sort(), [rule, ...OF_BUCKETS].sort());
  });
});
