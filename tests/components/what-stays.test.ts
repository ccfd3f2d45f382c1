import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type FlowLogAnalyticsArgs, Ingestion } from "../../components";
import { tableIn } from "../../docs/generate/markdown";
import { FATES } from "../engine/renaming";
import { type Child, componentGraph } from "./component";
import { child } from "./graph";
import { VPCS } from "./settings";

/** Resources that hold data or are needed to read it, and settings that protect the bucket. */
const KEPT = ["flows-key", "flows-lake", "flows-workgroup"];
const SETTINGS = [
  "access",
  "encryption",
  "lifecycle",
  "object-lock",
  "ownership",
  "policy",
  "versioning",
].map((what) => `flows-lake-${what}`);
const LOCK = { mode: "GOVERNANCE", days: 30 } as const;
const ARN = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const retained = ({ resources }: { resources: Child[] }) =>
  resources
    .filter(({ isRetained }) => isRetained)
    .map(({ name }) => name.replace(/-f[0-9a-f]{7}$/, ""))
    .sort();

const graphOf = (args: FlowLogAnalyticsArgs) => componentGraph({ vpcs: VPCS, ...args });

/** The resources of each row of docs/what-stays.md. The last row has all others. */
const ROWS: [what: RegExp, names: string[]][] = [
  [/^the bucket, and/, ["flows-lake", ...SETTINGS]],
  [/^the key$/, ["flows-key"]],
  [/^the log groups of flow logs$/, ["flows-flow-logs"]],
  [/^the Athena workgroup$/, ["flows-workgroup"]],
];

describe("docs: what-stays.md", () => {
  const page = readFileSync(join(__dirname, "../../docs/what-stays.md"), "utf8");
  const rows = tableIn(page, "what");

  for (const [column, forceDestroy] of [false, true].entries())
    it(`says for every resource if it is deleted with forceDestroy ${forceDestroy}`, async () => {
      const { resources } = await graphOf({ objectLock: LOCK, forceDestroy });
      const kept = retained({ resources });
      for (const [what, names] of ROWS) {
        const row = rows.find(([first]) => what.test(first));
        const says = /^stays?\b/.test(row?.[column + 1] ?? "");
        for (const name of names) assert.equal(kept.includes(name), says, `${name}: ${row}`);
      }
      const listed = ROWS.flatMap(([, names]) => names);
      assert.deepEqual(
        kept.filter((name) => !listed.includes(name)),
        [],
        "everything else is deleted",
      );
    });

  it("says of a renamed component what Pulumi's engine does (npm run test:engine -- rename)", () => {
    const renamed = tableIn(page, "with another name and an alias").map(([what, ...fates]) => ({
      what,
      isDeleted: fates.map((fate) => !/^stays?\b/.test(fate)),
    }));
    assert.deepEqual(
      renamed,
      FATES.map(({ what, isDeleted }) => ({ what, isDeleted })),
    );
  });
});

describe("a resource that leaves the stack", () => {
  for (const ingestion of Object.values(Ingestion)) {
    const groups = ingestion === Ingestion.DIRECT ? [] : ["flows-flow-logs"];

    it(`stays in AWS if it holds data or makes it readable, with ${ingestion}`, async () => {
      const graph = await graphOf({ ingestion, objectLock: LOCK });
      assert.deepEqual(retained(graph), [...KEPT, ...SETTINGS, ...groups].sort());
    });

    it(`is deleted with forceDestroy, with ${ingestion}`, async () => {
      assert.deepEqual(retained(await graphOf({ ingestion, objectLock: LOCK, forceDestroy: true })), []);
    });
  }

  it("takes every configuration of the bucket with the bucket, and not before", async () => {
    const { resources } = await graphOf({ objectLock: LOCK, forceDestroy: true });
    const settings = resources.filter(({ inputs, type }) => type.startsWith("aws:s3/") && inputs.bucket);
    assert.deepEqual(settings.map(({ name }) => name).sort(), SETTINGS);
    for (const { name, deletedWith } of settings) assert.equal(deletedWith, "flows-lake", name);
  });

  it("takes the bucket before the key", async () => {
    const graph = await graphOf({ forceDestroy: true });
    assert.ok(child(graph, "flows-lake").waitsFor.includes("flows-key"));
  });

  for (const forceDestroy of [false, true])
    it(`leaves the key of objects in an existing bucket, with forceDestroy ${forceDestroy}`, async () => {
      const graph = await graphOf({ existingBucket: "acme-logs", forceDestroy });
      assert.equal(child(graph, "flows-key").isRetained, true);
    });

  it("may be decrypted with previousKeys by every role that reads, writes or puts", async () => {
    const old = ARN.replace(/[^/]+$/, "87654321-12ab-34cd-56ef-1234567890ab");
    const { resources } = await graphOf({ existingKey: ARN, previousKeys: [old] });
    const policies = resources.filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy");
    const statements = policies.flatMap(({ inputs }) => JSON.parse(inputs.policy).Statement);
    const ofKeys = statements.filter(({ Action }) => [Action].flat().some((name) => name.startsWith("kms:")));
    assert.ok(ofKeys.length >= 3);
    for (const { Sid, Resource } of ofKeys) assert.deepEqual(Resource, [ARN, old], Sid);
  });
});
