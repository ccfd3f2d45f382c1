import { UNKNOWN } from "../../reading/properties";
import { numberOf, operationRule } from "../operation-rule";

export const functionConcurrencyLimited = operationRule({
  name: "function-concurrency-limited",
  displayName: "Lambda function with a limit",
  description: "A Lambda function has a limit of its own to how often it runs at once.",
  severity: "low",
  tags: ["operations", "lambda"],
  remediationSteps:
    "Set reservedConcurrentExecutions: without it, one function can use up what the account's other functions need.",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
  judges: { noun: "function", type: "aws:lambda/function:Function" },
  judge: ({ reservedConcurrentExecutions: reserved }) =>
    reserved === UNKNOWN || (numberOf(reserved) ?? -1) >= 0
      ? []
      : ["may use up the account's concurrency; set reservedConcurrentExecutions."],
});
