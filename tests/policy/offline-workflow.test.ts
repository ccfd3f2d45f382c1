import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { makeProgram } from "../../cli/index";

const ROOT = join(__dirname, "../..");
const read = (name: string) => {
  const parsed = parseDocument(readFileSync(join(ROOT, ".github/workflows", name), "utf8"), { strict: true });
  assert.deepEqual([...parsed.errors, ...parsed.warnings], []);
  return parsed.toJS();
};

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
}

describe(".github/workflows/preview.yml", () => {
  const workflow = read("preview.yml");
  const jobs: Record<string, { steps: Step[]; permissions?: object; if?: string; strategy?: object }> =
    workflow.jobs;

  it("runs for pull requests, without a right that it does not need", () => {
    assert.deepEqual(Object.keys(workflow.on), ["pull_request"]);
    assert.deepEqual(workflow.permissions, { contents: "read" });
    assert.deepEqual(jobs.preview.permissions, {
      contents: "read",
      "id-token": "write",
      "pull-requests": "write",
    });
  });

  it("judges every stack without a secret, by a command with options that it has", async () => {
    const { policy } = jobs;
    assert.ok(!JSON.stringify(policy).includes("secrets."));
    assert.deepEqual(policy.strategy, { "fail-fast": false, matrix: { stack: ["dev", "prod"] } });
    for (const stack of ["dev", "prod"]) assert.ok(existsSync(join(ROOT, `Pulumi.${stack}.yaml`)));
    const command = policy.steps.at(-1)?.run?.split(" ") ?? [];
    assert.deepEqual(command.slice(0, 3), ["npx", "flowlogs", "plan"]);
    const [plan] = (await makeProgram(["plan"])).commands;
    const flags = plan.options.map((option) => option.long);
    for (const flag of command.filter((word) => word.startsWith("--"))) assert.ok(flags.includes(flag), flag);
  });

  it("previews with the policy pack of this folder, and comments", () => {
    const step = jobs.preview.steps.find(({ uses }) => uses?.startsWith("pulumi/actions@")) ?? assert.fail();
    assert.equal(step.with?.command, "preview");
    assert.equal(step.with?.["comment-on-pr"], true);
    assert.ok(existsSync(join(ROOT, String(step.with?.policyPacks), "PulumiPolicy.yaml")));
  });

  it("has no AWS access key, and never runs with secrets for a fork", () => {
    assert.ok(!/AWS_(ACCESS_KEY|SECRET)/.test(JSON.stringify(workflow)));
    assert.match(jobs.preview.if ?? "", /head\.repo\.full_name == github\.repository/);
  });
});
