import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "..");
const PACKAGES = [".", "cli", "policy"];
const VERSION: string = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).version;

describe(".ci/release check", () => {
  let dir = "";

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "release-"));
    mkdirSync(join(dir, ".ci"));
    cpSync(join(ROOT, ".ci/release"), join(dir, ".ci/release"));
    for (const name of PACKAGES) {
      mkdirSync(join(dir, name), { recursive: true });
      writeFileSync(join(dir, name, "package.json"), JSON.stringify({ name: "any", version: VERSION }));
    }
    writeFileSync(
      join(dir, "CHANGELOG.md"),
      `# Changelog\n\n## Unreleased\n\n## ${VERSION} (2026-11-29)\n\n- First.\n`,
    );
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const check = (tag: string) => {
    const { status, stderr } = spawnSync(join(dir, ".ci/release"), ["check", tag], { encoding: "utf8" });
    return { status, stderr };
  };

  it("passes for a tag that agrees with the packages and the changelog", () => {
    assert.deepEqual(check(`v${VERSION}`), { status: 0, stderr: "" });
  });

  it("fails for the tag of another version", () => {
    const { status, stderr } = check("v9.9.9");
    assert.deepEqual([status, stderr], [1, `the tag is v9.9.9, and package.json has ${VERSION}\n`]);
  });

  for (const name of ["cli", "policy"])
    it(`fails if ${name} has another version`, () => {
      writeFileSync(join(dir, name, "package.json"), JSON.stringify({ name: "any", version: "9.9.9" }));
      assert.equal(check(`v${VERSION}`).stderr, `${name}/package.json has 9.9.9, and not ${VERSION}\n`);
    });

  it("fails if the changelog has no entry for the version", () => {
    writeFileSync(
      join(dir, "CHANGELOG.md"),
      `# Changelog\n\n## Unreleased\n\n- Later.\n\n## ${VERSION} (2026-11-29)\n\n## 0.0.1\n\n- Old.\n`,
    );
    assert.equal(check(`v${VERSION}`).stderr, `CHANGELOG.md has nothing under ${VERSION}\n`);
  });
});

describe("CHANGELOG.md", () => {
  it("begins with Unreleased, and has a date for each version, the newest first", () => {
    const text = readFileSync(join(ROOT, "CHANGELOG.md"), "utf8");
    const headings: string[] = text.match(/^## .*$/gm) ?? [];
    assert.equal(headings[0], "## Unreleased");
    const dates = headings
      .slice(1)
      .map((heading) => /^## \d+\.\d+\.\d+ \((\d{4}-\d\d-\d\d)\)$/.exec(heading)?.[1] ?? heading);
    for (const date of dates) assert.match(date, /^\d{4}-\d\d-\d\d$/);
    assert.deepEqual(dates, [...dates].sort().reverse());
    assert.ok(headings.includes(`## ${VERSION} (${dates[0]})`), `nothing is under ${VERSION}`);
  });
});

describe("the packages of a release", () => {
  it("have one version", () => {
    for (const name of PACKAGES)
      assert.equal(JSON.parse(readFileSync(join(ROOT, name, "package.json"), "utf8")).version, VERSION, name);
  });

  it("are all that the release workflow publishes", () => {
    assert.match(readFileSync(join(ROOT, ".ci/release"), "utf8"), /^packages=\(\. cli policy\)$/m);
    const manifestIn = (folder: string) =>
      JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8"));
    const published = manifestIn(".").workspaces.filter((folder: string) => !manifestIn(folder).private);
    assert.deepEqual(published, PACKAGES.slice(1));
  });
});
