import { functionTraced } from "../../../policy/rules/operations/function-traced";
import { UNKNOWN_ON_THE_WIRE as UNKNOWN } from "../stack";
import { describeRule } from "./judge";

describeRule(
  functionTraced,
  "aws:lambda/function:Function",
  [
    ["a function with active tracing", { tracingConfig: { mode: "Active" } }],
    ["tracing that preview does not know", { tracingConfig: UNKNOWN }],
  ],
  [
    ["a function without tracing", {}, {}, /is not traced/],
    [
      "a function that only passes traces on",
      { tracingConfig: { mode: "PassThrough" } },
      {},
      /is not traced/,
    ],
  ],
);
