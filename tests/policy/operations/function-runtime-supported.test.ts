import assert from "node:assert/strict";
import { DEPRECATIONS } from "../../../policy/reading/runtimes";
import {
  faultOf,
  functionRuntimeSupported,
} from "../../../policy/rules/operations/function-runtime-supported";
import { UNKNOWN_ON_THE_WIRE as UNKNOWN } from "../stack";
import { describeRule } from "./judge";

describeRule(
  functionRuntimeSupported,
  "aws:lambda/function:Function",
  [
    ["a container image, which has no runtime", { packageType: "Image" }],
    ["a runtime that is newer than the table", { runtime: "nodejs99.x" }],
    ["a runtime that preview does not know", { runtime: UNKNOWN }],
    ["a word that every object knows", { runtime: "constructor" }],
  ],
  [
    ["a runtime long deprecated", { runtime: "nodejs12.x" }, {}, /not patched since 2023-03-31/],
    ["one that the configuration rules out", { runtime: "java99" }, { deprecated: ["java99"] }, /rules out/],
  ],
);

describe("a runtime", () => {
  const on = (day: string, noticeDays = 0) =>
    faultOf("nodejs22.x", { noticeDays, deprecated: [] }, new Date(`${day}T12:00:00Z`));
  it("is fine on the last day before its deprecation", () => assert.equal(on("2027-04-29"), undefined));
  it("is deprecated from its date on", () =>
    assert.match(on("2027-04-30") ?? "", /not patched since 2027-04-30/));
  it("is reported ahead of time if asked", () => {
    assert.match(on("2027-04-01", 30) ?? "", /stops patching on 2027-04-30/);
    assert.equal(on("2027-03-01", 30), undefined);
  });
  it("has a valid date in the table", () => {
    for (const [runtime, date] of Object.entries(DEPRECATIONS))
      assert.equal(new Date(date).toISOString().slice(0, 10), date, runtime);
  });
});
