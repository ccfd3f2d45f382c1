import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type AnalyzeResponse, EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";
import { type Analyzer, startAnalyzer } from "./analyzer";
import { document, lake, lakeInPreview, resource } from "./stack";

const PACK = join(__dirname, "../../policy");

const RULES = [
  "bucket-encrypted-with-customer-key",
  "bucket-blocks-public-access",
  "bucket-tls-only",
  "role-no-wildcard-action",
  "role-no-wildcard-resource",
  "role-no-broad-managed-policy",
];

const summary = (response: AnalyzeResponse) =>
  response.getDiagnosticsList().map((each) => [each.getPolicyname(), each.getEnforcementlevel()]);

describe("the policy pack as the engine runs it", () => {
  let pack: Analyzer;

  before(async () => {
    pack = await startAnalyzer(PACK);
  });

  after(() => pack?.stop());

  it("offers every rule, mandatory, under the name flow-log-analytics", async () => {
    const info = await pack.info();
    assert.equal(info.getName(), "flow-log-analytics");
    assert.deepEqual(
      info.getPoliciesList().map((policy) => [policy.getName(), policy.getEnforcementlevel()]),
      RULES.map((name) => [name, EnforcementLevel.MANDATORY]),
    );
  });

  it("has every rule in its README, in the order of the pack", () => {
    const rows = readFileSync(join(PACK, "README.md"), "utf8").matchAll(/^\| `([a-z-]+)` +\|/gm);
    assert.deepEqual(
      Array.from(rows, ([, name]) => name),
      RULES,
    );
  });

  it("rejects a RolePolicy that allows every action on a service", async () => {
    const policy = JSON.stringify(
      document({ Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::acme-lake" }),
    );
    const bad = resource("aws:iam/rolePolicy:RolePolicy", "etl", { policy });
    const response = await pack.analyze(bad);
    assert.deepEqual(summary(response), [["role-no-wildcard-action", EnforcementLevel.MANDATORY]]);
    assert.equal(
      response.getDiagnosticsList()[0].getMessage(),
      "An identity policy names the actions that it allows.\n" +
        'statement 1 allows action "s3:*"; name the actions that are needed, such as "s3:GetObject".',
    );
  });

  it("accepts a protected bucket, and its preview with unknown values, without a diagnostic", async () => {
    assert.deepEqual(summary(await pack.analyzeStack(lake())), []);
    assert.deepEqual(summary(await pack.analyzeStack(lakeInPreview())), []);
  });

  it("rejects a bare bucket in preview by all three rules about buckets and points at it", async () => {
    const { bucket } = lakeInPreview();
    const response = await pack.analyzeStack({ bucket });
    assert.deepEqual(
      summary(response),
      RULES.slice(0, 3).map((name) => [name, EnforcementLevel.MANDATORY]),
    );
    assert.deepEqual(
      new Set(response.getDiagnosticsList().map((each) => each.getUrn())),
      new Set([bucket.urn]),
    );
  });
});
