import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isExempt } from "../../options";
import { ENCRYPTION_SCHEMA, isTooWeak, strengthOf } from "../../reading/keys";
import { fields, properties } from "../../reading/properties";
import { quote } from "../../reading/quoting";

export const functionEnvironmentEncryptedWithCustomerKey: ResourceValidationPolicy = {
  name: "function-environment-encrypted-with-customer-key",
  displayName: "Function environment encrypted with a customer key",
  description: "A Lambda function with environment variables encrypts them with a KMS key of the account.",
  enforcementLevel: "advisory",
  severity: "medium",
  tags: ["encryption", "lambda"],
  remediationSteps: "Set kmsKeyArn to a key that the function's role may decrypt with.",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html",
  configSchema: { properties: ENCRYPTION_SCHEMA },
  validateResource: (args, reportViolation) => {
    if (args.type !== "aws:lambda/function:Function" || isExempt(args)) return;
    const props = properties(args);
    // Lambda does not keep a key for a function without variables. Their names are known even if their values are not.
    const { length } = Object.keys(fields(fields(props.environment).variables));
    if (length === 0 || !isTooWeak(args, strengthOf(props.kmsKeyArn, "aws-key"))) return;
    const what = length === 1 ? "an environment variable" : `${length} environment variables`;
    reportViolation(
      `function ${quote(args.name)} has ${what} encrypted with AWS's key aws/lambda; set kmsKeyArn to a customer-managed key.`,
    );
  },
};
