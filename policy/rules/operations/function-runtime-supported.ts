import { fsbp } from "../../reading/frameworks";
import { quote } from "../../reading/quoting";
import { DEPRECATIONS } from "../../reading/runtimes";
import { operationRule } from "../operation-rule";

interface Chosen {
  noticeDays: number;
  deprecated: string[];
}

export const functionRuntimeSupported = operationRule<Chosen>({
  name: "function-runtime-supported",
  displayName: "Supported Lambda runtime",
  description: "A Lambda function runs on a runtime that AWS still patches.",
  severity: "medium",
  framework: fsbp("Lambda.2", "Lambda functions should use supported runtimes"),
  tags: ["operations", "lambda"],
  remediationSteps: "Set runtime to a newer version of the language, and test the function with it.",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html",
  judges: { noun: "function", type: "aws:lambda/function:Function" },
  options: {
    noticeDays: {
      type: "integer",
      minimum: 0,
      maximum: 730,
      default: 0,
      description: "Reject a runtime this many days before AWS stops patching it.",
    },
    deprecated: {
      type: "array",
      items: { type: "string", minLength: 1, maxLength: 64 },
      maxItems: 100,
      uniqueItems: true,
      default: [],
      description: "Runtimes to reject besides those that AWS has deprecated.",
    },
  },
  // A function from a container image has no runtime. One that the table does not know is newer than the table.
  judge: ({ runtime }, options) => {
    const fault = typeof runtime === "string" ? faultOf(runtime, options, new Date()) : undefined;
    return fault ? [`${fault}; set runtime to a newer version.`] : [];
  },
});

/** Returns the fault of a runtime on a day. */
export function faultOf(
  runtime: string,
  { noticeDays, deprecated }: Chosen,
  today: Date,
): string | undefined {
  if (deprecated.includes(runtime)) return `runs on ${quote(runtime)}, which the configuration rules out`;
  const date = Object.hasOwn(DEPRECATIONS, runtime) ? DEPRECATIONS[runtime] : undefined;
  if (date === undefined) return undefined;
  const daysLeft = Math.floor((Date.parse(date) - today.getTime()) / 86_400_000);
  if (daysLeft < 0) return `runs on ${runtime}, which AWS has not patched since ${date}`;
  return daysLeft < noticeDays ? `runs on ${runtime}, which AWS stops patching on ${date}` : undefined;
}
