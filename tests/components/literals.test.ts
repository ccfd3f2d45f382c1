import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FlowLogField, Ingestion, SavedQueryName, TransitGatewayField } from "../../components";
import type { FlowLogAnalyticsArgs } from "../../components/arguments";
import { vocabulary } from "../../docs/generate/vocabulary";
import { savedQueries } from "../../queries";
import { FIELDS, PRESETS } from "../../schema/fields";
import { TRANSIT_FIELDS } from "../../schema/transit";
import { check, GOOD, VPCS } from "./settings";

// `npm run check` judges the types: each line below a @ts-expect-error must not compile, and every other must.

const ACCEPTED: FlowLogAnalyticsArgs = {
  vpcs: VPCS,
  ingestion: "DIRECT",
  trafficType: "REJECT",
  keepAction: "ACCEPT",
  objectLock: { mode: "GOVERNANCE", days: 1 },
  fields: ["recommended", "instance-tag"],
  transitGatewayFields: ["tgw-id", "srcaddr"],
  tagFields: [{ resourceType: "instance", tagKeys: ["team"] }],
  detections: { queries: ["horizontal-scan"] },
};

const REFUSED: FlowLogAnalyticsArgs[] = [
  // @ts-expect-error: an unknown ingestion
  { ingestion: "KINESIS" },
  // @ts-expect-error: small letters
  { trafficType: "reject" },
  // @ts-expect-error: ALL is not an action
  { keepAction: "ALL" },
  // @ts-expect-error: an unknown mode
  { objectLock: { mode: "LEGAL", days: 1 } },
  // @ts-expect-error: a misspelt field
  { fields: ["scraddr"] },
  // @ts-expect-error: a transit gateway's field for a VPC
  { fields: ["tgw-id"] },
  // @ts-expect-error: a VPC's field for a transit gateway
  { transitGatewayFields: ["vpc-id"] },
  // @ts-expect-error: a resource that has no tag field
  { tagFields: [{ resourceType: "vpc", tagKeys: ["team"] }] },
  // @ts-expect-error: a misspelt query
  { detections: { queries: ["horizontal-scans"] } },
  // @ts-expect-error: a misspelt argument
  { feilds: ["all"] },
];

describe("arguments that are one of several texts", () => {
  it("are texts or members of the constant, which are equal", () => {
    assert.equal(Ingestion.DIRECT, "DIRECT");
    assert.equal(FlowLogField.InstanceTag2, "instance-tag-2");
    assert.doesNotThrow(() => check({ ...ACCEPTED }));
    for (const args of REFUSED) assert.throws(() => check({ ...GOOD, ...args }), JSON.stringify(args));
  });

  it("have every field, preset and saved query", () => {
    const names = (fields: readonly { name: string }[]) => fields.map(({ name }) => name);
    assert.deepEqual(Object.values(FlowLogField), [...Object.keys(PRESETS), ...names(FIELDS)]);
    assert.deepEqual(Object.values(TransitGatewayField), ["default", "all", ...names(TRANSIT_FIELDS)]);
    assert.deepEqual(Object.values(SavedQueryName), names(savedQueries()));
  });

  it("are printed from the tables: npm run docs brings them up to date", () => {
    const file = join(__dirname, "../../components/vocabulary.ts");
    assert.equal(readFileSync(file, "utf8"), vocabulary());
  });
});
