import assert from "node:assert/strict";
import { join } from "node:path";
import type { PolicyResource } from "@pulumi/policy";
import { EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";
import { rules } from "../../policy/rules";
import { type Analyzer, type Configuration, namesIn, startAnalyzer } from "./analyzer";
import { BUCKET, lakeInPreview, resource, UNKNOWN_ON_THE_WIRE } from "./stack";

const PACK = join(__dirname, "../../policy");

/** Every rule at a level, as the engine sends it when the file says "all". */
const all = (level: Configuration[string]["level"], more: Configuration = {}): Configuration => ({
  ...Object.fromEntries(rules.map(({ name }) => [name, { level }])),
  ...more,
});

describe("the policy pack with a configuration", () => {
  let pack: Analyzer;

  before(async () => {
    pack = await startAnalyzer(PACK);
  });

  after(() => pack?.stop());
  afterEach(() => pack.configure({}));

  const group = resource("aws:cloudwatch/logGroup:LogGroup", "flows", {
    retentionInDays: 90,
    kmsKeyId: UNKNOWN_ON_THE_WIRE,
  });
  const retention = (options: Record<string, unknown>): Configuration => ({
    "log-group-retention-bounded": { level: "MANDATORY", options },
  });

  it("applies options, levels and exemptions", async () => {
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
    [
      "an option that there is not",
      { maximumDay: 30 },
      'there is no option "maximumDay"; did you mean maximumDays?',
    ],
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

describe("the policy pack with remediations", () => {
  let pack: Analyzer;

  before(async () => {
    pack = await startAnalyzer(PACK);
  });

  after(() => pack?.stop());

  const untagged = (props = {}) => resource(BUCKET, "lake", { bucket: UNKNOWN_ON_THE_WIRE, ...props });
  const options = { required: ["owner"], values: { owner: "platform" } };
  const mended = async (of: PolicyResource) =>
    (await pack.remediate(of))
      .getRemediationsList()
      .map((each) => [each.getPolicyname(), each.getProperties()?.toJavaScript()]);

  it("does nothing by default", async () => {
    await pack.configure({ "resource-tagged": { level: "MANDATORY", options } });
    assert.deepEqual(await mended(untagged()), []);
    assert.deepEqual(namesIn(await pack.analyze(untagged())), ["resource-tagged"]);
  });

  it("adds the tags with configured values, and leaves the rest", async () => {
    await pack.configure({ "resource-tagged": { level: "REMEDIATE", options } });
    assert.deepEqual(await mended(untagged({ tags: { stage: UNKNOWN_ON_THE_WIRE } })), [
      [
        "resource-tagged",
        { bucket: UNKNOWN_ON_THE_WIRE, tags: { stage: UNKNOWN_ON_THE_WIRE, owner: "platform" } },
      ],
    ]);
    assert.deepEqual(await mended(untagged({ tags: { owner: "me" } })), []);
  });

  it("does not change the code of a function", async () => {
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
