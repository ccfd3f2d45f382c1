import { nist, securityHub } from "../../reading/frameworks";
import { UNKNOWN } from "../../reading/properties";
import { numberOf, operationRule } from "../operation-rule";

interface Bounds {
  minimumDays: number;
  maximumDays: number;
}

/** Ten years, the longest that CloudWatch Logs keeps anything but for ever. */
const LONGEST = 3653;
const DAYS = { type: "integer", minimum: 1, maximum: LONGEST } as const;

export const logGroupRetentionBounded = operationRule<Bounds>({
  name: "log-group-retention-bounded",
  displayName: "Log retention has bounds",
  description:
    "A log group keeps its logs neither for ever nor shorter or longer than the configuration allows.",
  severity: "medium",
  framework: nist("AU-11", "Audit record retention"),
  tags: ["operations", "logs", "security-hub/CloudWatch.16"],
  remediationSteps: "Set retentionInDays to a number of days that CloudWatch Logs offers, within the bounds.",
  url: securityHub("cloudwatch"),
  judges: { noun: "log group", type: "aws:cloudwatch/logGroup:LogGroup" },
  options: {
    minimumDays: { ...DAYS, default: 1, description: "Logs have to be kept for at least this many days." },
    maximumDays: { ...DAYS, default: LONGEST, description: "Logs may be kept for at most this many days." },
  },
  judge: ({ retentionInDays, logGroupClass }, { minimumDays, maximumDays }) => {
    if (minimumDays > maximumDays)
      throw new Error(
        `minimumDays is ${minimumDays} and maximumDays only ${maximumDays}; swap or correct them`,
      );
    // AWS deletes what is in a group of the class DELIVERY after two days, whatever is set.
    if (retentionInDays === UNKNOWN || logGroupClass === "DELIVERY" || logGroupClass === UNKNOWN) return [];
    const days = numberOf(retentionInDays) ?? 0;
    const remedy = `set retentionInDays to ${minimumDays} at least and ${maximumDays} at most.`;
    if (days <= 0) return [`keeps its logs for ever; ${remedy}`];
    if (days < minimumDays) return [`keeps its logs for ${days} days only; ${remedy}`];
    return days > maximumDays ? [`keeps its logs for ${days} days; ${remedy}`] : [];
  },
});
