import { securityHub } from "../../reading/frameworks";
import { fields, hidesSomething } from "../../reading/properties";
import { operationRule } from "../operation-rule";

export const functionTraced = operationRule({
  name: "function-traced",
  displayName: "Lambda function traced",
  description: "A Lambda function sends traces to X-Ray.",
  severity: "low",
  tags: ["operations", "lambda", "security-hub/Lambda.7"],
  remediationSteps:
    "Set tracingConfig.mode to Active and allow the function's role xray:PutTraceSegments and xray:PutTelemetryRecords.",
  url: securityHub("lambda"),
  judges: { noun: "function", type: "aws:lambda/function:Function" },
  judge: ({ tracingConfig }) =>
    hidesSomething(tracingConfig) || fields(tracingConfig).mode === "Active"
      ? []
      : ["is not traced by itself; set tracingConfig.mode to Active."],
});
