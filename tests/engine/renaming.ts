import assert from "node:assert/strict";
import { join } from "node:path";
import type { Engine } from "./engine";
import type { Report } from "./report";

// A component with a new name, and an alias for the old one. A resource whose physical name AWS cannot
// change is created under a new one, and the old one is deleted.

/** Fate of resources: a row of the table in docs/what-stays.md, which a test compares with this. */
interface Fate {
  what: string;
  /** Their names, behind the component's. */
  names: RegExp;
  /** True if they are deleted in AWS, without and with forceDestroy. */
  isDeleted: [without: boolean, forced: boolean];
}

export const FATES: Fate[] = [
  {
    what: "the bucket, the key, the Athena workgroup",
    names: /^(lake|key|workgroup)$/,
    isDeleted: [false, false],
  },
  { what: "the log groups of flow logs", names: /^flow-logs-[0-9a-f]{8}$/, isDeleted: [false, true] },
  {
    what: "the log groups of the function and of the stream",
    names: /^(etl|stream)-logs$/,
    isDeleted: [true, true],
  },
  { what: "the stream, with what it has gathered", names: /^stream$/, isDeleted: [true, true] },
  {
    what: "the database with its tables and views",
    names: /^(database|table|view-.+)$/,
    isDeleted: [true, true],
  },
];

/** Types that hold data or that users address by name. */
const HOLDING = /:(Bucket|CatalogDatabase|CatalogTable|FirehoseDeliveryStream|Key|LogGroup|Workgroup)$/;

const nameOf = (urn: string) => urn.slice(urn.lastIndexOf("::") + 2).replace("flows-", "");

export const rename = (isForced: boolean) => async (engine: Engine, report: Report) => {
  engine.skipTypes();
  await engine.configure("forceDestroy", String(isForced));
  assert.equal((await report("up", engine.up)).failure, undefined);
  const holding = (await engine.resources()).filter(({ type }) => HOLDING.test(type));
  engine.become(join(__dirname, "renamed.ts"));
  const { failure, steps } = await report("up, another name and an alias", engine.up);
  assert.equal(failure, undefined);
  for (const { urn, type, id = "" } of holding) {
    const fate = FATES.find(({ names }) => names.test(nameOf(urn))) ?? assert.fail(`no row is about ${urn}`);
    const isGone = engine.cloud.get(type, id) === undefined;
    assert.equal(isGone, fate.isDeleted[Number(isForced)], `${urn}: is it gone?`);
  }
  for (const { what, names } of FATES)
    assert.ok(
      holding.some(({ urn }) => names.test(nameOf(urn))),
      what,
    );
  const made = steps.filter(({ op, type }) => op.startsWith("create") && /s3\/|kms\//.test(type));
  assert.deepEqual(made, [], "another name makes another lake");
};
