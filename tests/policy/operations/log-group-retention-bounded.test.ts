import assert from "node:assert/strict";
import { logGroupRetentionBounded } from "../../../policy/rules/operations/log-group-retention-bounded";
import { resource, UNKNOWN_ON_THE_WIRE as UNKNOWN } from "../stack";
import { describeRule, judge } from "./judge";

describeRule(
  logGroupRetentionBounded,
  "aws:cloudwatch/logGroup:LogGroup",
  [
    ["a group kept for a day", { retentionInDays: 1 }],
    ["a group kept for ten years", { retentionInDays: 3653 }],
    ["a number that was given as text", { retentionInDays: "30" }],
    ["a retention that preview does not know", { retentionInDays: UNKNOWN }],
    ["a group that AWS empties after two days", { logGroupClass: "DELIVERY" }],
    ["the bounds themselves", { retentionInDays: 90 }, { minimumDays: 90, maximumDays: 90 }],
  ],
  [
    ["a group without a retention", {}, {}, /keeps its logs for ever/],
    ["retention 0, which is for ever", { retentionInDays: 0 }, {}, /for ever/],
    [
      "a group kept too short",
      { retentionInDays: 7 },
      { minimumDays: 30 },
      /for 7 days only; .* 30 at least/,
    ],
    ["a group kept too long", { retentionInDays: 365 }, { maximumDays: 90 }, /for 365 days; .* 90 at most/],
  ],
);

it("log-group-retention-bounded refuses a lower bound above the upper one", () => {
  const group = resource("aws:cloudwatch/logGroup:LogGroup", "main", {});
  assert.throws(
    () => judge(logGroupRetentionBounded, [group], { minimumDays: 90, maximumDays: 30 }),
    /minimumDays is 90 and maximumDays only 30/,
  );
});
