import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PolicyResource } from "@pulumi/policy";
import { type AnalyzeResponse, EnforcementLevel, PolicySeverity } from "@pulumi/pulumi/proto/analyzer_pb";
import { observe } from "../../local/policy";
import { runProgram } from "../../local/program";
import { rules } from "../../policy/rules";
import { type Analyzer, type Configuration, startAnalyzer } from "./analyzer";
import { BUCKET, document, lake, lakeInPreview, resource, UNKNOWN_ON_THE_WIRE } from "./stack";

const ROOT = join(__dirname, "../..");
const PACK = join(ROOT, "policy");

type Stack = Record<string, PolicyResource>;

const namesIn = (...responses: AnalyzeResponse[]) =>
  responses.flatMap((response) => response.getDiagnosticsList().map((each) => each.getPolicyname()));

/** What the engine sends for a stack: each resource's inputs, and then all outputs. Through JSON, as over the wire. */
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

/** Every rule at a level, as the engine sends it when the file says "all". */
const all = (level: Configuration[string]["level"], more: Configuration = {}): Configuration => ({
  ...Object.fromEntries(rules.map(({ name }) => [name, { level }])),
  ...more,
});

describe("the policy pack as the engine runs it", () => {
  let pack: Analyzer;

  before(async () => {
    pack = await startAnalyzer(PACK);
  });

  after(() => pack?.stop());
  afterEach(() => pack.configure({}));

  it("offers every rule under the name flow-log-analytics, with all that there is to know about it", async () => {
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
      // One that only mends says what by its description.
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
    for (const rule of ["encrypted-with-customer-key", "blocks-public-access", "tls-only", "has-lifecycle"])
      assert.ok(found.includes(`bucket-${rule}`), rule);
    assert.deepEqual([...new Set(response.getDiagnosticsList().map((each) => each.getUrn()))], [bucket.urn]);
  });

  for (const stack of ["dev", "prod"])
    it(`lets ${stack} through with every rule mandatory, but the one that asks for tracing`, async () => {
      const { inputs, outputs } = await declared(stack);
      await pack.configure(all("MANDATORY"));
      const answers = [await pack.analyzeStack(outputs)];
      for (const each of Object.values(inputs)) answers.push(await pack.analyze(each));
      assert.deepEqual(namesIn(...answers), ["function-traced"]);
    });

  it("finds what is taken away from dev", async () => {
    const { outputs } = await declared("dev");
    const without = (type: string) =>
      Object.fromEntries(Object.entries(outputs).filter(([, each]) => each.type !== type));
    for (const [type, rule] of [
      ["aws:s3/bucketPolicy:BucketPolicy", "bucket-tls-only"],
      ["aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "function-keeps-failed-events"],
      ["aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "bucket-has-lifecycle"],
    ])
      assert.deepEqual(namesIn(await pack.analyzeStack(without(type))), [rule]);
  });

  describe("configured", () => {
    const group = resource("aws:cloudwatch/logGroup:LogGroup", "flows", {
      retentionInDays: 90,
      kmsKeyId: UNKNOWN_ON_THE_WIRE,
    });
    const retention = (options: Record<string, unknown>): Configuration => ({
      "log-group-retention-bounded": { level: "MANDATORY", options },
    });

    it("goes by options, by levels and by exemptions", async () => {
      assert.deepEqual(namesIn(await pack.analyze(group)), []);
      await pack.configure(retention({ maximumDays: 30 }));
      const found = await pack.analyze(group);
      assert.deepEqual(namesIn(found), ["log-group-retention-bounded"]);
      assert.equal(found.getDiagnosticsList()[0].getEnforcementlevel(), EnforcementLevel.MANDATORY);
      await pack.configure(retention({ maximumDays: 30, exempt: ["fl*"] }));
      assert.deepEqual(namesIn(await pack.analyze(group)), []);
      await pack.configure({
        "log-group-retention-bounded": { level: "DISABLED", options: { maximumDays: 30 } },
      });
      assert.deepEqual(namesIn(await pack.analyze(group)), []);
    });

    it("leaves a bucket alone that a stack rule's configuration names", async () => {
      const { bucket } = lakeInPreview();
      const exempt = { level: "MANDATORY", options: { exempt: [bucket.urn] } } as const;
      await pack.configure(all("MANDATORY", { "bucket-tls-only": exempt }));
      assert.ok(!namesIn(await pack.analyzeStack({ bucket })).includes("bucket-tls-only"));
    });

    for (const [what, options, problem] of [
      ["a value out of bounds", { maximumDays: 4000 }, "maximumDays must be 3653 or less, not 4000"],
      ["a value of another type", { exempt: "flows" }, 'exempt must be an array, not "flows"'],
      ["an option that there is not", { maximumDay: 30 }, 'there is no option "maximumDay"; it has exempt, '],
      [
        "bounds with nothing between",
        { minimumDays: 90, maximumDays: 30 },
        "minimumDays is 90 and maximumDays only 30",
      ],
    ] as const)
      it(`refuses ${what}`, async () => {
        await pack.configure(retention(options));
        await assert.rejects(pack.analyze(group), (error: Error) => {
          assert.ok(error.message.includes(problem), error.message);
          assert.match(error.message, /log-group-retention-bounded/);
          return true;
        });
      });
  });

  describe("mending", () => {
    const untagged = (props = {}) => resource(BUCKET, "lake", { bucket: UNKNOWN_ON_THE_WIRE, ...props });
    const options = { required: ["owner"], values: { owner: "platform" } };
    const mended = async (of: PolicyResource) =>
      (await pack.remediate(of))
        .getRemediationsList()
        .map((each) => [each.getPolicyname(), each.getProperties()?.toJavaScript()]);

    it("does nothing unless it is told to", async () => {
      await pack.configure({ "resource-tagged": { level: "MANDATORY", options } });
      assert.deepEqual(await mended(untagged()), []);
      assert.deepEqual(namesIn(await pack.analyze(untagged())), ["resource-tagged"]);
    });

    it("adds the tags that it has values for, and leaves the rest", async () => {
      await pack.configure({ "resource-tagged": { level: "REMEDIATE", options } });
      assert.deepEqual(await mended(untagged({ tags: { stage: UNKNOWN_ON_THE_WIRE } })), [
        [
          "resource-tagged",
          { bucket: UNKNOWN_ON_THE_WIRE, tags: { stage: UNKNOWN_ON_THE_WIRE, owner: "platform" } },
        ],
      ]);
      assert.deepEqual(await mended(untagged({ tags: { owner: "me" } })), []);
    });

    it("keeps its hands off the code of a function", async () => {
      await pack.configure({ "resource-tagged": { level: "REMEDIATE", options } });
      const signature = "4dabf18193072939515e22adb298388d";
      const code = {
        [signature]: "0def7320c3a5731c473e5ecbe6d01bc7",
        assets: { "index.js": { [signature]: "c44067f5952c0a294b673a41bacd8c17", text: "0" } },
      };
      const fn = resource("aws:lambda/function:Function", "etl", { runtime: "nodejs24.x", code });
      assert.deepEqual(await mended(fn), []);
      assert.ok(namesIn(await pack.analyze(fn)).includes("resource-tagged"));
    });
  });
});

describe("the policy pack as it is published", () => {
  let folder: string;
  let pack: Analyzer;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "policy-"));
    require("../../policy/build").build();
    for (const file of readdirSync(PACK).filter((name) => !["node_modules", "README.md"].includes(name)))
      cpSync(join(PACK, file), join(folder, file), { recursive: true });
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(join(ROOT, "node_modules/@pulumi"), join(folder, "node_modules/@pulumi"));
  });

  after(async () => {
    await pack?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("starts where there is neither TypeScript nor the repository", async () => {
    pack = await startAnalyzer(folder);
    assert.equal((await pack.info()).getPoliciesList().length, rules.length);
  });

  it("starts where nothing can be written", async () => {
    const preload = join(folder, "read-only.js");
    const refuse = 'throw Object.assign(new Error("read-only"), { code: "EROFS" })';
    writeFileSync(preload, `require("node:fs").mkdtempSync = () => { ${refuse}; };`);
    // With TypeScript, as in a checkout.
    symlinkSync(join(ROOT, "node_modules/typescript"), join(folder, "node_modules/typescript"));
    rmSync(join(folder, "dist"), { recursive: true });
    await pack.stop();
    pack = await startAnalyzer(folder, ["--require", preload]);
    assert.equal((await pack.info()).getPoliciesList().length, rules.length);
    assert.deepEqual(readdirSync(join(folder, "dist")), []);
  });

  it("is whole: everything that the pack loads is among its files", () => {
    const { files, main, dependencies } = require("../../policy/package.json");
    assert.equal(main, "main.js");
    assert.deepEqual(Object.keys(dependencies), ["@pulumi/policy"]);
    for (const needed of ["*.ts", "*.js", "*.json", "dist", "PulumiPolicy.yaml"])
      assert.ok(files.includes(needed));
  });
});
