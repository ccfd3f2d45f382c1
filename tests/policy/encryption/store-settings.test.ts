import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { CACHES, cacheEncrypted } from "../../../policy/rules/encryption/cache-encrypted";
import { DISKS, diskEncrypted } from "../../../policy/rules/encryption/disk-encrypted";
import { STORES, storeEncrypted } from "../../../policy/rules/encryption/store-encrypted";
import { KEY_PATHS } from "../../../policy/rules/encryption/store-encrypted-with-customer-key";
import { CONFIGURATIONS } from "../../../policy/rules/exposure/configuration-without-secrets";
import { SHARES } from "../../../policy/rules/exposure/copy-not-public";
import { INGRESS } from "../../../policy/rules/exposure/port-not-open";
import { REACHABLE, storeNotOnInternet } from "../../../policy/rules/exposure/store-not-on-internet";
import type { Setting } from "../../../policy/rules/setting-rule";
import { violations } from "../judging";
import { UNKNOWN_ON_THE_WIRE } from "../stack";

/** Returns properties with this value at a path. */
const at = (path: string, value: unknown): Record<string, unknown> =>
  path
    .split(".")
    .reverse()
    .reduce<unknown>((inner, part) => ({ [part]: inner }), value) as Record<string, unknown>;

const RULES: [ResourceValidationPolicy, Setting[], wanted: boolean][] = [
  [storeEncrypted, STORES, true],
  [cacheEncrypted, CACHES, true],
  [diskEncrypted, DISKS, true],
  [storeNotOnInternet, REACHABLE, false],
];

for (const [rule, settings, wanted] of RULES)
  describe(rule.name, () => {
    for (const { type, path, noun, optional, unset, inherits = [], wanted: own } of settings) {
      const right = own ?? wanted;
      const wrong = typeof right === "string" ? "SERVICE_PROVIDED_EIPS" : !right;
      const said = (props: object) =>
        violations(rule, type, props as Record<string, unknown>).filter((each) => each.startsWith(noun));
      it(`rejects ${path} ${wrong} of ${type}, and accepts ${right}`, () => {
        const [found, ...more] = said(at(path, wrong));
        assert.match(
          found,
          new RegExp(`^${noun} ".+" .+; set ${path.replaceAll(".", "\\.")} to ${right}\\.$`),
        );
        assert.deepEqual(more, []);
        for (const value of [right, String(right), UNKNOWN_ON_THE_WIRE])
          assert.deepEqual(said(at(path, value)), []);
      });
      it(`uses AWS's default if ${type} has no ${path}`, () => {
        const expected = optional || unset === right ? 0 : 1;
        if (typeof unset !== "function") assert.equal(said({}).length, expected);
        if (optional) assert.equal(said(at(path, undefined)).length, 1);
        for (const property of inherits) assert.deepEqual(said({ [property]: "copied" }), [], property);
      });
    }
  });

describe("AWS's default encryption", () => {
  it("covers a serverless cluster and a Valkey cache, and not a provisioned cluster and a Redis one", () => {
    const cluster = "aws:rds/cluster:Cluster";
    assert.deepEqual(violations(storeEncrypted, cluster, { engineMode: "serverless" }), []);
    assert.equal(violations(storeEncrypted, cluster, { engineMode: "provisioned" }).length, 1);
    const cache = "aws:elasticache/replicationGroup:ReplicationGroup";
    assert.deepEqual(violations(cacheEncrypted, cache, { engine: "valkey" }), []);
    assert.equal(violations(cacheEncrypted, cache, { engine: "redis" }).length, 1);
  });

  it("reports one unencrypted disk among many once", () => {
    const disks = { ebsBlockDevices: [{ encrypted: true }, { volumeSize: 8 }, { snapshotId: "snap-1" }] };
    assert.equal(violations(diskEncrypted, "aws:ec2/instance:Instance", disks).length, 1);
    disks.ebsBlockDevices.splice(1, 1);
    assert.deepEqual(violations(diskEncrypted, "aws:ec2/instance:Instance", disks), []);
  });
});

describe("the types and properties that the tables name", () => {
  const inputsOf = (type: string): string => {
    const [, path] = /^aws:([\w-]+\/\w+):\w+$/.exec(type) ?? [];
    const file = join(require.resolve("@pulumi/aws/package.json"), "..", `${path}.js`);
    assert.ok(existsSync(file), type);
    const code = readFileSync(file, "utf8");
    assert.ok(code.includes(`'${type}'`), type);
    return code;
  };
  const named = [
    ...RULES.flatMap(([, settings]) => settings.map(({ type, path }) => [type, path])),
    ...KEY_PATHS,
    ...Object.entries(SHARES).map(([type, { path }]) => [type, path]),
    ...Object.keys(CONFIGURATIONS).map((type) => [type, "tags"]),
    ...Object.keys(INGRESS).map((type) => [type, "region"]),
  ];
  for (const [type, path] of named)
    it(`exist in the installed provider: ${type} ${path}`, () => {
      const inputs = inputsOf(type);
      if (path !== "tags") assert.ok(inputs.includes(`resourceInputs["${path.split(".")[0]}"]`), path);
    });
});
