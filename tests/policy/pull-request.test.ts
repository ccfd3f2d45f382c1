import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { accessRules } from "../../policy/rules/access";
import { judgeAll } from "./access/judge";

interface Step {
  name?: string;
  uses?: string;
  run?: string;
  if?: string;
  env?: Record<string, string>;
}

describe("policy/pull-request.yml", () => {
  const text = readFileSync(join(__dirname, "../../policy/pull-request.yml"), "utf8");
  const parsed = parseDocument(text, { strict: true });
  const workflow = parsed.toJS();
  const steps: Step[] = workflow.jobs.preview.steps;

  it("is a workflow for pull requests with only the permissions that it needs, and none for a fork", () => {
    assert.deepEqual([...parsed.errors, ...parsed.warnings], []);
    assert.deepEqual(Object.keys(workflow.on), ["pull_request"]);
    assert.deepEqual(workflow.permissions, { contents: "read" });
    assert.deepEqual(workflow.jobs.preview.permissions, { contents: "read", "id-token": "write" });
    assert.match(workflow.jobs.preview.if, /head\.repo\.full_name == github\.repository/);
  });

  it("pins every action by its digest and says which version that is", () => {
    const uses = text.match(/uses: .+/g) ?? [];
    assert.equal(uses.length, steps.filter((step) => step.uses).length);
    for (const line of uses) assert.match(line, /^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("writes no expression into a command", () => {
    for (const { run = "" } of steps) assert.ok(!run.includes("${{"), run);
  });

  it("shows a trust policy that the pack itself accepts without a word", () => {
    const comment = text.replaceAll(/^# ?/gm, "");
    const statement = JSON.parse(/^ +\{\n.+?^ +\}\n(?=\n|3\.)/ms.exec(comment)?.[0] ?? "");
    const document = { Version: "2012-10-17", Statement: [statement] };
    assert.ok(accessRules.length > 0);
    assert.deepEqual(judgeAll("aws:iam/role:Role", { assumeRolePolicy: JSON.stringify(document) }), {});
  });

  describe("its summary", () => {
    const { run = "", if: condition } = steps.at(-1) ?? assert.fail();
    const summaryOf = (preview: string) => {
      const folder = mkdtempSync(join(tmpdir(), "summary-"));
      writeFileSync(join(folder, "preview.txt"), preview);
      const options = { cwd: folder, env: { ...process.env, GITHUB_STEP_SUMMARY: join(folder, "summary") } };
      assert.equal(spawnSync("sh", ["-e", "-c", run], options).status, 0);
      const summary = readFileSync(join(folder, "summary"), "utf8");
      rmSync(folder, { recursive: true });
      return summary;
    };

    it("is written also when the preview failed", () => assert.match(condition ?? "", /^always\(\)/));

    it("has only the findings", () => {
      const finding =
        "        - [mandatory]  bucket-tls-only  (aws:s3/bucket:Bucket: bare)\n          has none\n";
      const preview = `Previewing\n + bare create\nPolicies:\n    pack\n${finding}\nDiagnostics:\n  error: preview failed\n`;
      assert.equal(summaryOf(preview), `## Policy findings\n\`\`\`\`text\n    pack\n${finding}\`\`\`\`\n`);
    });

    it("has the end of a preview that failed before any finding", () =>
      assert.match(summaryOf("error: no stack named prod\n"), /text\nerror: no stack named prod\n/));
  });
});
