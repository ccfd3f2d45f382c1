import type { ResourceValidationPolicy } from "@pulumi/policy";
import { EXEMPT_SCHEMA, isExempt } from "../../options";
import { securityHub } from "../../reading/frameworks";
import { properties } from "../../reading/properties";
import { quote } from "../../reading/quoting";

export const functionUrlAuthenticates: ResourceValidationPolicy = {
  name: "function-url-authenticates",
  displayName: "Function URL with authentication",
  description: "A Lambda function's URL answers only requests that IAM authenticates.",
  enforcementLevel: "mandatory",
  severity: "critical",
  tags: ["exposure", "lambda"],
  remediationSteps:
    'Set authorizationType to "AWS_IAM", or put the function behind something that authenticates.',
  url: securityHub("lambda"),
  configSchema: { properties: EXEMPT_SCHEMA },
  validateResource: (args, reportViolation) => {
    if (args.type !== "aws:lambda/functionUrl:FunctionUrl" || isExempt(args)) return;
    if (String(properties(args).authorizationType).toUpperCase() !== "NONE") return;
    const remedy = 'set authorizationType to "AWS_IAM"';
    reportViolation(`the function URL ${quote(args.name)} answers everybody on the internet; ${remedy}.`);
  },
};
