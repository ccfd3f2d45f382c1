import { fsbp, securityHub } from "./lake-frameworks";
import { operationRule } from "./operations-rule";
import { fields, hidesSomething } from "./properties";

export const functionTraced = operationRule({
  name: "function-traced",
  displayName: "Lambda function traced",
  description: "A Lambda function sends traces to X-Ray.",
  severity: "low",
  framework: fsbp("Lambda.7", "Lambda functions should have AWS X-Ray active tracing enabled"),
  tags: ["operations", "lambda"],
  remediationSteps:
    "Set tracingConfig.mode to Active and allow the function's role xray:PutTraceSegments and xray:PutTelemetryRecords.",
  url: securityHub("lambda"),
  judges: { noun: "function", type: "aws:lambda/function:Function" },
  judge: ({ tracingConfig }) =>
    hidesSomething(tracingConfig) || fields(tracingConfig).mode === "Active"
      ? []
      : ["is not traced by itself; set tracingConfig.mode to Active."],
});
