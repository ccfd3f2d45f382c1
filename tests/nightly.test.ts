import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { scripts } from "../package.json";

const ROOT = join(__dirname, "..");
const text = (path: string) => readFileSync(join(ROOT, path), "utf8");
const read = (name: string) => {
  const parsed = parseDocument(text(`.github/workflows/${name}`), { strict: true });
  assert.deepEqual([...parsed.errors, ...parsed.warnings], []);
  return parsed.toJS();
};

interface Step {
  run?: string;
  with?: { path?: string };
}

describe(".github/workflows/nightly.yml", () => {
  const workflow = read("nightly.yml");
  const { steps, strategy }: { steps: Step[]; strategy: { matrix: { judge: string[] } } } =
    workflow.jobs.judge;

  it("runs on a schedule and on request, with read permission only", () => {
    assert.deepEqual(Object.keys(workflow.on), ["schedule", "workflow_dispatch"]);
    assert.match(workflow.on.schedule[0].cron, /^\d+ \d+ \* \* \*$/);
    assert.deepEqual(workflow.permissions, { contents: "read" });
    assert.ok(!JSON.stringify(workflow).includes("secrets."));
  });

  it("runs every judge that the project has, by its script", () => {
    const judges = Object.keys(scripts).flatMap((name) => /^test:(.+)/.exec(name)?.[1] ?? []);
    assert.deepEqual([...strategy.matrix.judge].sort(), judges.sort());
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the workflow's
    assert.equal(steps.at(-1)?.run, "npm run test:${{ matrix.judge }}");
  });

  it("caches the judges' downloads in the folder that they use", () => {
    const [path] = steps.flatMap((step) => step.with?.path ?? []);
    assert.ok(text("tests/cache.ts").includes('".cache"'));
    assert.ok(text("tests/cache.ts").includes(`"${path.split("/").at(-1)}"`));
  });
});
