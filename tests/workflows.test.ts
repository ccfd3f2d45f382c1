import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";

const FOLDER = join(__dirname, "../.github/workflows");
const files = readdirSync(FOLDER).filter((name) => /\.ya?ml$/.test(name));

interface Job {
  permissions?: Record<string, string>;
  steps: { uses?: string; run?: string; with?: Record<string, unknown> }[];
}

const text = (name: string) => readFileSync(join(FOLDER, name), "utf8");
const read = (name: string): { on: object; permissions: unknown; jobs: Record<string, Job> } => {
  const parsed = parseDocument(text(name), { strict: true });
  assert.deepEqual([...parsed.errors, ...parsed.warnings], []);
  return parsed.toJS();
};

/** Lines that name an action, as they are written. */
const usesIn = (name: string) => text(name).match(/^.*\buses:.*$/gm) ?? [];

const PINNED = /^\s+- uses: ([\w.-]+\/[\w./-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$/;

/** Permissions of jobs beside reading the repository, each with its reason. */
const MORE: Record<string, Record<string, string>> = {
  // Takes on a role by OIDC, and comments on the pull request.
  "preview.yml preview": { contents: "read", "id-token": "write", "pull-requests": "write" },
  // Signs the provenance of packages, and proves to the registry who publishes.
  "release.yml publish": { contents: "read", "id-token": "write" },
  // Creates the release.
  "release.yml release": { contents: "write" },
};

describe(".github/workflows", () => {
  for (const name of files) {
    describe(name, () => {
      const workflow = read(name);
      const jobs = Object.entries(workflow.jobs);

      it("names each action by the digest of a commit, with its version beside it", () => {
        const lines = usesIn(name);
        assert.equal(lines.length, jobs.flatMap(([, { steps }]) => steps.filter(({ uses }) => uses)).length);
        assert.ok(lines.length > 0);
        for (const line of lines) assert.match(line, PINNED);
      });

      it("may only read the repository, and each job has only the permissions that it needs", () => {
        assert.deepEqual(workflow.permissions, { contents: "read" });
        for (const [job, { permissions }] of jobs)
          assert.deepEqual(permissions, MORE[`${name} ${job}`], `${job} asks for more, or for less`);
      });

      it("keeps no credentials of GitHub's for the steps after the checkout", () => {
        for (const { uses, with: options } of jobs.flatMap(([, { steps }]) => steps))
          if (uses?.startsWith("actions/checkout@")) assert.equal(options?.["persist-credentials"], false);
      });

      it("writes no text of a pull request into a command, and gives a fork no secrets", () => {
        assert.ok(!("pull_request_target" in workflow.on));
        for (const { run = "" } of jobs.flatMap(([, { steps }]) => steps))
          assert.doesNotMatch(run, /\$\{\{\s*(github\.event|github\.head_ref|inputs|vars|secrets)\b/);
      });
    });
  }

  it("have one digest and one version for each action", () => {
    const pins = new Map<string, string>();
    for (const line of files.flatMap(usesIn)) {
      const [, action, digest, version] = PINNED.exec(line) ?? [];
      assert.equal(pins.get(action) ?? `${digest} ${version}`, `${digest} ${version}`, action);
      pins.set(action, `${digest} ${version}`);
    }
    assert.ok(pins.size > 0);
  });
});
