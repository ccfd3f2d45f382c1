import type { ResourceValidationPolicy } from "@pulumi/policy";
import { EXEMPT_SCHEMA, isExempt } from "../../options";
import { credentialIn } from "../../reading/credentials";
import { fields, properties } from "../../reading/properties";
import { quote } from "../../reading/quoting";

export const functionEnvironmentWithoutSecrets: ResourceValidationPolicy = {
  name: "function-environment-without-secrets",
  displayName: "No credentials in a function's environment",
  description: "No environment variable of a Lambda function holds a credential.",
  enforcementLevel: "mandatory",
  severity: "critical",
  tags: ["exposure", "secrets", "lambda"],
  remediationSteps:
    "Put the credential into Secrets Manager, pass its ARN, and read it in the function; then make a new one, since " +
    "who can see the function or its state has seen this one.",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/with-secrets-manager.html",
  configSchema: {
    properties: {
      ...EXEMPT_SCHEMA,
      variables: {
        type: "array",
        items: { type: "string", minLength: 1, maxLength: 256 },
        maxItems: 1000,
        uniqueItems: true,
        description: "Names of variables whose values are no credentials, whatever they look like.",
      },
    },
  },
  validateResource: (args, reportViolation) => {
    if (args.type !== "aws:lambda/function:Function" || isExempt(args)) return;
    const { variables: harmless = [] } = args.getConfig<{ variables?: string[] }>();
    const variables = fields(fields(properties(args).environment).variables);
    for (const [name, value] of Object.entries(variables)) {
      const what = typeof value === "string" && !harmless.includes(name) && credentialIn(name, value);
      if (!what) continue;
      reportViolation(
        `function ${quote(args.name)} has ${what} in its environment variable ${quote(name)}; ` +
          "put it into Secrets Manager, pass its ARN, and make a new one.",
      );
    }
  },
};
