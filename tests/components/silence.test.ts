import assert from "node:assert/strict";
import { check, errorOf, GOOD, type Untyped, VPCS } from "./settings";

describe("alarmSilenceInMinutes", () => {
  const silence = (args: Untyped) => check(args).alarmSilenceInMinutes;

  it("is an hour for a stack whose flow logs also have NODATA lines", () => {
    assert.equal(silence({ vpcs: VPCS }), 60);
    assert.equal(silence({ transitGateways: { hub: "tgw-0a1b2c3d" }, ingestion: "DIRECT" }), 60);
    assert.equal(silence({ vpcs: VPCS, trafficType: "ALL", filterPattern: "", dropNoData: false }), 60);
  });

  for (const [what, change] of Object.entries({
    "only REJECT is logged": { trafficType: "REJECT" },
    "a filter pattern chooses": { filterPattern: "REJECT" },
    "NODATA is left out": { dropNoData: true },
    "one action is kept": { keepAction: "ACCEPT" },
  })) {
    it(`is 0 if ${what}, since such a stack may have no lines for a time, or else the given value`, () => {
      assert.equal(silence({ vpcs: VPCS, ...change }), 0);
      assert.equal(silence({ vpcs: VPCS, ...change, alarmSilenceInMinutes: 240 }), 240);
    });
  }

  it("is 0 if others write, since their schedule is unknown", () => {
    assert.equal(silence({ existingLogGroups: { old: "/old" } }), 0);
    assert.equal(silence({ ingestion: "SUBSCRIPTION", producerAccounts: ["111122223333"] }), 0);
    assert.equal(silence({ ingestion: "DIRECT" }), 0);
  });

  for (const minutes of [-60, 5, 29, 31, 59.5, 1445, 1441, 10_081, 10_140, "60", null, Number.NaN]) {
    it(`may not be ${minutes === null ? "null" : JSON.stringify(minutes)}`, () => {
      const [{ propertyPath, reason }] = errorOf({ ...GOOD, alarmSilenceInMinutes: minutes }).errors ?? [];
      assert.equal(propertyPath, "alarmSilenceInMinutes");
      assert.match(
        reason,
        /^must be 0 for no alarm, 30 to 1440 minutes in steps of 5, or up to 10080 in steps of 60; got /,
      );
    });
  }
});
