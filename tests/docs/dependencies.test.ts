import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  decisionTable,
  dependencyTable,
  directDependencies,
  licenceTable,
  lockedPackages,
} from "../../docs/generate/dependencies";
import { DECISIONS, LICENCES, USES } from "../../docs/generate/dependency-uses";
import { tableIn, withBlock } from "../../docs/generate/markdown";

const ROOT = join(__dirname, "../..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const page = read("docs/dependencies.md");

describe("docs: dependencies.md", () => {
  it("agrees with package-lock.json and the installed packages: npm run docs brings it up to date", () => {
    assert.equal(page, withBlock(page, "direct", dependencyTable()));
    assert.equal(page, withBlock(page, "licences", licenceTable()));
    assert.equal(page, withBlock(page, "decisions", decisionTable()));
  });

  it("has a use for each direct dependency, and for nothing else", () => {
    assert.ok(directDependencies().length >= 20);
    assert.deepEqual(Object.keys(USES).sort(), directDependencies());
    for (const [name, { use }] of Object.entries(USES)) assert.ok(use.length > 15, name);
  });

  it("names the maintainer, licence and size of each direct dependency", () => {
    for (const [name, version, , , licence, keeper, size] of tableIn(page, "package", "version")) {
      assert.match(version, /^\d+\.\d+\.\d+/, name);
      assert.ok(LICENCES.includes(licence) || name.slice(1, -1) in DECISIONS, name);
      assert.match(keeper, /^\[[\w.-]+\/[\w.-]+\]\(https:\/\/(github\.com|code\.haverbeke\.berlin)\//, name);
      assert.match(size, /^[\d.]+ [kM]B$/, name);
    }
  });

  it("has a decision for each package whose licence is unknown or not permissive", () => {
    for (const { name, license = "none" } of lockedPackages())
      if (!LICENCES.includes(license)) assert.equal(DECISIONS[name]?.licence, license, name);
    const names = lockedPackages().map(({ name }) => name);
    for (const name of Object.keys(DECISIONS)) assert.ok(names.includes(name), `${name} is no dependency`);
  });

  it("lets no licence of the GPL family into the published packages", () => {
    const shipped = lockedPackages().filter(({ dev }) => !dev);
    assert.ok(shipped.length > 100);
    assert.deepEqual(
      shipped.filter(({ license = "" }) => /GPL/.test(license)).map(({ name }) => name),
      [],
    );
  });

  it("is right that the component has no dependency, and that development's versions are exact", () => {
    const { dependencies, devDependencies } = JSON.parse(read("package.json"));
    assert.equal(dependencies, undefined);
    for (const [name, version] of Object.entries<string>(devDependencies))
      assert.match(version, /^\d+\.\d+\.\d+/, name);
  });

  it("is right about the licence that only a LICENSE file states", () => {
    assert.match(read("node_modules/@logdna/tail-file/LICENSE"), /^The MIT License/);
  });
});
